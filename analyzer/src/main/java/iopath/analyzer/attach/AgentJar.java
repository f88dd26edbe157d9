package iopath.analyzer.attach;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A copy of the agent that this program carries, where a target can read it.
 *
 * <p>The path is the same each time, as the class path of a JVM grows by each new one that an agent is loaded from. The
 * JVM keeps the file open, so it may be deleted after the load. It is another one for each JVM, so that clients of two
 * do not delete each other's.
 *
 * @param here its path for this process
 * @param there its path for the target
 */
record AgentJar(Path here, Path there) implements AutoCloseable {
    private static final String RESOURCE = "/iopath-agent.jar";

    /** Makes the copy in the target's directory for temporary files; replaces what an earlier run has left. */
    static AgentJar in(Surroundings target, String temporary) throws UnreachableException {
        Path there = Path.of(temporary)
                .resolve("iopath-agent-" + version() + "-" + target.uid() + "-" + target.pid() + ".jar");
        Path here = target.path(there);
        try (InputStream jar = AgentJar.class.getResourceAsStream(RESOURCE)) {
            if (jar == null) {
                throw new UnreachableException("this iopath.jar carries no agent; build it with mvn package");
            }
            // In a directory with the sticky bit, somebody else's file stays, and makes the copy fail.
            Files.deleteIfExists(here);
            Files.copy(jar, here);
            target.give(here);
            return new AgentJar(here, there);
        } catch (IOException e) {
            throw new UnreachableException("cannot copy the agent to " + here + " (" + e + "); iopath doctor "
                    + target.pid() + " says what to do");
        }
    }

    /** Version of this program, which is the agent's as well. */
    static String version() {
        String version = AgentJar.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** Whether the copy is there; another client of the same JVM may have deleted it. */
    boolean exists() {
        return Files.exists(here);
    }

    /** Deletes the copy. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(here);
    }
}
