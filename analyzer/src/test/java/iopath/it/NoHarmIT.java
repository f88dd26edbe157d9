package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Catalog.Entry;
import iopath.it.Jdks.Jdk;
import iopath.it.Syscalls.Flow;
import iopath.it.Syscalls.Moved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whatever goes wrong in the agent, the application's results are those without it. */
class NoHarmIT {

    @TempDir
    private Path directory = Path.of("");

    /** Every hook throws on every call, and all woven code is verified. Each JDK in turn; all of them with -Psoak. */
    @TestFactory
    List<DynamicTest> everyHookThrows() throws IOException {
        return Matrix.inTurn("throw", Catalog.all(), (jdk, entry, folder) -> {
            Path thrown = folder.resolve("thrown");
            Run run = new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("agent")))
                    .agent()
                    .record()
                    .with("-Xverify:all", "-Diopath.test.throw=1", "-Xlog:exceptions=info:file=" + thrown)
                    .run();

            assertSameResults(run, jdk, entry, folder);
            if (!entry.moves(jdk.version()).isEmpty()) {
                assertThat(thrown).as("what was thrown").content().contains("IllegalStateException");
                Report report = Report.of(Objects.requireNonNull(run.recording()));
                assertThat(report.suppressed()).as("calls that failed").isPositive();
                assertThat(report.verdict()).contains("lower bound");
            }
        });
    }

    /** Each hook fails at each seventh call: what the report still has is no more than what strace saw. */
    @TestFactory
    List<DynamicTest> everyHookThrowsNowAndThen() throws IOException {
        return Matrix.inTurn("sometimes", Catalog.all(), (jdk, entry, folder) -> {
            Run run = new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("agent")))
                    .trace()
                    .agent()
                    .exact()
                    .record()
                    .with("-Xverify:all", "-Diopath.test.throw=7")
                    .run();

            assertSameResults(run, jdk, entry, folder);
            Syscalls traced = Objects.requireNonNull(run.syscalls());
            Report report = Report.of(Objects.requireNonNull(run.recording()));
            Map<Flow, Moved> told = withoutPipes(report.flows());
            Map<Flow, Moved> all = withoutPipes(traced.flows());
            told.forEach((flow, moved) -> assertThat(moved.bytes())
                    .as(flow.toString())
                    .isLessThanOrEqualTo(all.getOrDefault(flow, new Moved(0, 0)).bytes()));
            if (!told.equals(all)) {
                assertThat(report.suppressed()).as("calls that failed").isPositive();
                assertThat(report.verdict()).contains("lower bound");
                assertThat(report.findings()).contains("hook-threw");
            }
        });
    }

    /** Each hook fails once in a hundred calls: the report counts every one of them. */
    @TestFactory
    List<DynamicTest> everyFailureIsCounted() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            try (Target service = new Target(jdk, folder, 0, List.of(), "-Diopath.test.throw=100")) {
                Path recording = folder.resolve("counted.jfr");
                service.load("content=0,record=" + recording);
                long bytes = 0;
                for (int i = 0; i < 100; i++) {
                    bytes += service.move().bytes();
                }
                String file = service.move().file();
                long before = Long.parseLong(service.property("iopath.test.thrown"));
                service.load("detach");
                Report report = Report.of(recording);
                // JFR's own work on the file, once the recording has ended, may fail as well.
                assertThat(report.suppressed())
                        .isBetween(before, Long.parseLong(service.property("iopath.test.thrown")))
                        .isGreaterThan(20);
                assertThat(report.files().get(file + " read")).isPositive().isLessThan(bytes);
                assertThat(report.verdict()).contains("lower bound");
                service.end();
            }
        });
    }

    /** All tables are full after a few rows: details are lost, sums are not. Tables know no JDK: one each will do. */
    @TestFactory
    List<DynamicTest> everyTableIsFull() throws IOException {
        return Matrix.inTurn("tiny", Catalog.all(), (jdk, entry, folder) -> {
            Run run = new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("agent")))
                    .trace()
                    .agent()
                    .record()
                    .with("-Xverify:all", "-Diopath.test.tableSize=tiny")
                    .run();

            assertSameResults(run, jdk, entry, folder);
            Syscalls traced = Objects.requireNonNull(run.syscalls());
            assertThat(withoutPipes(
                            Report.of(Objects.requireNonNull(run.recording())).flows()))
                    .as("io, as strace saw it")
                    .isEqualTo(withoutPipes(traced.flows()));
        });
    }

    /** The line to the test is a pipe too, and has lost its name where tables are full. */
    private static Map<Flow, Moved> withoutPipes(Map<Flow, Moved> flows) {
        Map<Flow, Moved> rest = new TreeMap<>(flows);
        rest.keySet().removeIf(flow -> flow.endpoint().equals("pipe"));
        return rest;
    }

    /** Without JFR there can be no profile: one line says so. */
    @TestFactory
    List<DynamicTest> noJfr() throws IOException {
        List<Entry> entries = Catalog.some(
                "TransferTo.socket",
                "TransferTo.wrapper",
                "TransferFrom.socket",
                "Loops.heap",
                "Loops.gatherHeader",
                "Loops.mapped",
                "OneSided.toFile");
        return Matrix.tests("nojfr", entries, (jdk, entry, folder) -> {
            Run run = new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("agent")))
                    .agent()
                    .with("--limit-modules", "java.base,java.instrument")
                    .run();

            assertSameResults(run, jdk, entry, folder);
            assertThat(run.errors())
                    .singleElement()
                    .asString()
                    .startsWith("iopath: ")
                    .contains("no profile")
                    .contains("jdk.jfr");
        });
    }

    private static void assertSameResults(Run run, Jdk jdk, Entry entry, Path folder) throws Exception {
        assertThat(run.results()).as("results, as without the agent").isEqualTo(Plain.results(jdk, entry, folder));
    }
}
