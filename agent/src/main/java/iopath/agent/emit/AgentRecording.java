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
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/**
 * The recording that the agent makes; JFR writes its file when it ends, or when the JVM exits.
 *
 * <p>Where the disk under JFR's repository has little space, the recording is kept in JFR's memory until its end, and
 * written only if there is space for it then: HotSpot ends the JVM when it cannot write to a disk (JDK 17 to 25,
 * {@code JfrJavaSupport::abort}).
 */
public final class AgentRecording {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** Space that is held for the last write. */
    private static final long RESERVE = 8L << 20;

    /** How long a recording in memory waits for space at its end. */
    private static final long PATIENCE_MILLIS = 20_000;

    private final Recording recording = new Recording();
    private final @Nullable Path file;
    private final LongSupplier eventBytes;
    private final long eventBytesBefore;
    private final boolean inMemory;
    private final RepositoryDisk disk;
    private final Reserve reserve;
    private volatile long endMillis;
    private volatile boolean ends;
    private volatile boolean crowded;
    private volatile @Nullable String cut;

    private AgentRecording(
            @Nullable Path file,
            long endMillis,
            LongSupplier eventBytes,
            boolean inMemory,
            RepositoryDisk disk,
            Reserve reserve) {
        this.file = file;
        this.endMillis = endMillis;
        this.eventBytes = eventBytes;
        this.eventBytesBefore = eventBytes.getAsLong();
        this.inMemory = inMemory;
        this.disk = disk;
        this.reserve = reserve;
    }

