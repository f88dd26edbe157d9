package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Report.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** One loop that sends files, beside one that copies files: an answer for both together would be wrong for each. */
class FlowsIT {

    @TestFactory
    List<DynamicTest> eachFlowHasItsOwnFinding() throws IOException {
        return Matrix.tests("flows", List.of(Catalog.program("Loops.heap")), (jdk, entry, folder) -> {
            Path download = record(jdk, entry, folder.resolve("download"));
            Path copy = record(jdk, Catalog.program("Loops.fileToFile"), folder.resolve("copy"));

            List<Told> both = loops(download, copy);

            assertThat(both)
                    .containsExactlyInAnyOrder(
                            loops(download).get(0), loops(copy).get(0));
            assertThat(both)
                    .extracting(told -> told.source() + " to " + told.sink() + " at "
                            + told.frame().replaceFirst(":[0-9]+$", ""))
                    .containsExactlyInAnyOrder(
                            "file to socket at iopath.it.scenario.Place.writeFully",
                            "file to file at iopath.it.scenario.Place.writeFully");
        });
    }

    private static Path record(Jdks.Jdk jdk, Catalog.Entry entry, Path folder) throws Exception {
        Run run = new Run.Plan(jdk, entry, Files.createDirectory(folder))
                .agent()
                .exact()
                .record()
                .run();
        return Objects.requireNonNull(run.recording());
    }

    private static List<Told> loops(Path... recordings) throws IOException {
        return Report.of(recordings).told().stream()
                .filter(told -> told.code().equals("read-write-loop"))
                .toList();
    }
}
