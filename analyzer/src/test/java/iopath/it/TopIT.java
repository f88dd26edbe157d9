package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Jdks.Jdk;
import iopath.it.attach.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.ThrowingConsumer;
import org.junit.jupiter.api.io.TempDir;

/** The live screen of services in JVMs of their own. */
@Timeout(300)
class TopIT {
    private static final String RECORD = "-XX:StartFlightRecording:settings=none";
    private static final String AGENT = "-javaagent:" + Artefacts.agent() + "=quiet";

    private static final List<String> REMOTE = Stream.concat(
                    Target.JMX.stream(), Stream.of(AGENT, "-Dcom.sun.management.jmxremote.authenticate=false"))
            .toList();

    @TempDir
    Path folder;

    @TestFactory
    Stream<DynamicTest> pathsAndNamesAreSeen() {
        return onEach(jdk -> {
            try (Target target = target(jdk, AGENT, RECORD)) {
                Outcome outcome = top(jdk, pid(target), "--plain", "--count", "3");

                assertThat(outcome.code).as(outcome.err).isZero();
                assertSeen(outcome);
                assertThat(outcome.out).contains("pid " + target.pid(), Service.class.getName());
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theEndOfTheTargetIsTheEnd() {
        return onEach(jdk -> {
            try (Target target = target(jdk, AGENT, RECORD)) {
                followToTheEnd(jdk, target, pid(target));
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> theEndOfAJvmElsewhereIsTheEnd() {
        return onEach(jdk -> {
            try (Target target = target(jdk, REMOTE.toArray(String[]::new))) {
                followToTheEnd(jdk, target, "--remote", target.address());
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
            target.end();
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
            try (Target target = target(jdk, REMOTE.toArray(String[]::new))) {
                Outcome outcome = top(jdk, "--remote", target.address(), "--count", "3");

                assertThat(outcome.code).as(outcome.err).isZero();
                assertSeen(outcome);
                assertThat(target.jcmd("JFR.check")).contains("No available recordings");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aJvmThatNobodyRecordsIsRecordedAsLongAsTopRuns() {
        return onEach(jdk -> {
            try (Target target = target(jdk, AGENT)) {
                Outcome outcome = top(jdk, pid(target), "--count", "3");

                assertThat(outcome.code).as(outcome.err).isZero();
                assertSeen(outcome);
                assertThat(target.jcmd("JFR.check")).contains("No available recordings");
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> aRecordingThatHasEndedIsNotFollowed() {
        return onEach(jdk -> {
            try (Target target = target(jdk, AGENT, RECORD + ",name=early")) {
                target.jcmd("JFR.stop", "name=early");

                Outcome outcome = top(jdk, pid(target), "--count", "3");

                assertThat(outcome.code).as(outcome.err).isZero();
                assertSeen(outcome);
            }
        });
    }

    @TestFactory
    Stream<DynamicTest> whatCannotBeFollowedIsOneLine() {
        return onEach(jdk -> {
            assertRefused(1, top(jdk, "999999999"), "999999999");
            assertRefused(1, top(jdk, "--remote", "127.0.0.1:1"), "127.0.0.1:1 cannot be reached");
            assertRefused(2, top(jdk, "--remote", "nonsense/x"), "no HOST:PORT");
        });
    }

    private Target target(Jdk jdk, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("-Xlog:disable"));
        all.addAll(Arrays.asList(options));
        return new Target(jdk, folder, 2, List.of(), all.toArray(String[]::new));
    }

    private static String pid(Target target) {
        return Long.toString(target.pid());
    }

    private static void assertSeen(Outcome outcome) {
        assertThat(outcome.err).isEmpty();
        assertThat(outcome.out)
                .contains("file -> socket", "sendfile", "direct", "read-write-loop")
                .contains("iopath-service")
                .containsPattern("socket +127\\.0\\.0\\.1:[0-9]+")
                .contains("iopath.it.attach.Service.serve");
    }

    private static void assertRefused(int code, Outcome outcome, String why) {
        assertThat(outcome.code).isEqualTo(code);
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
                List.of(jdk.tool("java"), "-jar", Artefacts.analyzer().toString(), "top"));
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
}
