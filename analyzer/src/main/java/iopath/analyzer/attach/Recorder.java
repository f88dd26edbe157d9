package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** One recording of a running JVM, from its begin to the file. */
public interface Recorder extends AutoCloseable {
    /** How messages name the JVM. */
    String name();

    /** Begins; the recording ends by itself after {@code duration}, whatever becomes of this process. */
    AgentState begin(Duration duration, String options) throws UnreachableException, IOException;

    /** What the agent says now. */
    AgentState state() throws UnreachableException;

    /** Whether the recording goes on, or what the agent does at its end is still under way. */
    boolean goesOn(AgentState state) throws UnreachableException;

    /** Whether the JVM is still there. */
    boolean isAlive();

    /** Whether a signal or a debugger holds the JVM: it answers nothing, and may go on later. */
    boolean isStopped();

    /** Ends the recording before its time. */
    void stop() throws UnreachableException, IOException;

    /**
     * Puts what was recorded into a file that does not exist yet, which only its owner may read. Returns false if there
     * is nothing.
     */
    boolean take(Path to) throws IOException;

    /** How to end a recording that does not end, for a person. */
    String remedy();

    /** Leaves no file and no recording of ours behind. */
    @Override
    void close() throws IOException;
}
