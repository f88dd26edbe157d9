package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Colours are on terminals alone, and not on those of people who asked for none.
 *
 * <p>The terminal is a real one, of util-linux's {@code script}. Each test that finds no colour has the same command, or
 * the same terminal, show some.
 */
@Timeout(600)
class ColoursIT {
    /** A foreground or background; bold and inverse are none. */
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[(?:\\d+;)*(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])[;m]");

    private static final Map<String, String> AS_IT_COMES = Map.of();
    private static final Map<String, String> NO_COLOR = Map.of("NO_COLOR", "1");

    /** By the convention an empty value asks for nothing. */
    private static final Map<String, String> EMPTY = Map.of("NO_COLOR", "");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void aTerminal() throws InterruptedException {
        try {
            assumeTrue(new ProcessBuilder("script", "--version").start().waitFor() == 0);
        } catch (IOException e) {
            Missing.say("no script here, so there is no terminal to show colours: apt-get install bsdutils");
            assumeTrue(false);
        }
    }

    @Test
    void topIsColouredUnlessItIsAskedNotTo() throws Exception {
        Process copier = copier();
        try {
            String[] top = {"top", Long.toString(copier.pid()), "--count", "4"};

            // Only a warning has a colour.
            assertThat(onTerminal(AS_IT_COMES, top))
                    .contains("warning", "read-write-loop")
                    .containsPattern(COLOUR)
                    .as("a screen of its own")
                    .contains("\u001b[?1049h");
            assertThat(onTerminal(EMPTY, top)).containsPattern(COLOUR);
            assertThat(onTerminal(NO_COLOR, top))
                    .contains("warning", "read-write-loop", "\u001b[?1049h")
                    .doesNotContainPattern(COLOUR);
            Cli piped = Cli.run(folder, top);
            assertThat(piped.out()).contains("read-write-loop").doesNotContain("\u001b");
            assertThat(piped.err()).doesNotContain("\u001b");
        } finally {
            copier.destroyForcibly();
        }
    }

    private Process copier() throws IOException {
        Path data = Files.write(folder.resolve("data"), new byte[1 << 20]);
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-javaagent:" + Artefacts.agent() + "=quiet",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Copier.class.getName(),
                        data.toString())
                .redirectError(folder.resolve("copier.err").toFile())
                .start();
        assertThat(process.inputReader().readLine()).isEqualTo("ready");
        return process;
    }

    /** An application to warn of: copies a file through a buffer until it is stopped. */
    static final class Copier {
        private Copier() {}

        public static void main(String[] arguments) throws IOException {
            Path from = Path.of(arguments[0]);
            ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
            System.out.println("ready");
            try (FileChannel in = FileChannel.open(from);
                    FileChannel out = FileChannel.open(
                            from.resolveSibling("copy"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                while (true) {
                    in.position(0);
                    out.position(0);
                    while (in.read(buffer.clear()) > 0) {
                        out.write(buffer.flip());
                    }
                }
            }
        }
    }

    @Test
    void helpIsColouredUnlessItIsAskedNotTo() throws Exception {
        assertThat(onTerminal(AS_IT_COMES, "report", "--help"))
                .contains("Usage:")
                .containsPattern(COLOUR);
        assertThat(onTerminal(NO_COLOR, "report", "--help")).contains("Usage:").doesNotContain("\u001b");
        assertThat(Cli.run(folder, "report", "--help").out()).contains("Usage:").doesNotContain("\u001b");
    }

    @Test
    void reportsAreColouredUnlessItIsAskedNotToAndErrorsNever() throws Exception {
        Path recording = folder.resolve("demo.jfr");
        Cli demo = Cli.run(folder, "demo", "loop-heap", "--output", folder.toString());
        assertThat(demo.code()).as(demo.err()).isZero();
        try (Stream<Path> files = Files.list(folder)) {
            Files.move(
                    files.filter(file -> file.toString().endsWith(".jfr"))
                            .findFirst()
                            .orElseThrow(),
                    recording);
        }

        String[] report = {"report", recording.toString()};
        assertThat(onTerminal(AS_IT_COMES, report))
                .contains("read-write-loop", "Top endpoints")
                .containsPattern(COLOUR);
        assertThat(onTerminal(NO_COLOR, report))
                .contains("read-write-loop", "Top endpoints")
                .doesNotContain("\u001b");
        assertThat(Cli.run(folder, report).out())
                .contains("read-write-loop", "Top endpoints")
                .doesNotContain("\u001b");
        assertThat(onTerminal(AS_IT_COMES, "report", "missing.jfr"))
                .contains("missing.jfr")
                .doesNotContain("\u001b")
                .matches("iopath: [^\r\n]+\r?\n");
        assertThat(onTerminal(AS_IT_COMES, "report", "demo.jfr", "--bogus"))
                .contains("--bogus")
                .doesNotContain("\u001b");
        assertThat(onTerminal(AS_IT_COMES, "report", "--help"))
                .as("of the same terminal")
                .contains("\u001b");
    }

    /** All that is shown by a command whose three standard streams are one terminal. */
    private String onTerminal(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                Artefacts.analyzer().toString()));
        command.addAll(Arrays.asList(arguments));
        String line = command.stream()
                .map(word -> "'" + word.replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
        ProcessBuilder builder = new ProcessBuilder("script", "-qec", line, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("NO_COLOR");
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().putAll(environment);
        Process process = builder.start();
        String shown = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return shown;
    }
}
