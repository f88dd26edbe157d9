package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.tools.attach.VirtualMachine;
import iopath.it.Target.Moved;
import iopath.it.attach.SecondCopy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A load of the agent that fails leaves nothing, at whatever step; and no load makes the hooks count twice. */
class InstallIT {

    /** The steps of a load in their order. */
    private static final List<String> STEPS =
            List.of("read", "probe", "register", "preload", "weave", "check", "watch", "watched", "record", "recorded");

    private static final boolean ALL = Boolean.getBoolean("iopath.it.all");
    private static final String FAIL = "iopath.test.fail";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path folder = Path.of("");

    /** Each step after another, and after each round a load that works, judged by strace. */
    @TestFactory
    List<DynamicTest> everyStepFailsInEveryOrderOfTwo() {
        return Jdks.onEach(folder, (jdk, own) -> {
            if (!Strace.isThere()) {
                Missing.say("no strace here: apt-get install strace");
                return;
            }
            try (Target service = new Target(jdk, own, 0, List.of())) {
                service.jcmd("JFR.start", "name=first");
                service.jcmd("JFR.stop", "name=first");
                String bodies = service.bodies(own.resolve("before"));
                int number = 0;
                for (String first : STEPS) {
                    for (String second : followers(first)) {
                        for (String step : List.of(first, second)) {
                            number++;
                            service.set(FAIL, step);
                            service.load("record=" + own.resolve("failed-" + number + ".jfr"));
                            assertThat(service.property("iopath.agent.status")).isEqualTo("detached");
                            assertThat(service.property("iopath.agent.answer"))
                                    .startsWith("error: ")
                                    .contains(step)
                                    .contains("runs without iopath");
                        }
                    }
                    service.set(FAIL, "none");
                    Path recording = own.resolve("after-" + first + ".jfr");
                    service.load("content=0,record=" + recording);
                    assertThat(service.property("iopath.agent.answer")).isEqualTo("attached and recording");
                    Map<String, Long> traced = trace(service, own.resolve("trace-" + first));
                    service.load("detach");
                    assertThat(service.property("iopath.agent.answer")).isEqualTo("detached");
                    Map<String, Long> told = Report.of(recording).files();
                    told.keySet().retainAll(traced.keySet());
                    assertThat(told).as("bytes of the file, after %s", first).isEqualTo(traced);
                }
                assertThat(service.bodies(own.resolve("after"))).isEqualTo(bodies);
                service.end();
            }
        });
    }

    /** All steps in the profile soak, else the one that comes next: a load takes a second and more. */
    private static List<String> followers(String step) {
        return ALL ? STEPS : List.of(STEPS.get((STEPS.indexOf(step) + 1) % STEPS.size()));
    }

