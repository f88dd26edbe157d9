package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the JDK copies is what it asks the kernel to take, which strace sees: of a heap buffer it copies all that remains
 * before each call.
 */
class CopiedIT {

    /** CPU copies of each byte that goes from an array to a socket. */
    private static final int COPIES = 2;

    @TestFactory
    List<DynamicTest> whatACallDidNotTakeWasCopiedTwice() throws IOException {
        return Matrix.tests(
                "copied",
                Catalog.some("Partial.one", "Partial.gathered", "Partial.pieces", "Partial.stream"),
                (jdk, entry, folder) -> {
                    Run run = new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("agent")))
                            .trace()
                            .agent()
                            .exact()
                            .record()
                            .run();
                    Syscalls traced = Objects.requireNonNull(run.syscalls());
                    Path recording = Objects.requireNonNull(run.recording());
                    Report report = Report.of(recording);
                    long printed = Printed.of(recording).values().stream()
                            .mapToLong(Syscalls.Moved::bytes)
                            .sum();
                    long sent = report.transfers().stream()
                            .mapToLong(Report.Row::bytes)
                            .sum();

                    assertThat(report.copied() - COPIES * printed)
                            .as("bytes that were copied")
                            .isEqualTo(COPIES * sent + traced.left());
                    if (entry.id().equals("Partial.one") || entry.id().equals("Partial.gathered")) {
                        assertThat(traced.left()).as("bytes copied for nothing").isGreaterThan(sent);
                        assertThat(report.findings()).contains("partial-heap-writes");
                    } else {
                        assertThat(report.findings()).doesNotContain("partial-heap-writes");
                    }
                });
    }
}
