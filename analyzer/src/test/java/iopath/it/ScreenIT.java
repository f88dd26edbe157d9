package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import iopath.it.Jdks.Jdk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The live screen as somebody sees it who sits before a terminal and presses keys. */
@Timeout(600)
class ScreenIT {
    private static final String AGENT = "-javaagent:" + Artefacts.agent() + "=quiet";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyKeyDoesWhatTheLastLineSays() throws Exception {
        Jdk jdk = Jdks.present().get(0);
        if (!Terminal.isThere()) {
            Missing.say("no tmux here, so top has no terminal: apt-get install tmux");
            return;
        }
        try (Target target = new Target(jdk, folder, 2, List.of(), AGENT);
                Terminal terminal = new Terminal(
                        folder,
                        jdk.tool("java"),
                        "-jar",
                        Artefacts.analyzer().toString(),
                        "top",
                        Long.toString(target.pid()))) {
            String screen = terminal.see(s -> s.contains("sendfile") && s.contains("read-write-loop"));
            assertThat(screen).contains("iopath top  pid " + target.pid(), "file -> socket", "iopath-service");
            assertThat(screen.lines()).allMatch(line -> line.length() <= Terminal.WIDTH);
            assertThat(screen.lines().filter(line -> !line.isBlank()).reduce((a, b) -> b))
                    .hasValueSatisfying(line -> assertThat(line).contains("q quit", "s sort: bytes/s", "/ filter"));

            terminal.press("s");
            terminal.see(s -> s.contains("s sort: copied bytes/s"));

            terminal.press("/", "s", "e", "n", "d", "f", "i", "l", "e", "Enter");
            terminal.see(s -> s.contains("sendfile") && !s.contains("read-write-loop"));

            terminal.press("/", "Escape");
            terminal.see(s -> s.contains("read-write-loop"));

            terminal.press("p");
            String paused = terminal.see(s -> s.contains("PAUSED"));
            long answers = target.sent();
            await().until(() -> target.sent() > answers);
            assertThat(terminal.text()).isEqualTo(paused);
            terminal.press("p");
            terminal.see(s -> !s.contains("PAUSED"));

            terminal.press("q");
            assertThat(terminal.see(s -> s.contains("ended with"))).contains("ended with 0");
            target.end();
        }
    }

    /** A terminal that nobody looks at. */
    private static final class Terminal implements AutoCloseable {
        static final int WIDTH = 110;
        private static final int HEIGHT = 40;

        private final String socket;

        Terminal(Path folder, String... command) throws IOException, InterruptedException {
            socket = folder.resolve("tmux").toString();
            String line = String.join(" ", command) + "; echo ended with $?; read -r line";
            List<String> words = new ArrayList<>(List.of("-f", "/dev/null", "new-session", "-d"));
            words.addAll(List.of("-x", Integer.toString(WIDTH), "-y", Integer.toString(HEIGHT), line));
            tmux(words.toArray(String[]::new));
        }

        static boolean isThere() throws InterruptedException {
            try {
                return new ProcessBuilder("tmux", "-V").start().waitFor() == 0;
            } catch (IOException e) {
                return false;
            }
        }

        void press(String... keys) throws IOException, InterruptedException {
            List<String> words = new ArrayList<>(List.of("send-keys"));
            words.addAll(Arrays.asList(keys));
            tmux(words.toArray(String[]::new));
        }

        /** What is on it now. */
        String text() throws IOException, InterruptedException {
            return tmux("capture-pane", "-p");
        }

        /** Waits until it shows what is wanted; returns all of it. */
        String see(Predicate<String> wanted) {
            return await().atMost(Duration.ofSeconds(120)).until(this::text, wanted);
        }

        private String tmux(String... words) throws IOException, InterruptedException {
            List<String> command = new ArrayList<>(List.of("tmux", "-u", "-S", socket));
            command.addAll(Arrays.asList(words));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            return said;
        }

        @Override
        public void close() throws IOException, InterruptedException {
            tmux("kill-server");
        }
    }
}
