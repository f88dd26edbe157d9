package iopath.analyzer.read;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.HookStatus;
import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.Reading;
import iopath.analyzer.event.Route;
import iopath.analyzer.event.TransferTotals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingReaderTest {
    @TempDir
    Path directory;

    private final Collected events = new Collected();

    @Test
    void noFieldOfAnEventIsMixedUpWithAnother() throws Exception {
        Path file = directory.resolve("a.jfr");
        try (Fabricated made = Fabricated.start()) {
            made.transfer("file:/a > socket:b:1", "heap", "wrapped-channel", "x.Y", "same-call", 4, -17)
                    .sample("file:/a > memory", "heap", "none", -5, 7, 6)
                    .io("pipe:p", "write", "direct", 1, 2, 3)
                    .hook("a.B.c", "failed", "no such shape")
                    .agent(1, 2, 3, 4)
                    .dump(file);
        }

        Reading reading = new RecordingReader(events).read(List.of(file));

        Route route = new Route(
                new Endpoint("file", "/a"),
                new Endpoint("socket", "b:1"),
                "heap",
                "wrapped-channel",
                "x.Y",
                "same-call",
                4,
                0);
        assertThat(events.transfers).containsExactly(new TransferTotals(route, -17, 2, 3, 4));
        assertThat(events.samples).singleElement().satisfies(sample -> {
            assertThat(sample.route().sink()).isEqualTo(new Endpoint("memory", null));
            assertThat(sample.weight()).isEqualTo(-5);
            assertThat(sample.sample()).isEqualTo(7);
            assertThat(sample.corrects()).isEqualTo(6);
            assertThat(sample.site()).startsWith("iopath.analyzer.read.Fabricated.sample:");
            List<String> types = sample.stack().stream()
                    .map(frame -> frame.replaceFirst(":\\d+$", ""))
                    .toList();
            assertThat(types)
                    .as("the outermost frame first")
                    .containsSubsequence(
                            "iopath.analyzer.read.RecordingReaderTest.noFieldOfAnEventIsMixedUpWithAnother",
                            "iopath.analyzer.read.Fabricated.sample");
        });
        assertThat(events.io).containsExactly(new IoTotals(new Endpoint("pipe", "p"), "write", "direct", 1, 2, 3));
        assertThat(events.hooks)
                .singleElement()
                .extracting(HookStatus::target, HookStatus::status, HookStatus::why)
                .containsExactly("a.B.c", "failed", "no such shape");
        assertThat(events.agents).singleElement().satisfies(agent -> {
            assertThat(agent.jdk()).isEqualTo("17.0.15");
            assertThat(agent.pid()).isEqualTo(4711);
            assertThat(agent.mainClass()).isEqualTo("com.example.Server");
            assertThat(agent.installedMillis()).isEqualTo(1_700_000_000_000L);
            assertThat(List.of(agent.samples(), agent.samplesDropped(), agent.rowsFolded(), agent.linksLost()))
                    .containsExactly(1L, 2L, 3L, 4L);
        });
        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.endNanos()).isGreaterThanOrEqualTo(reading.startNanos());
    }

    @Test
    void withoutAnAgentTheJvmIsStillNamed() throws Exception {
        Path file = directory.resolve("a.jfr");
        try (Fabricated made = Fabricated.start("jvm")) {
            made.dump(file);
        }

        new RecordingReader(events).read(List.of(file));

        assertThat(events.jvms)
                .extracting(Jvm::pid)
                .contains(ProcessHandle.current().pid());
        assertThat(events.jvms)
                .extracting(Jvm::java)
                .contains(Runtime.version().toString().split("[+-]", 2)[0]);
    }

    @Test
    void noChunkOfSeveralIsForgotten() throws Exception {
        Path file = Fabricated.everything(directory.resolve("a.jfr"), 3);

        Reading reading = new RecordingReader(events).read(List.of(file));

        assertThat(chunks(file)).hasSizeGreaterThanOrEqualTo(3);
        assertThat(events.bytes()).isEqualTo(3 * 1000);
        assertThat(reading.warnings()).isEmpty();
    }

    @Test
    void aChunkThatIsInTwoRecordingsCountsOnce() throws Exception {
        Path first = directory.resolve("first.jfr");
        Path both = directory.resolve("both.jfr");
        try (Fabricated made = Fabricated.start()) {
            made.transfer("file:/a > socket:b", "heap", "none", null, "same-buffer", 4, 100)
                    .dump(first);
            made.transfer("file:/a > socket:b", "heap", "none", null, "same-buffer", 4, 1)
                    .dump(both);
        }

        Reading reading = new RecordingReader(events).read(List.of(first, both));

        assertThat(events.bytes()).isEqualTo(101);
        assertThat(reading.warnings()).isEmpty();
        assertThat(reading.notes()).singleElement().asString().contains("counts once");
    }

    @Test
    void theFieldsThatAreReadAreTheDocumentedOnes() throws Exception {
        String document = Files.readString(Path.of("..", "docs", "events.md"));

        for (Map.Entry<String, Map<String, Class<?>>> event : Fabricated.EVENTS.entrySet()) {
            assertThat(document).contains("## " + event.getKey());
            event.getValue().keySet().forEach(field -> assertThat(document).contains("`" + field + "`"));
        }
        assertThat(new EventDecoder(events).names()).containsAll(Fabricated.EVENTS.keySet());
    }

    private static List<Chunk> chunks(Path file) throws Exception {
        try (var channel = java.nio.channels.FileChannel.open(file)) {
            return ChunkIndex.of(file, new Bytes(channel)).chunks();
        }
    }
}
