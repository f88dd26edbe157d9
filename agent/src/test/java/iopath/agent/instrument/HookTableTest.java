package iopath.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.pool.TypePool;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** A method that another JDK calls otherwise would be missed in silence there: each JDK's image is looked at. */
class HookTableTest {

    /** Methods that are still there where a hook deeper in has taken over: the dispatcher's transferTo, from JDK 21 on. */
    private static final Set<String> TAKEN_OVER = Set.of("transferToDirectlyInternal");

    private static final Pattern HOME = Pattern.compile("JAVA_[0-9]+_HOME");
    private static final Pattern FEATURE = Pattern.compile("\"?([0-9]+).*");

    @TestFactory
    Stream<DynamicTest> eachHookIsThereOrIsSaidNotToBe() throws IOException {
        return images().entrySet().stream()
                .map(image -> DynamicTest.dynamicTest("jdk" + image.getKey(), () -> {
                    try (Image looked = new Image(image.getValue())) {
                        assertThat(looked.missing(ofJdk(image.getKey(), true)))
                                .as("hooks without a method")
                                .isEmpty();
                        List<Hook> others = ofJdk(image.getKey(), false);
                        assertThat(looked.missing(others))
                                .as("hooks that are said to have no method")
                                .containsExactlyInAnyOrderElementsOf(others);
                    }
                }));
    }

    @Test
    void aMethodOfAnotherNameIsMissed() throws IOException {
        Hook renamed = new Hook(
                Hook.Family.CHANNELS, "sun.nio.ch.IOUtil", "renamed", "()V", 0, Hook.ALWAYS, "ChannelAdvice$Read");
        Hook moved =
                new Hook(Hook.Family.CHANNELS, "sun.nio.ch.Moved", "read", "()V", 0, Hook.ALWAYS, "ChannelAdvice$Read");
        try (Image image = new Image(Path.of(System.getProperty("java.home")))) {
            assertThat(image.missing(List.of(renamed, moved))).containsExactly(renamed, moved);
        }
    }

    private static List<Hook> ofJdk(int version, boolean fits) {
        return Hooks.all().stream()
                .filter(hook -> !hook.isOfLibrary() && hook.fits(version) == fits)
                .filter(hook -> fits || !TAKEN_OVER.contains(hook.method()))
                .toList();
    }

    /** The JDKs that variables name, those beside the running one, and that one, by feature version. */
    private static Map<Integer, Path> images() throws IOException {
        Path running = Path.of(System.getProperty("java.home"));
        List<Path> homes = new ArrayList<>(List.of(running));
        System.getenv().forEach((name, value) -> {
            if (HOME.matcher(name).matches()) {
                homes.add(Path.of(value));
            }
        });
        Path beside = running.getParent();
        if (beside != null) {
            try (Stream<Path> others = Files.list(beside)) {
                others.forEach(homes::add);
            }
        }
        Map<Integer, Path> images = new TreeMap<>();
        for (Path home : homes) {
            Path release = home.resolve("release");
            for (Path image : images(home)) {
                if (Files.isReadable(release) && Files.isReadable(image.resolve("lib/jrt-fs.jar"))) {
                    images.putIfAbsent(version(release), image);
                }
            }
        }
        return images;
    }

    /** A home itself, and what is installed in the root folder beside it that its programs run in. */
    private static List<Path> images(Path home) throws IOException {
        List<Path> images = new ArrayList<>(List.of(home));
        Path installed = home.resolveSibling("root").resolve("usr/lib/jvm");
        if (Files.isDirectory(installed)) {
            try (Stream<Path> jdks = Files.list(installed)) {
                jdks.forEach(images::add);
            }
        }
        return images;
    }

    private static int version(Path release) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        }
        Matcher feature = FEATURE.matcher(properties.getProperty("JAVA_VERSION", ""));
        assertThat(feature.matches()).as("%s", release).isTrue();
        return Integer.parseInt(feature.group(1));
    }

    /** The classes of a JDK that need not run. */
    private static final class Image implements AutoCloseable {

        private final FileSystem files;

        Image(Path home) throws IOException {
            files = FileSystems.newFileSystem(URI.create("jrt:/"), Map.of("java.home", home.toString()));
        }

        List<Hook> missing(List<Hook> hooks) throws IOException {
            List<Hook> missing = new ArrayList<>();
            for (Hook hook : hooks) {
                if (!has(hook)) {
                    missing.add(hook);
                }
            }
            return missing;
        }

        private boolean has(Hook hook) throws IOException {
            String type = hook.type();
            Path modules = files.getPath("/packages", type.substring(0, type.lastIndexOf('.')));
            if (!Files.isDirectory(modules)) {
                return false;
            }
            try (Stream<Path> names = Files.list(modules)) {
                for (Path module : names.toList()) {
                    Path file = files.getPath("/modules", module.getFileName().toString())
                            .resolve(type.replace('.', '/') + ".class");
                    if (Files.exists(file)) {
                        return hook.isOfAllMethods() || declares(Files.readAllBytes(file), hook);
                    }
                }
            }
            return false;
        }

        private static boolean declares(byte[] bytes, Hook hook) {
            String method =
                    hook.method().equals(MethodDescription.CONSTRUCTOR_INTERNAL_NAME) ? "<init>" : hook.method();
            return TypePool.Default.of(ClassFileLocator.Simple.of(hook.type(), bytes))
                    .describe(hook.type())
                    .resolve()
                    .getDeclaredMethods()
                    .stream()
                    .anyMatch(m -> !m.isNative()
                            && (m.getInternalName() + m.getDescriptor()).equals(method + hook.descriptor()));
        }

        @Override
        public void close() throws IOException {
            files.close();
        }
    }
}
