package iopath.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/** The JDKs that the tests run scenarios on. */
public final class Jdks {

    /** The feature versions that have to work. */
    static final List<Integer> VERSIONS = List.of(17, 21, 25);

    private Jdks() {}

    /**
     * A JDK's home.
     *
     * @param version feature version
     */
    public record Jdk(int version, Path home) {

        /** The path of one of its tools. */
        public String tool(String name) {
            return home.resolve("bin").resolve(name).toString();
        }

        /** The folder that it has for its root, as one made by {@code .ci/jdk21} does; empty for the host's own. */
        public String root() {
            Path root = home.resolveSibling("root");
            return Files.isDirectory(root) ? root.toString() : "";
        }

        @Override
        public String toString() {
            return "jdk" + version;
        }
    }

    /** A test on one JDK, with a folder of its own. */
    public interface Check {
        void run(Jdk jdk, Path folder) throws Exception;
    }

    /** The same test on each of them; their folders are made in {@code folder}. */
    public static List<DynamicTest> onEach(Path folder, Check check) {
        return present().stream()
                .map(jdk -> DynamicTest.dynamicTest(
                        jdk.toString(), () -> check.run(jdk, Files.createTempDirectory(folder, jdk.toString()))))
                .toList();
    }

    /** The one that is asked for; the running one if none is. */
    public static Jdk wanted(@Nullable Integer version) {
        if (version == null) {
            return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
        }
        return new Jdk(
                version, home(version).orElseThrow(() -> new IllegalStateException("no JDK " + version + " here")));
    }

    /** Those that this host has; says which are missing, or fails where none may be. */
    public static List<Jdk> present() {
        List<Jdk> found = new ArrayList<>();
        for (int version : VERSIONS) {
            Optional<Path> home = home(version);
            home.ifPresent(path -> found.add(new Jdk(version, path)));
            if (home.isEmpty()) {
                Missing.say("no JDK " + version + " here: set JAVA_" + version + "_HOME");
            }
        }
        return found;
    }

    private static Optional<Path> home(int version) {
        String variable = System.getenv("JAVA_" + version + "_HOME");
        if (variable != null && !variable.isBlank()) {
            Path home = Path.of(variable);
            if (!isVersion(home, version)) {
                throw new IllegalStateException(
                        "JAVA_" + version + "_HOME is " + home + ", which is no JDK " + version);
            }
            return Optional.of(home);
        }
        return candidates().stream().filter(home -> isVersion(home, version)).findFirst();
    }

    /** The running JDK, then those beside it. */
    private static Set<Path> candidates() {
        Path running = Path.of(System.getProperty("java.home"));
        Set<Path> homes = new LinkedHashSet<>(List.of(running));
        Path folder = running.getParent();
        if (folder != null) {
            try (Stream<Path> siblings = Files.list(folder)) {
                siblings.sorted().forEach(homes::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return homes;
    }

    private static boolean isVersion(Path home, int version) {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin/jcmd"))) {
            return false;
        }
        try (Stream<String> lines = Files.lines(release)) {
            return lines.anyMatch(line -> line.matches("JAVA_VERSION=\"" + version + "\\b.*"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
