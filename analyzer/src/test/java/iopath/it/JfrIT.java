package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.it.Catalog.Entry;
import iopath.it.Jdks.Jdk;
import iopath.it.Report.Row;
import iopath.it.scenario.RecordMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.openjdk.jmc.common.item.IAttribute;
import org.openjdk.jmc.common.item.IItem;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.item.IItemIterable;
import org.openjdk.jmc.common.item.IType;
import org.openjdk.jmc.common.item.ItemFilters;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;

/** Whatever recording, whoever reads it: the totals are the same. */
class JfrIT {

    private static final List<Entry> ENTRIES =
            Catalog.some("TransferTo.socket", "TransferTo.wrapper", "Loops.heap", "Loops.gatherHeader");

    /** Two recordings of one run, one with another period and without samples, both know everything. */
    @TestFactory
    List<DynamicTest> twoRecordings() throws IOException {
        return Matrix.tests("two", ENTRIES, (jdk, entry, folder) -> {
            Path one = folder.resolve("one.jfr");
            Path two = folder.resolve("two.jfr");
            plan(jdk, entry, folder)
                    .agent()
                    .with("-XX:StartFlightRecording:name=one,settings=none,filename=" + one)
                    .with("-XX:StartFlightRecording:name=two,settings=profile,filename=" + two
                            + ",+iopath.TransferTotals#period=20ms,+iopath.IoTotals#period=20ms"
                            + ",+iopath.Transfer#stackTrace=false")
                    .run();

            List<Row> expected = Expected.rows(entry.moves(jdk.version()), Map.of());
            for (Path recording : List.of(one, two)) {
                // The start of the second recording is in the first: what JFR reads then is no application's.
                assertThat(Report.of(recording).transfers()).containsExactlyInAnyOrderElementsOf(expected);
            }
        });
    }

    /** A recording that the application starts after the agent. */
    @TestFactory
    List<DynamicTest> recordingAfterAgent() throws IOException {
        return Matrix.tests("after", ENTRIES, (jdk, entry, folder) -> {
            Path recording = folder.resolve("run.jfr");
            plan(jdk, entry, folder)
                    .agent()
                    .main(RecordMain.class)
                    .with("-Diopath.it.recording=" + recording)
                    .run();

            assertRows(recording, jdk, entry);
        });
    }

    /** A recording that runs when the agent comes. */
    @TestFactory
    List<DynamicTest> recordingBeforeAgent() throws IOException {
        return Matrix.tests("before", ENTRIES, (jdk, entry, folder) -> {
            Path recording = folder.resolve("run.jfr");
            plan(jdk, entry, folder)
                    .main(RecordMain.class)
                    .with("-Diopath.it.recording=" + recording, "-Diopath.it.attach=" + Artefacts.agent())
                    .with("-Djdk.attach.allowAttachSelf=true", "-XX:+EnableDynamicAgentLoading")
                    .run();

            assertRows(recording, jdk, entry);
        });
    }

    /** One that is kept in JFR's memory, since the disk is small, and written when the JVM exits. */
    @TestFactory
    List<DynamicTest> recordingInMemory() throws IOException {
        return Matrix.tests("memory", ENTRIES, (jdk, entry, folder) -> {
            if (!"root".equals(System.getProperty("user.name"))) {
                Missing.say("only root can mount a small disk");
                Assumptions.abort("not root");
            }
            Path recording = folder.resolve("run.jfr");
            try (SmallDisk disk = SmallDisk.of(folder.resolve("disk"), "64m")) {
                plan(jdk, entry, folder)
                        .with("-javaagent:" + Artefacts.agent() + "=record=" + recording)
                        .with("-XX:FlightRecorderOptions:repository=" + disk.folder())
                        .run();
                assertThat(disk.folder()).isEmptyDirectory();
            }

            assertRows(recording, jdk, entry);
        });
    }

