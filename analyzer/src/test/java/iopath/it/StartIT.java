package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import iopath.it.Catalog.Entry;
import iopath.it.Jdks.Jdk;
import iopath.it.attach.EventsAtStart;
import iopath.it.attach.LoadsLater;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What the agent is told when a JVM starts is done, or nothing is; and the JDK's own tools are left alone. */
class StartIT {

    private static final List<Entry> ENTRIES = Catalog.some("Loops.heap");

    private static final int STARTS = Integer.getInteger("iopath.it.starts", 3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory = Path.of("");

    /** A recording that cannot be made: what the line says, "runs without iopath", is so. */
    @TestFactory
    List<DynamicTest> aRecordingThatCannotBeMadeLeavesNoHooks() throws IOException {
        return Matrix.tests("unmade", ENTRIES, (jdk, entry, folder) -> {
            Path precious = Files.writeString(folder.resolve("precious.jfr"), "precious");
            Path other = folder.resolve("other.jfr");
            Run run = plan(jdk, entry, folder)
                    .with("-javaagent:" + Artefacts.agent() + "=record=" + precious)
                    .with("-XX:StartFlightRecording:filename=" + other)
                    .run();

            assertThat(run.errors())
                    .singleElement()
                    .asString()
                    .contains("precious.jfr exists")
                    .contains("runs without iopath");
            assertThat(precious).hasContent("precious");
            assertThat(events(other)).noneMatch(event -> event.startsWith("iopath."));
        });
    }

    /** Two agents on one command line, and the second would profile in another way: the recording goes on. */
    @TestFactory
    List<DynamicTest> aSecondAgentDoesNotEndTheFirstOnesRecording() throws IOException {
        return Matrix.tests("second", ENTRIES, (jdk, entry, folder) -> {
            Path recording = folder.resolve("a.jfr");
            Run run = plan(jdk, entry, folder)
                    .with("-javaagent:" + Artefacts.agent() + "=content=0,record=" + recording)
                    .with("-javaagent:" + Artefacts.agent() + "=sample=64k")
                    .run();

            assertThat(run.errors()).singleElement().asString().contains("a recording by iopath runs");
            assertThat(Report.of(recording).transfers())
                    .containsAll(Expected.rows(entry.moves(jdk.version()), Map.of()));
        });
    }

    /** The name says which process, and when. */
    @TestFactory
    List<DynamicTest> aRecordingIsNamedAfterProcessAndTime() throws IOException {
        return Matrix.tests("named", ENTRIES, (jdk, entry, folder) -> {
            Path made = Files.createDirectory(folder.resolve("made"));
            Path options =
                    Files.writeString(folder.resolve("options"), "record=" + made + "/r-%p-%t.jfr\nquiet=true\n");
            Run run = plan(jdk, entry, folder)
                    .with("-javaagent:" + Artefacts.agent() + "=@" + options)
                    .run();

            assertThat(run.errors()).isEmpty();
            try (Stream<Path> files = Files.list(made)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .singleElement()
                        .asString()
                        .matches("r-[0-9]+-20[0-9]{6}-[0-9]{6}\\.jfr");
            }
        });
    }

    /** Nobody records: then nobody has asked for the threads, the files and the time of JFR. */
    @TestFactory
    List<DynamicTest> anIdleAgentStartsNoJfr() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            try (Target service = new Target(jdk, folder, 0, List.of(), "-javaagent:" + Artefacts.agent())) {
                assertThat(service.property("iopath.agent.status"))
                        .startsWith("attached")
                        .contains("events=off");
                assertThat(service.facts().threads()).noneMatch(thread -> thread.startsWith("JFR "));
                // The question itself brings JFR to life, with or without the agent.
                assertThat(service.jcmd("JFR.check")).contains("No available recordings");

                Path recording = folder.resolve("later.jfr");
                service.jcmd("JFR.start", "name=later", "filename=" + recording);
                assertThat(service.property("iopath.agent.status")).contains("events=on");
                Target.Moved moved = service.move();
                service.jcmd("JFR.stop", "name=later");
                assertThat(service.property("iopath.agent.status")).contains("events=off");
                assertThat(Report.of(recording).files()).containsEntry(moved.file() + " read", moved.bytes());
                service.end();
            }
        });
    }

    /** JFR and the agent's events come to life while other threads register theirs: on JDK 17 that has deadlocked. */
    @TestFactory
    List<DynamicTest> jfrComesToLifeBesideTheEventsOfOthers() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            for (int i = 0; i < STARTS; i++) {
                Process process = java(jdk, folder, EventsAtStart.class, List.of(), "-javaagent:" + Artefacts.agent());
                assertThat(process.waitFor(60, TimeUnit.SECONDS))
                        .as("start %s ends", i)
                        .isTrue();
                assertThat(process.exitValue()).isZero();
                assertThat(folder.resolve("out")).content().contains("events=on");
            }
        });
    }

    /** The boot loader's classes are not verified when they are woven, so that a wrong frame would stay unseen. */
    @TestFactory
    List<DynamicTest> whatIsWovenPassesTheVerifier() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            Process process = java(
                    jdk,
                    folder,
                    EventsAtStart.class,
                    List.of(),
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:+BytecodeVerificationLocal",
                    "-javaagent:" + Artefacts.agent() + "=record=" + folder.resolve("all.jfr"));
            assertThat(process.waitFor()).isZero();
            String said = Files.readString(folder.resolve("out"));
            String[] hooks = field(said, "hooks").split(" of ");
            assertThat(hooks).hasSize(2).doesNotContain("0");
            assertThat(hooks[0]).isEqualTo(hooks[1]);
            assertThat(said).doesNotContain("waiting=");
        });
    }

    /** A hook whose class was not loaded at the start comes with it, and is verified; or bytes would be missed. */
    @TestFactory
    List<DynamicTest> theHooksOfAnIdleAgentComeWithTheirClasses() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            Path all = folder.resolve("all.jfr");
            assertThat(java(
                                    jdk,
                                    folder,
                                    EventsAtStart.class,
                                    List.of(),
                                    "-javaagent:" + Artefacts.agent() + "=record=" + all)
                            .waitFor())
                    .isZero();
            Map<String, String> hooks = hooks(all);
            Path later = folder.resolve("later.jfr");
            List<String> arguments = new ArrayList<>(List.of(later.toString()));
            arguments.addAll(types(hooks));
            Process process = java(
                    jdk,
                    folder,
                    LoadsLater.class,
                    arguments,
                    "-XX:+UnlockDiagnosticVMOptions",
                    "-XX:+BytecodeVerificationLocal",
                    "-javaagent:" + Artefacts.agent());
            assertThat(process.waitFor()).isZero();

            List<String> said = Files.readAllLines(folder.resolve("out"));
            assertThat(said).as("before and after").hasSize(2);
            int first = Integer.parseInt(field(said.get(0), "hooks").split(" of ")[0]);
            int waiting = Integer.parseInt(field(said.get(0), "waiting"));
            assertThat(waiting).isPositive();
            assertThat(first + waiting).isEqualTo(hooks.size());
            assertThat(field(said.get(1), "hooks")).isEqualTo(hooks.size() + " of " + hooks.size());
            assertThat(said.get(1)).doesNotContain("waiting=");
            assertThat(hooks(later)).isEqualTo(hooks).containsValue("applied");
        });
    }

    /** What was woven as its class loaded is no less the agent's to take out. */
    @TestFactory
    List<DynamicTest> whatWasWovenAsItLoadedIsTakenOut() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            try (Target service = new Target(jdk, folder, 0, List.of(), "-javaagent:" + Artefacts.agent())) {
                // Loads all of them.
                assertThat(service.bodies(folder.resolve("woven")).contains("iopath/agent/probe/"))
                        .isTrue();
                service.load("detach");
                assertThat(service.property("iopath.agent.answer")).isEqualTo("detached");
                assertThat(service.bodies(folder.resolve("after")).contains("iopath"))
                        .isFalse();
                service.end();
            }
        });
    }

    /** The status of each hook, by its target. */
    private static Map<String, String> hooks(Path recording) throws IOException {
        Map<String, String> hooks = new TreeMap<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("iopath.Hook")) {
                    hooks.put(event.getString("target"), event.getString("status"));
                }
            }
        }
        return hooks;
    }

    /** The classes that have these hooks. */
    private static Set<String> types(Map<String, String> hooks) {
        Set<String> types = new TreeSet<>();
        for (String target : hooks.keySet()) {
            String method = target.replaceAll("\\(.*", "");
            types.add(method.substring(0, method.lastIndexOf('.')));
        }
        return types;
    }

    /** A field of what the agent says of itself. */
    private static String field(String said, String name) {
        return said.replaceAll("(?s).*;" + name + "=", "").replaceAll("(?s);.*", "");
    }

    /** What is behind the hooks fails only when JFR is first used: the recording and the application go on without it. */
    @TestFactory
    List<DynamicTest> aFailureWhenJfrComesToLifeTakesTheHooksOut() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            try (Target service = new Target(
                    jdk, folder, List.of(), "-Diopath.test.fail=preload", "-javaagent:" + Artefacts.agent())) {
                service.jcmd("JFR.start", "name=a");
                await().atMost(PATIENCE)
                        .until(() -> service.property("iopath.agent.status").equals("detached"));
                assertThat(service.errors()).contains("iopath.test.fail=preload");
                assertThat(service.end()).isPositive();
            }
        });
    }

    /** JAVA_TOOL_OPTIONS reaches every tool: none of them says a word more, or leaves a recording. */
    @TestFactory
    List<DynamicTest> toolsOfTheJdkStayClean() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            Path source = Files.writeString(folder.resolve("Empty.java"), "class Empty {}");
            List<List<String>> tools = List.of(
                    List.of("javac", "-d", folder.toString(), source.toString()),
                    List.of("jps"),
                    List.of("jcmd", "-l"),
                    List.of("keytool", "-list", "-cacerts", "-storepass", "changeit"),
                    List.of("jar", "--version"));
            for (List<String> tool : tools) {
                List<String> command = new ArrayList<>(tool);
                command.set(0, jdk.tool(tool.get(0)));
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
                builder.environment()
                        .put("JAVA_TOOL_OPTIONS", "-javaagent:" + Artefacts.agent() + "=record=tool-%p.jfr");
                Process process = builder.start();
                String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(process.waitFor()).as(said).isZero();
                assertThat(said.lines().filter(line -> !line.startsWith("Picked up ")))
                        .as(tool.toString())
                        .noneMatch(line -> line.contains("iopath"));
            }
            assertThat(folder).isDirectoryNotContaining("glob:**.jfr");
        });
    }

    /** A main of the JDK's own is a program like any other to who names the agent on its command line. */
    @TestFactory
    List<DynamicTest> aMainOfTheJdkThatTheAgentIsNamedForIsRecorded() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            Path source = Files.writeString(folder.resolve("Empty.java"), "class Empty {}");
            Path recording = folder.resolve("javac.jfr");
            ProcessBuilder builder = new ProcessBuilder(
                            jdk.tool("java"),
                            "-javaagent:" + Artefacts.agent() + "=record=" + recording,
                            "-m",
                            "jdk.compiler/com.sun.tools.javac.Main",
                            "-d",
                            folder.toString(),
                            source.toString())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD);
            // Another agent, which reaches every tool; there is none of this name in the options above.
            builder.environment().put("JAVA_TOOL_OPTIONS", "-Dnote=-javaagent:other.jar");
            Process process = builder.start();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(events(recording)).contains("iopath.Agent", "iopath.TransferTotals");
        });
    }

    /** A program that came with the JDK, and serves files: who names it wants to know. */
    @TestFactory
    List<DynamicTest> aToolThatIsAttachedToIsRecorded() {
        return Jdks.onEach(directory, (jdk, folder) -> {
            Process shell = new ProcessBuilder(jdk.tool("jshell"), "-s", "-")
                    .redirectErrorStream(true)
                    .start();
            try (Writer in = shell.outputWriter(StandardCharsets.US_ASCII)) {
                in.write("System.out.println(\"up\")\n");
                in.flush();
                assertThat(shell.inputReader(StandardCharsets.UTF_8).readLine()).isNotNull();
                Path recording = folder.resolve("shell.jfr");
                Cli cli = Cli.run(
                        folder,
                        "record",
                        "" + shell.pid(),
                        "--duration",
                        "1s",
                        "--report",
                        "none",
                        "--output",
                        recording.toString());

                assertThat(cli.code()).as(cli.err()).isZero();
                assertThat(events(recording)).contains("iopath.Agent");
            } finally {
                shell.destroyForcibly().waitFor();
            }
        });
    }

    /** A report that is cut at the disk's end must not look whole; one of which only the head is wanted is no error. */
    @Test
    void anOutputThatIsLostIsSaid() throws Exception {
        assertThat(Cli.into("> /dev/full", directory, "--help")).isEqualTo(1);
        assertThat(directory.resolve("into.err")).content().hasLineCount(1).contains("standard output");
        assertThat(Cli.into("| true", directory, "completion")).isZero();
        assertThat(directory.resolve("into.err")).isEmptyFile();
    }

    private static Process java(Jdk jdk, Path folder, Class<?> main, List<String> arguments, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(jdk.tool("java")));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", Artefacts.scenarios().toString(), main.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    private static Run.Plan plan(Jdk jdk, Entry entry, Path folder) throws IOException {
        return new Run.Plan(jdk, entry, Files.createDirectory(folder.resolve("run")));
    }

    private static List<String> events(Path recording) throws IOException {
        List<String> names = new ArrayList<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                names.add(event.getEventType().getName());
            }
        }
        return names;
    }
}
