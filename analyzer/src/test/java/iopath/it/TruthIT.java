package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Catalog.Entry;
import iopath.it.Jdks.Jdk;
import iopath.it.Report.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each scenario once under strace alone and once under strace with the agent: the second must give the same results
 * by the same system calls, and the report must say exactly what strace saw and what the scenario's annotations claim.
 */
class TruthIT {

    @TestFactory
    List<DynamicTest> truth() throws IOException {
        return Matrix.tests(
                "truth", Catalog.all().stream().filter(e -> !isOfCopies(e)).toList(), TruthIT::check);
    }

    /** What the JDKs copy alike: each way on one of them, on all with {@code -Psoak}. */
    @TestFactory
    List<DynamicTest> copies() throws IOException {
        return Matrix.inTurn(
                "copies", Catalog.all().stream().filter(TruthIT::isOfCopies).toList(), TruthIT::check);
    }

    private static boolean isOfCopies(Entry entry) {
        return entry.id().startsWith("Followed.");
    }

    private static void check(Jdk jdk, Entry entry, Path folder) throws Exception {
        Run plain = new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("plain")))
                .trace()
                .run();
        Run watched = new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("agent")))
                .trace()
                .agent()
                .exact()
                .record()
                .run();
        Plain.remember(jdk, entry, plain.results());
        Syscalls traced = Objects.requireNonNull(watched.syscalls());
        if (!entry.scenario().varies()) {
            assertThat(traced.counts())
                    .as("system calls, as without the agent")
                    .isEqualTo(Objects.requireNonNull(plain.syscalls()).counts());
        }
        Report report = Report.of(Objects.requireNonNull(watched.recording()));

        assertThat(watched.results()).as("results, as without the agent").isEqualTo(plain.results());
        assertThat(watched.errors()).as("standard error").isEqualTo(plain.errors());
        assertThat(report.brokenHooks()).as("hooks that failed").isEmpty();
        assertThat(report.flows()).as("io, as strace saw it").isEqualTo(traced.flows());
        List<Row> transfers = entry.scenario().content() ? Folded.rows(report.transfers()) : report.transfers();
        assertThat(transfers)
                .as("transfers")
                .containsExactlyInAnyOrderElementsOf(Expected.rows(entry.moves(jdk.version()), traced.flows()));
        assertThat(report.operations())
                .as("operations of %s", report.transfers())
                .isEqualTo(traced.moving());
        checkFiles(report, traced);
        assertThat(report.frames())
                .as("sites")
                .allMatch(frame -> frame.startsWith("iopath.it.scenario.")
                        || entry.scenario().threadsOfJdk() && frame.equals("(no application frame)"));
    }

    /** What is mapped is read and written by page faults, which no system call shows. */
    private static void checkFiles(Report report, Syscalls traced) {
        if (report.transfers().stream().anyMatch(row -> row.path().equals("mapped"))) {
            traced.files()
                    .forEach((file, bytes) ->
                            assertThat(report.files().get(file)).as(file).isGreaterThanOrEqualTo(bytes));
        } else {
            assertThat(report.files()).as("bytes of each file").isEqualTo(traced.files());
        }
    }
}
