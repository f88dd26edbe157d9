package iopath.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a measured JVM carries. */
enum Mode {
    /** Nothing: what the others are compared with. */
    WITHOUT(false, false),
    /** The agent, and nobody records. */
    IDLE(true, false),
    /** A recording, and no agent: what JFR costs by itself. */
    JFR_ONLY(false, true),
    /** The agent, and the same recording. */
    RECORDING(true, true);

    private final boolean agent;
    private final boolean recording;

    Mode(boolean agent, boolean recording) {
        this.agent = agent;
        this.recording = recording;
    }

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean hasAgent() {
        return agent;
    }

    boolean records() {
        return recording;
    }

    /**
     * The arguments that make a JVM so.
     *
     * @param recordingOptions what follows {@code -XX:StartFlightRecording:}
     */
    List<String> jvmArguments(Path agentJar, String recordingOptions) {
        List<String> arguments = new ArrayList<>();
        if (agent) {
            arguments.add("-javaagent:" + agentJar);
        }
        if (recording) {
            arguments.add("-XX:StartFlightRecording:" + recordingOptions);
            // Else the JVM says on its standard output that it records.
            arguments.add("-Xlog:jfr+startup=off");
        }
        return arguments;
    }
}
