package iopath.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A hook for this JDK without its method would be skipped in silence until someone reads the report. */
class HooksTest {

    static Stream<Hook> hooksOfThisJdk() {
        return Hooks.all().stream().filter(hook -> hook.fits(Runtime.version().feature()) && !hook.isOfLibrary());
    }

    @ParameterizedTest
    @MethodSource("hooksOfThisJdk")
    void itsMethodExistsWithThisDescriptor(Hook hook) throws IOException {
        if (hook.isOfAllMethods()) {
            return;
        }
        byte[] bytes;
        try (InputStream in = Objects.requireNonNull(
                ClassLoader.getSystemResourceAsStream(hook.type().replace('.', '/') + ".class"))) {
            bytes = in.readAllBytes();
        }
        var type = TypePool.Default.of(ClassFileLocator.Simple.of(hook.type(), bytes))
                .describe(hook.type())
                .resolve();
        assertThat(type.getDeclaredMethods().stream()
                        .filter(m -> !m.isNative())
                        .map(m -> m.getInternalName() + m.getDescriptor()))
                .contains((hook.method().equals(MethodDescription.CONSTRUCTOR_INTERNAL_NAME) ? "<init>" : hook.method())
                        + hook.descriptor());
    }
}
