package iopath.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DemosTest {
    /** No multiple of any buffer in the demos, so that each one meets a partial last chunk. */
    private static final long BYTES = 300_001;

    @TempDir
    private Path temporary;

    @ParameterizedTest
    @MethodSource("names")
    void bytesAreLostOrDamagedOnTheWay(String name) throws Exception {
        Result result = demos("run", name);
        assertThat(result.errors).isEmpty();
        assertThat(result.output).matches(name + " moved \\d+ bytes, checksum [0-9a-f]{8} on both ends\n");
        assertThat(moved(result.output)).isIn(BYTES, 2 * BYTES);
        assertThat(result.exit).isZero();
    }

    @Test
    void temporaryFilesStayBehind() throws Exception {
        for (String name : List.of("03-transfer-to", "06-append-target", "08-tls-engine")) {
            demos("run", name);
            try (Stream<Path> left = Files.list(temporary)) {
                assertThat(left.filter(path -> path.getFileName().toString().startsWith("iopath-demo")))
                        .as(name)
                        .isEmpty();
            }
        }
    }

    @Test
    void anEmptyFileMakesADemoHangOrFail() throws Exception {
        for (String name : List.of("01-loop-heap", "03-transfer-to", "08-tls-engine", "12-mapped")) {
            assertThat(run(0, "run", name).exit).as(name).isZero();
        }
    }

    @Test
    void aPairMissesItsOtherHalf() throws Exception {
        List<String[]> rows =
                demos("list").output.lines().map(line -> line.split("\t")).toList();
        assertThat(rows).isNotEmpty().allSatisfy(row -> {
            assertThat(row).hasSize(4);
            assertThat(rolesOf(row[1], rows)).isIn(List.of("after", "before"), List.of("single"));
        });
    }

    @Test
    void aDemoTakesTheAgentIntoTheReceiver() throws Exception {
        // Each JVM that picks the variable up says so in one line on its standard error.
        Result result = runWith("JAVA_TOOL_OPTIONS", "-Diopath.demo.seen=true", BYTES, "run", "08-tls-engine");
        assertThat(result.errors.lines().filter(line -> line.startsWith("Picked up")))
                .hasSize(1);
    }

    @Test
    void wrongUsageLooksLikeSuccess() throws Exception {
        for (String[] arguments : new String[][] {{}, {"run"}, {"run", "99-nothing"}, {"list", "all"}}) {
            Result result = demos(arguments);
            assertThat(result.exit).isEqualTo(2);
            assertThat(result.errors.lines()).hasSize(1);
        }
    }

    static List<String> names() {
        return Demos.names();
    }

    private static List<String> rolesOf(String pair, List<String[]> rows) {
        return rows.stream()
                .filter(row -> row[1].equals(pair))
                .map(row -> row[2])
                .distinct()
                .sorted()
                .toList();
    }

    private static long moved(String output) {
        return Long.parseLong(output.split(" ")[2]);
    }

    private record Result(int exit, String output, String errors) {}

    private Result demos(String... arguments) throws Exception {
        return run(BYTES, arguments);
    }

    private Result run(long bytes, String... arguments) throws Exception {
        return runWith("IOPATH_DEMO_UNUSED", "", bytes, arguments);
    }

    private Result runWith(String variable, String value, long bytes, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add("-Diopath.demo.bytes=" + bytes);
        command.add("-Djava.io.tmpdir=" + temporary);
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("iopath.demo.Demos");
        command.addAll(List.of(arguments));
        Path errors = temporary.resolve("errors");
        ProcessBuilder builder = ChildJvm.tool("java", command).redirectError(errors.toFile());
        builder.environment().put(variable, value);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output, Files.readString(errors));
    }
}