    /**
     * Starts it.
     *
     * @param eventBytes says how many bytes of events the agent has made so far, at least
     * @param ended runs once it has ended and its file is whole, on one of JFR's threads; gets the reason if it had to
     *     end before its time, else {@code null}
     * @throws IOException if the file exists or cannot be made, or if the disk under JFR's repository is nearly full
     */
    public static AgentRecording start(RecordingPlan plan, LongSupplier eventBytes, Consumer<@Nullable String> ended)
            throws IOException {
        RepositoryDisk disk = RepositoryDisk.find();
        boolean canKeep = plan.file() != null && plan.maxAgeMillis() == 0 && plan.maxBytes() == 0 && ownsTheMemory();
        boolean inMemory = canKeep && disk.free() < SpaceRule.ROOMY;
        disk.check(inMemory);
        Path file = plan.file() == null ? null : create(plan.file());
        AgentRecording made = null;
        try {
            long room = Math.min(RESERVE, disk.free() / 3);
            Reserve reserve = Reserve.in(Path.of(disk.folder()), room);
            long end = plan.durationMillis() == 0 ? 0 : System.currentTimeMillis() + plan.durationMillis();
            made = new AgentRecording(file, end, eventBytes, inMemory, disk, reserve);
            made.begin(plan, ended);
            return made;
        } catch (IOException | RuntimeException e) {
            if (made != null) {
                made.discard();
            }
            if (file != null) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
    }

    private void begin(RecordingPlan plan, Consumer<@Nullable String> ended) throws IOException {
        recording.setName("iopath");
        recording.setToDisk(!inMemory);
        if (file != null) {
            recording.setDumpOnExit(true);
            recording.setDestination(file);
        }
        if (plan.durationMillis() > 0 && !inMemory) {
            // The guard ends it in time; this is for a JVM that could not start its thread.
            recording.setDuration(Duration.ofMillis(plan.durationMillis() + PATIENCE_MILLIS));
        }
        if (plan.maxAgeMillis() > 0) {
            recording.setMaxAge(Duration.ofMillis(plan.maxAgeMillis()));
        }
        if (plan.maxBytes() > 0) {
            recording.setMaxSize(plan.maxBytes());
        }
        recording.enable("jdk.CPULoad");
        recording.enable("jdk.CPUInformation");
        FlightRecorder.addListener(new End(ended));
        recording.start();
        DiskGuard.start(this, disk);
    }

    /** Whether nobody else's events fill JFR's memory. */
    private static boolean ownsTheMemory() {
        return FlightRecorder.getFlightRecorder().getRecordings().stream()
                .noneMatch(other -> other.getState() == RecordingState.RUNNING);
    }

    /**
     * Ends it and writes its file; does nothing if it has ended. One in memory waits some seconds for space, and is
     * given up if there is none.
     */
    public void stop() {
        endMillis = System.currentTimeMillis();
        if (inMemory) {
            awaitSpace();
        }
        write();
    }

    private void awaitSpace() {
        long until = System.currentTimeMillis() + PATIENCE_MILLIS;
        long before = room();
        while (isRunning() && !ends) {
            try {
                Thread.sleep(SpaceRule.pauseMillis(before));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            long now = room();
            // What went within this pause may well go again before all is written.
            if (SpaceRule.mayWrite(now, Math.max(0, before - now), recorded())) {
                return;
            }
            if (System.currentTimeMillis() > until) {
                giveUp();
                return;
            }
            before = now;
        }
    }

    private long room() {
        return disk.free() + reserve.held();
    }

    private long recorded() {
        return eventBytes.getAsLong() - eventBytesBefore;
    }

    private void giveUp() {
        cut = "the disk under JFR's repository is full: what was recorded is given up, so that the JVM lives";
        discard();
    }

    /** Ends it in the one moment in which space has been found. */
    private synchronized void write() {
        ends = true;
        reserve.close();
        if (recording.getState() == RecordingState.RUNNING) {
            recording.stop();
        }
        if (recording.getState() != RecordingState.CLOSED) {
            recording.close();
        }
    }

    /** Ends it without a write. */
    private synchronized void discard() {
        ends = true;
        try {
            if (recording.getState() != RecordingState.CLOSED) {
                recording.setDestination(null);
            }
        } catch (IOException e) {
            // Only a new destination can fail.
            throw new IllegalStateException(e);
        } finally {
            recording.close();
            reserve.close();
        }
    }

    /** What the guard sees, now and then: bytes that are free, and how many go a second. */
    void look(long free, long rate) {
        if (ends || !isRunning()) {
            return;
        }
        if (crowded) {
            cut = "another recording has begun on a disk with little space, and has what was in memory";
            discard();
        } else if (!inMemory && SpaceRule.isShort(free, rate)) {
            cut = "the disk under JFR's repository is nearly full";
            write();
        } else if (inMemory && SpaceRule.fillsMemory(recorded())) {
            cut = "the disk under JFR's repository has little space, and the memory for events is full";
            stop();
        } else if (inMemory && SpaceRule.isTight(free, recorded()) && SpaceRule.mayWrite(room(), rate, recorded())) {
            cut = "the disk under JFR's repository is nearly full";
            write();
        } else if (leftMillis() == 0) {
            stop();
        }
    }

    /** Time to its end in milliseconds, 0 after it, {@code Long.MAX_VALUE} if it has none. */
    long leftMillis() {
        return endMillis == 0 ? Long.MAX_VALUE : Math.max(0, endMillis - System.currentTimeMillis());
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

    /** Waits for the end of the recording, and for what must not run beside one in memory. */
    private final class End implements FlightRecorderListener {

        private final Consumer<@Nullable String> action;

        End(Consumer<@Nullable String> action) {
            this.action = action;
        }

        @Override
        public void recordingStateChanged(Recording changed) {
            if (changed != recording) {
                // JFR moves what is in its memory into the first file of a recording that goes to disk.
                crowded |= inMemory && changed.isToDisk() && changed.getState() == RecordingState.RUNNING;
                return;
            }
            if (changed.getState() == RecordingState.STOPPED && changed.getDestination() == null) {
                // JFR closes a recording that has ended only if it had a file to write.
                changed.close();
            } else if (changed.getState() == RecordingState.CLOSED) {
                FlightRecorder.removeListener(this);
                action.accept(cut);
            }
        }
    }
}