    /** The JDK's own tool and Mission Control's parser read what iopath reads. */
    @TestFactory
    List<DynamicTest> otherReaders() throws IOException {
        return Matrix.tests("readers", ENTRIES, (jdk, entry, folder) -> {
            Path recording = folder.resolve("run.jfr");
            plan(jdk, entry, folder)
                    .agent()
                    .with("-XX:StartFlightRecording:filename=" + recording)
                    .run();

            assertThat(output(folder, jdk.tool("jfr"), "summary", recording.toString()))
                    .containsPattern("iopath\\.TransferTotals +[1-9]")
                    .containsPattern("iopath\\.IoTotals +[1-9]");
            assertThat(output(folder, jdk.tool("jfr"), "print", "--events", "iopath.Agent", recording.toString()))
                    .contains("iopath.Agent {")
                    .contains("ScenarioMain");
            if (jdk.version() >= 25) {
                assertThat(output(
                                folder,
                                jdk.tool("jfr"),
                                "view",
                                "--width",
                                "400",
                                "iopath.TransferTotals",
                                recording.toString()))
                        .contains(entry.moves(jdk.version()).get(0).path());
            }
            Map<Row, Long> rows = new TreeMap<>(Row.ORDER);
            Report.of(recording).allTransfers().forEach(row -> rows.merge(row.withoutBytes(), row.bytes(), Long::sum));
            assertThat(missionControl(recording)).isEqualTo(rows);
        });
    }

    /** Of a thousand recordings, each is to say whose it is. */
    @TestFactory
    List<DynamicTest> whoseARecordingIs() throws IOException {
        return Matrix.tests("whose", Catalog.some("Loops.heap"), (jdk, entry, folder) -> {
            Path recording = folder.resolve("run.jfr");
            plan(jdk, entry, folder)
                    .with("-javaagent:" + Artefacts.agent()
                            + "=service=shop,version=1.2,instance=one,labels=team:web,zone:eu")
                    .with("-XX:StartFlightRecording:filename=" + recording)
                    .run();

            Cli report = Cli.run(folder, "report", recording.toString(), "--format", "json");
            Map<String, Object> jvm = JSON.std.with(JSON.Feature.READ_ONLY).mapFrom(report.out());
            assertThat(jvm.get("recording"))
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .extractingByKey("jvms", InstanceOfAssertFactories.LIST)
                    .first(InstanceOfAssertFactories.MAP)
                    .containsEntry("service", "shop")
                    .containsEntry("version", "1.2")
                    .containsEntry("instance", "one")
                    .containsEntry("labels", Map.of("team", "web", "zone", "eu"));
            assertThat(Cli.run(folder, "export", recording.toString()).out().lines())
                    .isNotEmpty()
                    .allMatch(row -> row.contains("\"service\":\"shop\"") && row.contains("team=web,zone=eu"));
        });
    }

    private static Run.Plan plan(Jdk jdk, Entry entry, Path folder) throws IOException {
        return new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("run")));
    }

    private static void assertRows(Path recording, Jdk jdk, Entry entry) throws IOException {
        assertThat(Report.of(recording).transfers())
                .containsExactlyInAnyOrderElementsOf(Expected.rows(entry.moves(jdk.version()), Map.of()));
    }

    /** The sums of bytes by row, as Mission Control's parser sees the events. */
    private static Map<Row, Long> missionControl(Path recording) throws Exception {
        Map<Row, Long> rows = new TreeMap<>(Row.ORDER);
        IItemCollection events =
                JfrLoaderToolkit.loadEvents(recording.toFile()).apply(ItemFilters.type("iopath.TransferTotals"));
        for (IItemIterable iterable : events) {
            for (IItem item : iterable) {
                Row row = new Row(
                        text(item, "source"),
                        text(item, "sink"),
                        text(item, "path"),
                        text(item, "reason"),
                        (String) value(item, "detail"),
                        text(item, "evidence"),
                        0);
                if (value(item, "bytes") instanceof IQuantity bytes) {
                    rows.merge(row, bytes.clampedLongValueIn(bytes.getUnit()), Long::sum);
                } else {
                    throw new AssertionError("bytes are no quantity: " + value(item, "bytes"));
                }
            }
        }
        rows.values().removeIf(bytes -> bytes == 0);
        return rows;
    }

    private static String text(IItem item, String name) {
        return String.valueOf(value(item, name));
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object value(IItem item, String name) {
        IType<IItem> type = (IType<IItem>) item.getType();
        for (IAttribute<?> attribute : type.getAttributes()) {
            if (attribute.getIdentifier().equals(name)) {
                return attribute.getAccessor(type).getMember(item);
            }
        }
        throw new AssertionError("Mission Control sees no field " + name);
    }

    private static String output(Path folder, String... command) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("no end of " + List.of(command));
        }
        String text = Files.readString(out);
        assertThat(process.exitValue()).as(text).isZero();
        return text;
    }
}