    /** The bytes that system calls have read of the service's file while it sent it, which are all that arrived. */
    private static Map<String, Long> trace(Target service, Path trace) throws Exception {
        Path said = trace.resolveSibling(trace.getFileName() + ".err");
        Process strace = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-y",
                        "-s",
                        "0",
                        "-e",
                        "signal=none",
                        "-e",
                        "trace=" + Syscalls.TRACED,
                        "-o",
                        trace.toString(),
                        "-p",
                        Long.toString(service.pid()))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            await().atMost(PATIENCE).until(() -> Files.readString(said).contains("attached"));
            Moved moved = service.move();
            strace.destroy();
            strace.waitFor();
            // What waits for the next line, or to tell of this one, when strace leaves.
            Files.write(
                    trace,
                    Files.readAllLines(trace, StandardCharsets.ISO_8859_1).stream()
                            .filter(line -> !line.endsWith("<detached ...>"))
                            .toList(),
                    StandardCharsets.ISO_8859_1);
            Map<String, Long> files =
                    new TreeMap<>(Syscalls.of(trace, service.jdk().root(), moved.file()::equals)
                            .files());
            assertThat(files).containsExactly(Map.entry(moved.file() + " read", moved.bytes()));
            return files;
        } finally {
            strace.destroyForcibly().waitFor();
        }
    }

    /** What the documentation says: the client's copy of the jar is gone by then, and the next jar is another file. */
    @TestFactory
    List<DynamicTest> jcmdLoadsTheAgentAfterTheClientHasDeletedItsCopy() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = new Target(jdk, own, 0, List.of())) {
                Cli cli = Cli.run(own, "record", "" + service.pid(), "--duration", "1s", "--report", "none");
                assertThat(cli.code()).as(cli.err()).isZero();
                Path recording = own.resolve("second.jfr");
                service.jcmd("JVMTI.agent_load", Artefacts.agent().toString(), "record:" + recording);
                assertThat(service.property("iopath.agent.answer")).isEqualTo("attached and recording");
                Moved moved = service.move();
                service.jcmd("JVMTI.agent_load", Artefacts.agent().toString(), "detach");
                assertThat(Report.of(recording).files()).containsEntry(moved.file() + " read", moved.bytes());
                service.end();
            }
        });
    }

    /** The jar is deleted before the first load has read it, as a client may that was killed. */
    @TestFactory
    List<DynamicTest> aJarThatIsGoneBeforeItWasReadIsReadAsTheJvmHasIt() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = new Target(jdk, own, 0, List.of())) {
                Path copy = Files.copy(Artefacts.agent(), own.resolve("copy.jar"));
                service.set(FAIL, "read");
                service.jcmd("JVMTI.agent_load", copy.toString());
                assertThat(service.property("iopath.agent.answer")).startsWith("error: ");
                Files.delete(copy);
                service.set(FAIL, "none");
                service.jcmd("JVMTI.agent_load", Artefacts.agent().toString());
                assertThat(service.property("iopath.agent.answer")).isEqualTo("attached");
                service.end();
            }
        });
    }

    /** The client ends with 1 and says why; the next client is not disturbed, and can ask what came of the first. */
    @TestFactory
    List<DynamicTest> theClientSaysWhyALoadFailed() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = new Target(jdk, own, 0, List.of())) {
                service.set(FAIL, "check");
                Cli record = Cli.run(own, "record", "" + service.pid(), "--duration", "1s", "--report", "none");
                assertThat(record.code()).isEqualTo(1);
                assertThat(record.err()).contains("iopath.test.fail=check");
                Cli status = Cli.run(own, "status", "" + service.pid());
                assertThat(status.out()).contains("detached").contains("iopath.test.fail=check");
                service.set(FAIL, "none");
                Cli again = Cli.run(own, "record", "" + service.pid(), "--duration", "1s", "--report", "none");
                assertThat(again.code()).as(again.err()).isZero();
                service.end();
            }
        });
    }

    /** A copy of the agent in a class loader of its own knows nothing of the first: only the probe is one. */
    @TestFactory
    List<DynamicTest> aSecondCopyOfTheAgentStaysOut() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = new Target(jdk, own, 0, List.of())) {
                Path recording = own.resolve("one.jfr");
                service.load("content=0,record=" + recording);
                loadSecond(service, own);
                assertThat(service.property("iopath.agent.answer"))
                        .startsWith("error: ")
                        .contains("another copy of iopath");
                Moved moved = service.move();
                service.load("detach");
                assertThat(Report.of(recording).files()).containsEntry(moved.file() + " read", moved.bytes());
                // Now that the first is out, the second may come in.
                loadSecond(service, own);
                assertThat(service.property("iopath.agent.answer")).isEqualTo("attached");
                service.load("");
                assertThat(service.property("iopath.agent.answer")).contains("another copy of iopath");
                service.end();
            }
        });
    }

    private static void loadSecond(Target service, Path folder) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(service.pid()));
        try {
            machine.loadAgent(jar(folder).toString(), Artefacts.agent().toString());
        } finally {
            machine.detach();
        }
    }

    private static Path jar(Path folder) throws IOException {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.putValue("Manifest-Version", "1.0");
        attributes.putValue("Agent-Class", SecondCopy.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        attributes.putValue("Can-Redefine-Classes", "true");
        Path jar = folder.resolve("second.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            String name = SecondCopy.class.getName().replace('.', '/') + ".class";
            out.putNextEntry(new JarEntry(name));
            try (InputStream in = Objects.requireNonNull(SecondCopy.class.getResourceAsStream("/" + name))) {
                in.transferTo(out);
            }
        }
        return jar;
    }

    /** A recording of others, and an agent that failed: the report says so, and not that no bytes moved. */
    @TestFactory
    List<DynamicTest> aReportOfARunWithoutHooksSaysSo() {
        return Jdks.onEach(folder, (jdk, own) -> {
            List<String> wrong = new ArrayList<>();
            for (String step : STEPS) {
                try (Target service = new Target(jdk, own, 0, List.of())) {
                    Path recording = own.resolve(step + ".jfr");
                    service.jcmd("JFR.start", "name=other", "filename=" + recording);
                    service.set(FAIL, step);
                    service.load("record=" + own.resolve("own-" + step + ".jfr"));
                    service.move();
                    service.jcmd("JFR.stop", "name=other");
                    String verdict = Report.of(recording).verdict();
                    // The last step fails while it records: what it saw until then is there.
                    if (!verdict.startsWith("Nothing is known about this application's I/O")
                            && !verdict.contains("the hooks were taken out again")) {
                        wrong.add(step + ": " + verdict);
                    }
                    service.end();
                }
            }
            assertThat(wrong).isEmpty();
        });
    }
}
