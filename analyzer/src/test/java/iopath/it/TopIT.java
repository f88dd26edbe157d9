package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Jdks.Jdk;
import iopath.it.attach.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/** The live screen of services in JVMs of their own. */
@Timeout(300)
class TopIT {
    private static final Pattern PORT = Pattern.compile("JMXConnectorServer\\.0\\.remoteAddress=.*:([0-9]+)/jmxrmi");
    private static final String RECORD = "-XX:StartFlightRecording:settings=none";
    private static final String AGENT = "-javaagent:" + Artefacts.agent() + "=quiet";

    private static final String[] REMOTE = {
        AGENT,
        "-Dcom.sun.management.jmxremote.port=0",
        "-Dcom.sun.management.jmxremote.host=127.0.0.1",
        "-Djava.rmi.server.hostname=127.0.0.1",
        "-Dcom.sun.management.jmxremote.authenticate=false",
        "-Dcom.sun.management.jmxremote.ssl=false"
    };

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> pathsAndNamesAreSeen() {
        return onEach(jdk -> {
            try (Target target = new Target(jdk, AGENT, RECORD)) {
                Outcome outcome = top(jdk, target.pid(), "--plain", "--count", "3");

                assertThat(outcome.code).as(outcome.err).isZero();
                assertSeen(outcome);
                assertThat(outcome.out).contains("pid " + target.pid(), Service.class.getName());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theEndOfTheTargetIsTheEnd() {
        return onEach(jdk -> {
            try (Target target = new Target(jdk, AGENT, RECORD)) {
                followToTheEnd(jdk, target, target.pid());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theEndOfAJvmElsewhereIsTheEnd() {
        return onEach(jdk -> {
            try (Target target = new Target(jdk, REMOTE)) {
                followToTheEnd(jdk, target, "--remote", address(jdk, target));
            }
        });
    }

    private void followToTheEnd(Jdk jdk, Target target, String... arguments) throws Exception {
        Path err = Files.createTempFile(folder, "top", ".err");
        Process top = new ProcessBuilder(command(jdk, arguments))
                .redirectError(err.toFile())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(top.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.contains("sendfile")) {
                line = out.readLine();
            }
            assertThat(line).isNotNull();
            target.quit();
            String last = line;
            while (line != null) {
                last = line;
                line = out.readLine();
            }
            assertThat(last).isEqualTo("the JVM has ended");
            assertThat(top.waitFor()).isZero();
            assertThat(Files.readString(err)).isEmpty();
        } finally {
            top.destroyForcibly().waitFor();
        }
    }

    @TestFactory
    Stream<DynamicTest> aJvmElsewhereIsSeenWithoutARecordingOfItsOwn() {
        return onEach(jdk -> {
            try (Target target = new Target(jdk, REMOTE)) {
                Outcome outcome = top(jdk, "--remote", address(jdk, target), "--count", "3");

                assertThat(outcome.code).as(outcome.err).isZero();
                assertSeen(outcome);
                assertThat(run("jcmd", jdk.tool("jcmd"), target.pid(), "JFR.check").out)
                        .contains("No available recordings");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aJvmThatNobodyRecordsIsRecordedAsLongAsTopRuns() {
        return onEach(jdk -> {
            try (Target target = new Target(jdk, AGENT)) {
                Outcome outcome = top(jdk, target.pid(), "--count", "3");

                assertThat(outcome.code).as(outcome.err).isZero();
                assertSeen(outcome);
                assertThat(run("jcmd", jdk.tool("jcmd"), target.pid(), "JFR.check").out)
                        .contains("No available recordings");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aRecordingThatHasEndedIsNotFollowed() {
        return onEach(jdk -> {
            try (Target target = new Target(jdk, AGENT, RECORD + ",name=early")) {
                run("jcmd", jdk.tool("jcmd"), target.pid(), "JFR.stop", "name=early");

                Outcome outcome = top(jdk, target.pid(), "--count", "3");

                assertThat(outcome.code).as(outcome.err).isZero();
                assertSeen(outcome);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeFollowedIsOneLine() {
        return onEach(jdk -> {
            assertRefused(top(jdk, "999999999"), "999999999");
            assertRefused(top(jdk, "--remote", "127.0.0.1:1"), "127.0.0.1:1 cannot be reached");
            assertRefused(top(jdk, "--remote", "nonsense/x"), "no HOST:PORT");
        });
    }

    /** Where the JVM is reached: it has chosen the port itself. */
    private String address(Jdk jdk, Target target) throws Exception {
        Outcome counters = run("jcmd", jdk.tool("jcmd"), target.pid(), "PerfCounter.print");
        Matcher port = PORT.matcher(counters.out);
        assertThat(port.find()).isTrue();
        return "127.0.0.1:" + port.group(1);
    }

    private static void assertSeen(Outcome outcome) {
        assertThat(outcome.err).isEmpty();
        assertThat(outcome.out)
                .contains("file -> socket", "sendfile", "direct", "read-write-loop")
                .contains("iopath-service")
                .containsPattern("socket +127\\.0\\.0\\.1:[0-9]+")
                .contains("iopath.it.attach.Service.serve");
    }

    private static void assertRefused(Outcome outcome, String why) {
        assertThat(outcome.code).isEqualTo(1);
        assertThat(outcome.out).isEmpty();
        assertThat(outcome.err).startsWith("iopath: ").contains(why).hasLineCount(1);
    }

    private static Stream<DynamicTest> onEach(ThrowingConsumer<Jdk> test) {
        return DynamicTest.stream(Jdks.present().stream(), Jdk::toString, test);
    }

    private record Outcome(int code, String out, String err) {}

    private Outcome top(Jdk jdk, String... arguments) throws Exception {
        return run("top", command(jdk, arguments));
    }

    private static String[] command(Jdk jdk, String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(jdk.tool("java"), "-jar", Artefacts.cli().toString(), "top"));
        command.addAll(Arrays.asList(arguments));
        return command.toArray(String[]::new);
    }

    private Outcome run(String name, String... command) throws Exception {
        Path out = Files.createTempFile(folder, name, ".out");
        Path err = Files.createTempFile(folder, name, ".err");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly().waitFor();
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** A service that runs, and is ended in any case. */
    private static final class Target implements AutoCloseable {
        private final Process process;

        Target(Jdk jdk, String... options) throws IOException {
            List<String> command = new ArrayList<>(List.of(jdk.tool("java"), "-Xmx128m", "-Xlog:disable"));
            command.addAll(Arrays.asList(options));
            command.addAll(List.of("-cp", Artefacts.scenarios().toString(), Service.class.getName(), "2"));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            String line = out.readLine();
            while (line != null && !line.equals("ready")) {
                line = out.readLine(); // JDK 17 says the settings of its recording
            }
            assertThat(line).isNotNull();
        }

        String pid() {
            return Long.toString(process.pid());
        }

        void quit() throws IOException {
            try (Writer in = process.outputWriter(StandardCharsets.US_ASCII)) {
                in.write("quit\n");
            }
        }

        @Override
        public void close() throws InterruptedException {
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
