package iopath.junit;

import iopath.analyzer.event.Reading;
import iopath.analyzer.gate.Subject;
import iopath.analyzer.read.RecordingReader;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Tally;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import org.junit.jupiter.api.function.Executable;

/**
 * Records what the whole JVM moves while some code runs.
 *
 * <p>Bytes of other threads count too, as the code under test may use any: let no other test run meanwhile.
 */
public final class IoRecorder {
    private static final List<String> EVENTS = List.of(
            "iopath.Transfer",
            "iopath.TransferTotals",
            "iopath.IoTotals",
            "iopath.Hook",
            "iopath.Suppressed",
            "iopath.Unseen",
            "iopath.Agent");

    private IoRecorder() {}

    static IoRecorder ofThisJvm() {
        SelfAttachment.ensure();
        return new IoRecorder();
    }

    /**
     * Runs code, and returns what was moved until it ended.
     *
     * @throws Throwable whatever the code throws
     */
    public Transfers record(Executable code) throws Throwable {
        Path file = Files.createTempFile("iopath-test", ".jfr");
        try (Recording recording = new Recording()) {
            EVENTS.forEach(recording::enable);
            recording.start();
            code.execute();
            recording.stop();
            recording.dump(file);
            return read(file);
        } finally {
            Files.delete(file);
        }
    }

    private static Transfers read(Path file) {
        Tally tally = new Tally();
        try {
            Reading reading = new RecordingReader(tally).read(List.of(file));
            Profile profile = tally.profile(reading);
            if (!reading.warnings().isEmpty()) {
                throw new IllegalStateException("the recording is not whole: " + reading.warnings());
            }
            return new Transfers(new Subject(profile, tally.seenSites()));
        } catch (UnreadableException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
