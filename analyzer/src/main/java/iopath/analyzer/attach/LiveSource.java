package iopath.analyzer.attach;

import iopath.analyzer.event.Jvm;
import java.io.IOException;
import java.nio.file.Path;

/** A running JVM of this machine whose events can be followed. */
public interface LiveSource extends AutoCloseable {

    /**
     * Reaches the JVM with a process id, and has it record if nobody does.
     *
     * @param options what the agent is told if it has to be loaded; may be empty
     */
    static LiveSource of(long pid, String options) throws UnreachableException, IOException {
        return LiveTarget.of(pid, options);
    }

    /** Where its JFR keeps its data, as this process sees it. */
    Path repository();

    /** Which JVM it is. */
    Jvm jvm();

    /** Whether it still runs. */
    boolean isAlive();

    @Override
    void close() throws IOException;
}
