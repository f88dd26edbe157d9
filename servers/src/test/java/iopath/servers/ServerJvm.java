package iopath.servers;

import iopath.it.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What a JVM has to be told, and may say, where every line on its standard error counts. */
final class ServerJvm {

    /** From this version on, a JVM warns of what libraries did for decades. */
    private static final int STRICT = 24;

    /** What is said with and without an agent. */
    private static final List<String> USUAL = List.of(
            // Tomcat, of a host that is busy with something else.
            "SessionIdGeneratorBase",
            "Creation of SecureRandom instance",
            // JDK 21 and later, of any agent that is attached.
            "WARNING: A Java agent has been loaded dynamically",
            "WARNING: If a serviceability tool is in use",
            "WARNING: If a serviceability tool is not in use",
            "WARNING: Dynamic loading of agents will be disallowed");

    private ServerJvm() {}

    /** Options that keep a JDK from warning of what a server's libraries do. */
    static List<String> quiet(Jdk jdk) {
        return jdk.version() < STRICT
                ? List.of()
                : List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");
    }

    /** The lines that say something is wrong. */
    static String complaints(Path errors) throws IOException {
        return Files.readAllLines(errors).stream()
                .filter(line -> USUAL.stream().noneMatch(line::contains))
                .collect(Collectors.joining("\n"));
    }
}
