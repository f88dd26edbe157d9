package iopath.agent.emit;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/** The recording that the agent makes; JFR writes its file when it ends, or when the JVM exits. */
public final class AgentRecording {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Recording recording = new Recording();
    private final @Nullable Path file;
    private final long endMillis;

    private AgentRecording(@Nullable Path file, long endMillis) {
        this.file = file;
        this.endMillis = endMillis;
    }

    /**
     * Starts it.
     *
     * @param ended runs on one of JFR's threads once it has ended and its file is whole
     * @throws IOException if the file exists or cannot be made, or if the disk under JFR's repository is nearly full
     */
    public static AgentRecording start(RecordingPlan plan, Runnable ended) throws IOException {
        SpaceWatch.check();
        Path file = plan.file() == null ? null : create(plan.file());
        long end = plan.durationMillis() == 0 ? 0 : System.currentTimeMillis() + plan.durationMillis();
        AgentRecording made = new AgentRecording(file, end);
        Recording recording = made.recording;
        recording.setName("iopath");
        recording.setToDisk(true);
        if (file != null) {
            recording.setDumpOnExit(true);
            recording.setDestination(file);
        }
        if (plan.durationMillis() > 0) {
            recording.setDuration(Duration.ofMillis(plan.durationMillis()));
        }
        if (plan.maxAgeMillis() > 0) {
            recording.setMaxAge(Duration.ofMillis(plan.maxAgeMillis()));
        }
        if (plan.maxBytes() > 0) {
            recording.setMaxSize(plan.maxBytes());
        }
        recording.enable("jdk.CPULoad");
        recording.enable("jdk.CPUInformation");
        FlightRecorder.addListener(new End(recording, ended));
        recording.start();
        return made;
    }

    /** Ends it and writes its file; does nothing if it has ended. */
    public void stop() {
        if (recording.getState() == RecordingState.RUNNING) {
            recording.stop();
        }
        if (recording.getState() != RecordingState.CLOSED) {
            recording.close();
        }
    }

    /** Whether it has not ended. */
    public boolean isRunning() {
        return recording.getState() == RecordingState.RUNNING;
    }

    /** Where it goes, {@code null} if it is only streamed. */
    public @Nullable Path file() {
        return file;
    }

    /** When it ends by itself, in epoch milliseconds; 0 if it does not. */
    public long endMillis() {
        return endMillis;
    }

    /** Makes an empty file that nobody else can read: JFR writes into what is there. */
    private static Path create(String pattern) throws IOException {
        String name = pattern.replace(
                        "%p", Long.toString(ProcessHandle.current().pid()))
                .replace("%t", TIME.format(Instant.now()));
        Path file = Path.of(name).toAbsolutePath();
        try {
            return Files.createFile(
                    file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException e) {
            throw new IOException("the recording file " + file + " exists; name another one", e);
        } catch (UnsupportedOperationException e) {
            return Files.createFile(file);
        }
    }

    /** Waits for the end of one recording. */
    private static final class End implements FlightRecorderListener {

        private final Recording awaited;
        private final Runnable action;

        End(Recording awaited, Runnable action) {
            this.awaited = awaited;
            this.action = action;
        }

        @Override
        public void recordingStateChanged(Recording changed) {
            if (changed != awaited) {
                return;
            }
            if (changed.getState() == RecordingState.STOPPED && changed.getDestination() == null) {
                // JFR closes a recording that has ended only if it had a file to write.
                changed.close();
            } else if (changed.getState() == RecordingState.CLOSED) {
                FlightRecorder.removeListener(this);
                action.run();
            }
        }
    }
}
