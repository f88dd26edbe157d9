package iopath.analyzer.read;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;

/** Another recording of the same JVM asks for all that is secret. */
class ScrubTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void argumentsVariablesAndPropertiesOfAnotherRecordingDoNotStayInTheFile() throws Exception {
        Path file = recorded();
        Map<String, Long> before = counts(file);
        assertThat(before)
                .containsKeys("jdk.JVMInformation", "jdk.InitialSystemProperty", "jdk.InitialEnvironmentVariable");
        assertThat(text(file)).contains(secret());

        Scrub.of(file, false);

        assertThat(text(file)).doesNotContain(secret());
        Map<String, Long> expected = new TreeMap<>(before);
        expected.keySet().removeAll(Scrub.SECRET);
        assertThat(counts(file)).isEqualTo(expected);
        assertThat(expected).containsKeys("jdk.ThreadStart", "iopath.TransferTotals");
        assertThat(bytes(file)).isEqualTo(2000);
    }

    @Test
    void whereNamesAreHiddenNoEventStaysThatWasNotToldToHideThem() throws Exception {
        Path file = recorded();

        Scrub.of(file, true);

        assertThat(Scrub.REDACTED).containsAll(counts(file).keySet());
        assertThat(bytes(file)).isEqualTo(2000);
    }

    @Test
    void anotherParserReadsWhatIsLeft() throws Exception {
        Path file = recorded();
        Scrub.of(file, false);

        IItemCollection items = JfrLoaderToolkit.loadEvents(file.toFile());

        assertThat(items.hasItems()).isTrue();
    }

    @Test
    void aChunkThatNobodyCanReadKeepsNoSecretEither() throws Exception {
        byte[] bytes = Files.readAllBytes(recorded());
        int half = text(bytes).indexOf(secret()) + secret().length();
        Path cut = Files.write(directory.resolve("cut.jfr"), Arrays.copyOf(bytes, half + 200));
        assertThat(text(cut)).contains(secret());

        Scrub.of(cut, false);

        assertThat(text(cut)).doesNotContain(secret());
    }

    /** What this JVM was started with. */
    private static String secret() {
        return System.getProperty("sun.java.command", "").split(" ", 2)[0];
    }

    private Path recorded() throws IOException, InterruptedException {
        Path file = directory.resolve("a.jfr");
        try (Recording other = new Recording()) {
            Scrub.SECRET.forEach(other::enable);
            other.enable("jdk.ThreadStart");
            other.start();
            Path one;
            try (Fabricated made = Fabricated.start()) {
                Thread thread = new Thread(() -> {});
                thread.start();
                thread.join();
                made.agent(1, 0, 0, 0).transfer("file:/a > socket:b", "heap", "none", null, "none", 4, 1000);
                one = made.dump(directory.resolve("one.jfr"));
                made.transfer("file:/a > socket:b", "heap", "none", null, "none", 4, 1000);
                made.dump(file);
            }
            Files.delete(one);
        }
        return file;
    }

    private static long bytes(Path file) throws UnreadableException {
        Collected events = new Collected();
        Reading reading = new RecordingReader(events).read(List.of(file));
        assertThat(reading.warnings()).isEmpty();
        return events.bytes();
    }

    private static Map<String, Long> counts(Path file) throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            counts.merge(event.getEventType().getName(), 1L, Long::sum);
        }
        return counts;
    }

    private static String text(Path file) throws IOException {
        return text(Files.readAllBytes(file));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
