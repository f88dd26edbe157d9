package iopath.agent.emit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import jdk.jfr.Recording;

/** The recording that the option {@code record} starts; JFR writes it when the JVM exits. */
public final class AgentRecording {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AgentRecording() {}

    /**
     * Starts it.
     *
     * @param pattern file name, in which {@code %p} is the process id and {@code %t} the time in UTC
     * @throws IOException if the file exists or cannot be made
     */
    public static void start(String pattern) throws IOException {
        String name = pattern.replace(
                        "%p", Long.toString(ProcessHandle.current().pid()))
                .replace("%t", TIME.format(Instant.now()));
        Path file = Path.of(name).toAbsolutePath();
        if (Files.exists(file)) {
            throw new IOException("the recording file " + file + " exists; name another one");
        }
        @SuppressWarnings("resource") // runs until the JVM exits
        Recording recording = new Recording();
        recording.setName("iopath");
        recording.setToDisk(true);
        recording.setDumpOnExit(true);
        recording.setDestination(file);
        recording.enable("jdk.JVMInformation");
        recording.enable("jdk.CPULoad");
        recording.start();
    }
}
