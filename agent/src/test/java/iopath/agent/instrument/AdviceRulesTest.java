package iopath.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import net.bytebuddy.asm.Advice;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An advice that breaks one of these rules breaks applications. */
class AdviceRulesTest {

    static Stream<Class<?>> advices() {
        return Hooks.all().stream().<Class<?>>map(AdviceRulesTest::type).distinct();
    }

    private static Class<?> type(Hook hook) {
        try {
            return Class.forName(hook.adviceType());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("advices")
    void whatItThrowsIsSwallowed(Class<?> advice) {
        for (Method method : advice.getDeclaredMethods()) {
            Advice.OnMethodEnter enter = method.getAnnotation(Advice.OnMethodEnter.class);
            Advice.OnMethodExit exit = method.getAnnotation(Advice.OnMethodExit.class);
            assertThat(enter == null && exit == null)
                    .as("%s is a helper inside an advice", method)
                    .isFalse();
            assertThat(enter != null ? enter.suppress() : exit.suppress())
                    .as("suppress of %s", method)
                    .isEqualTo(Throwable.class);
        }
    }

    @ParameterizedTest
    @MethodSource("advices")
    void itHasNoFieldsAndOnlyStaticMethods(Class<?> advice) {
        assertThat(advice.getDeclaredFields()).isEmpty();
        for (Method method : advice.getDeclaredMethods()) {
            assertThat(Modifier.isStatic(method.getModifiers())).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("advices")
    void anExitThatClosesWhatEnterOpenedRunsOnExceptionsToo(Class<?> advice) {
        Method exit = Stream.of(advice.getDeclaredMethods())
                .filter(m -> m.isAnnotationPresent(Advice.OnMethodExit.class))
                .findFirst()
                .orElse(null);
        if (exit != null && advice.getEnclosingClass() == TransferAdvice.class) {
            assertThat(exit.getAnnotation(Advice.OnMethodExit.class).onThrowable())
                    .isEqualTo(Throwable.class);
        }
    }
}
