package iopath.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and the packaged jars, as a user runs them. */
@Timeout(300)
class DemoIT {
    private static final Path LAUNCHER =
            Path.of("..", "iopath").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    private record Outcome(int code, String out, String err) {}

    @Test
    void theDemosEndWithAReportAndAComparison() throws Exception {
        Path recordings = directory.resolve("recordings");

        Outcome outcome = run(
                Map.of(),
                LAUNCHER.toString(),
                "demo",
                "01-loop-heap",
                "transfer-to",
                "--output",
                recordings.toString());

        assertThat(outcome.code).as(outcome.err).isZero();
        assertThat(outcome.out)
                .contains("iopath report: 2 recordings")
                .contains("50 % of 134 MB that went between files and sockets stayed in the kernel")
                .containsPattern("at\\s+most\\s+[0-9.]+\\s+%\\s+of\\s+this\\s+process's")
                .contains("Before and after")
                .doesNotContain("[jfr,startup]");
        assertThat(outcome.out.lines()).allMatch(line -> line.length() <= 80 || line.contains(recordings.toString()));
        assertThat(recordings.resolve("01-loop-heap.jfr")).isNotEmptyFile();
        assertThat(recordings.resolve("03-transfer-to.jfr")).isNotEmptyFile();
    }

    @Test
    void aRecordingOfAnEarlierDemoIsNeverOverwritten() throws Exception {
        Path precious = Files.writeString(directory.resolve("03-transfer-to.jfr"), "precious");

        Outcome outcome =
                run(Map.of(), LAUNCHER.toString(), "demo", "03-transfer-to", "--output", directory.toString());

        assertThat(outcome.code).isEqualTo(2);
        assertThat(outcome.err).contains("exists").hasLineCount(1);
        assertThat(precious).hasContent("precious");
    }

    @Test
    void anUnknownDemoIsWrongUsage() throws Exception {
        Outcome outcome = run(Map.of(), LAUNCHER.toString(), "demo", "no-such-demo");

        assertThat(outcome.code).isEqualTo(2);
        assertThat(outcome.err).contains("01-loop-heap").contains("kafka").hasLineCount(1);
    }

    @Test
    void theLauncherIsFoundThroughLinksFromAnywhere() throws Exception {
        Path inner = Files.createSymbolicLink(directory.resolve("inner link"), LAUNCHER);
        Path outer = Files.createSymbolicLink(directory.resolve("outer"), inner.getFileName());

        Outcome outcome = run(Map.of(), outer.toString(), "--version");
        // JUnit warns of links that lead out of a temporary directory.
        Files.delete(outer);
        Files.delete(inner);

        assertThat(outcome.code).as(outcome.err).isZero();
        assertThat(outcome.out).startsWith("iopath ");
    }

    @Test
    void aJavaHomeWithoutJavaIsOneLine() throws Exception {
        Outcome outcome = run(Map.of("JAVA_HOME", directory.toString()), LAUNCHER.toString(), "--version");

        assertThat(outcome.code).isEqualTo(1);
        assertThat(outcome.err).startsWith("iopath: JAVA_HOME is ").hasLineCount(1);
    }

    @Test
    void anOldJavaIsOneLine() throws Exception {
        Path java = Files.createDirectories(directory.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\necho '    java.specification.version = 1.8' >&2\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();

        Outcome outcome = run(Map.of("JAVA_HOME", directory.toString()), LAUNCHER.toString(), "--version");

        assertThat(outcome.code).isEqualTo(1);
        assertThat(outcome.err).contains("needs 17 or later").hasLineCount(1);
    }

    /** Runs with this JVM's JDK unless the environment says another. */
    private Outcome run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(directory, "out", ".txt");
        Path err = Files.createTempFile(directory, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(directory.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home", ""));
        builder.environment().putAll(environment);
        int code = builder.start().waitFor();
        return new Outcome(
                code, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }
}
