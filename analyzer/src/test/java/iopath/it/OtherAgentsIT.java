package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Catalog.Entry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Other agents in the same JVM, which weave classes too or look at its stacks: each goes on with its work. */
class OtherAgentsIT {

    private static final List<Entry> ENTRIES =
            Catalog.some("TransferTo.socket", "Loops.heap", "Loops.gatherHeader", "Streams.copy");

    /** Options of each, made for a folder for what it writes. */
    private static final Map<String, Options> AGENTS = Map.of(
            "jacoco",
            folder -> List.of("-javaagent:" + jar("org.jacoco.agent") + "=destfile=" + folder.resolve("work")),
            "opentelemetry",
            folder -> List.of(
                    "-javaagent:" + jar("opentelemetry-javaagent"),
                    "-Dotel.traces.exporter=none",
                    "-Dotel.metrics.exporter=none",
                    "-Dotel.logs.exporter=none"),
            "async-profiler",
            folder -> List.of(
                    "-agentpath:" + profiler(folder) + "=start,event=itimer,collapsed,file=" + folder.resolve("work")));

    private interface Options {
        List<String> in(Path folder) throws IOException;
    }

    /** In front of ours, and behind it: what the application gets, and what the report says, is the same. */
    @TestFactory
    List<DynamicTest> besideEachInBothOrders() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (String name : AGENTS.keySet().stream().sorted().toList()) {
            for (boolean first : new boolean[] {true, false}) {
                String order = first ? name + " then iopath" : "iopath then " + name;
                for (DynamicTest test : Matrix.inTurn(order.replace(' ', '-'), ENTRIES, check(name, first))) {
                    tests.add(DynamicTest.dynamicTest(order + " / " + test.getDisplayName(), test.getExecutable()));
                }
            }
        }
        return tests;
    }

    private static Matrix.Check check(String name, boolean first) {
        return (jdk, entry, folder) -> {
            String[] other = Objects.requireNonNull(AGENTS.get(name)).in(folder).toArray(String[]::new);
            Run.Plan plan = new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("agent")));
            Run run = (first ? plan.with(other).agent() : plan.agent().with(other))
                    .exact()
                    .record()
                    .run();

            assertThat(run.results()).isEqualTo(Plain.results(jdk, entry, folder));
            assertThat(run.errors())
                    .noneMatch(line -> line.startsWith("iopath: "))
                    .noneMatch(line -> line.contains("Exception") || line.contains("Error"));
            Report report = Report.of(Objects.requireNonNull(run.recording()));
            assertThat(report.brokenHooks()).isEmpty();
            assertThat(report.transfers())
                    .filteredOn(
                            row -> !row.source().equals("memory") && !row.sink().equals("memory"))
                    .containsExactlyInAnyOrderElementsOf(Expected.rows(entry.moves(jdk.version()), Map.of()).stream()
                            .filter(row -> !row.source().equals("memory")
                                    && !row.sink().equals("memory"))
                            .toList());
            if (!name.equals("opentelemetry")) {
                assertThat(folder.resolve("work"))
                        .as("what " + name + " writes")
                        .isNotEmptyFile();
            }
        };
    }

    private static Path jar(String name) {
        return Artefacts.otherAgent(name + ".jar");
    }

    private static Path profiler(Path folder) throws IOException {
        String library = System.getProperty("os.arch").equals("aarch64") ? "linux-arm64" : "linux-x64";
        Path copy = folder.resolve("libasyncProfiler.so");
        try (JarFile jar = new JarFile(jar("async-profiler").toFile())) {
            ZipEntry entry = Objects.requireNonNull(jar.getEntry(library + "/libasyncProfiler.so"), library);
            try (InputStream in = jar.getInputStream(entry)) {
                Files.copy(in, copy);
            }
        }
        return copy;
    }
}
