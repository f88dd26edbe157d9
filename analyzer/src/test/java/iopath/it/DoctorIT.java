package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import iopath.it.Jdks.Jdk;
import iopath.it.attach.Idle;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each obstacle is put in the way of a real JVM, and {@code iopath doctor} has to name it. */
@Timeout(300)
class DoctorIT {
    private static final List<String> NOBODY = List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");

    @TempDir
    private Path folder = Path.of("");

    interface Check {
        void run(Jdk jdk) throws Exception;
    }

    private static List<DynamicTest> onEachJdk(Check check) {
        List<DynamicTest> tests = new ArrayList<>();
        for (Jdk jdk : Jdks.present()) {
            tests.add(DynamicTest.dynamicTest(jdk.toString(), () -> check.run(jdk)));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> nothingIsWrong() {
        return onEachJdk(jdk -> {
            try (Idler idler = Idler.start(jdk)) {
                Cli doctor = doctor(idler.pid());

                assertThat(doctor.code()).as(doctor.out()).isZero();
                assertThat(doctor.err()).isEmpty();
                assertThat(doctor.out())
                        .contains("ok    process      iopath.it.attach.Idle, user ")
                        .contains("ok    jvm          HotSpot, JDK " + jdk.version())
                        .contains("ok    answer       it answers; iopath was never there")
                        .contains(jdk.version() < 21 ? "ok    agents" : "warn  agents       JDK " + jdk.version())
                        .doesNotContain("FAIL");
                assertThat(doctor.out().lines()).allMatch(line -> line.length() <= 80);
                assertThat(idler.saidMore()).isFalse();
            }
        });
    }

    @TestFactory
    List<DynamicTest> attachingIsDisabledInTheEnvironment() {
        return onEachJdk(jdk -> {
            try (Idler idler = Idler.start(
                    jdk, List.of(), Map.of("JAVA_TOOL_OPTIONS", "-XX:+DisableAttachMechanism"), List.of())) {
                fails(idler.pid(), "attach       disabled by -XX:+DisableAttachMechanism");
            }
        });
    }

    @TestFactory
    List<DynamicTest> attachingIsDisabledInAnArgumentFile() throws IOException {
        Path file = Files.writeString(folder.resolve("arguments"), "-XX:+DisableAttachMechanism");
        return onEachJdk(jdk -> {
            try (Idler idler = Idler.start(jdk, "@" + file)) {
                fails(idler.pid(), "attach       disabled by -XX:+DisableAttachMechanism");
            }
            try (Idler idler = Idler.start(jdk, "@" + file, "-XX:-UsePerfData")) {
                // Nobody can know: not from outside, and the JVM keeps silent when it is asked.
                String said = fails(idler.pid(), "answer       it does not answer: ");
                assertThat(said).contains("ok attach not disabled, as far as can be seen");
                assertThat(said.replaceAll("\\s+", " ")).contains("look for -XX:+DisableAttachMechanism there");
            }
        });
    }

    @TestFactory
    List<DynamicTest> agentsAreRefused() {
        return onEachJdk(jdk -> {
            try (Idler idler = Idler.start(jdk, "-XX:-EnableDynamicAgentLoading")) {
                fails(idler.pid(), "agents       refused by -XX:-EnableDynamicAgentLoading");
            }
            try (Idler idler = Idler.start(jdk, "-XX:+EnableDynamicAgentLoading")) {
                assertThat(doctor(idler.pid()).out()).contains("ok    agents       may be loaded");
            }
        });
    }

    @TestFactory
    List<DynamicTest> flightRecorderIsNotThere() {
        return onEachJdk(jdk -> {
            try (Idler idler = Idler.start(jdk, "--limit-modules", "java.base")) {
                fails(idler.pid(), "modules      java.instrument, jdk.jfr shut out by --limit-modules");
            }
            // It requires jdk.jfr, and management brings no agents.
            try (Idler idler = Idler.start(jdk, "--limit-modules=jdk.management.jfr")) {
                fails(idler.pid(), "modules      java.instrument shut out by --limit-modules");
            }
            try (Idler idler = Idler.start(jdk, "-XX:-FlightRecorder")) {
                fails(idler.pid(), "modules      Flight Recorder is disabled by -XX:-FlightRecorder");
            }
        });
    }

    @Test
    void theRuntimeWasBuiltWithoutFlightRecorder() throws Exception {
        Path small = folder.resolve("small");
        Jdk jdk = running();
        Process jlink = new ProcessBuilder(
                        jdk.tool("jlink"), "--add-modules", "java.base", "--output", small.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(jlink.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jlink.waitFor() != 0) {
            Missing.say("jlink makes no runtime here: " + said.strip());
            return;
        }
        try (Idler idler = Idler.start(new Jdk(jdk.version(), small))) {
            fails(idler.pid(), "modules      its runtime was built without java.instrument, jdk.jfr");
        }
    }

    @Test
    void theProcessIsNoJvm() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "300").start();
        try {
            Cli doctor = doctor(sleep.pid());

            assertThat(doctor.code()).isEqualTo(1);
            assertThat(doctor.out()).isEmpty();
            assertThat(doctor.err())
                    .isEqualTo("iopath: process " + sleep.pid() + " (sleep) is no JVM; iopath ps lists the JVMs\n");
        } finally {
            sleep.destroyForcibly().waitFor();
        }
    }

    /** No OpenJ9 is to be had for the tests: a library of its name, loaded into another JVM, stands for it. */
    @Test
    void theJvmIsOpenJ9() throws Exception {
        Jdk jdk = running();
        Path library = Files.copy(jdk.home().resolve("lib/libjsig.so"), folder.resolve("libj9vm29.so"));
        try (Idler idler = Idler.start(jdk, List.of(), Map.of("LD_PRELOAD", library.toString()), List.of())) {
            fails(idler.pid(), "jvm          OpenJ9, which has an attach protocol and a recorder of its own");
            assertThat(Cli.run(folder, "ps").out())
                    .containsPattern("(?m)^ *" + idler.pid() + " +iopath.+Idle .* no: OpenJ9 +-$");
            assertThat(idler.saidMore()).isFalse();
        }
    }

    /** A native image is an executable with a certain section; this one does something else. */
    @Test
    void theProcessIsANativeImage() throws Exception {
        Path image = folder.resolve("image");
        Files.write(image, Elf.withSection(Files.readAllBytes(Path.of("/bin/sleep")), ".svm_heap"));
        Files.setPosixFilePermissions(image, PosixFilePermissions.fromString("rwx------"));
        Process process = new ProcessBuilder(image.toString(), "300").start();
        try {
            Cli doctor = doctor(process.pid());

            assertThat(doctor.code()).isEqualTo(1);
            assertThat(doctor.out()).isEmpty();
            assertThat(doctor.err())
                    .isEqualTo(
                            "iopath: process " + process.pid() + " (image) is a GraalVM native image: no agent can be"
                                    + " loaded into it; run the application on a JDK\n");
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void theProcessHasEnded() throws Exception {
        Process done = new ProcessBuilder("true").start();
        done.waitFor();

        Cli doctor = doctor(done.pid());

        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.err())
                .isEqualTo("iopath: there is no process " + done.pid() + "; iopath ps lists the JVMs\n");
    }

    @Test
    void whatCanBeNoTargetIsWrongUse() throws Exception {
        for (String word : List.of("0", "-1", "12345678901234567890")) {
            Cli doctor = Cli.run(folder, "doctor", word);
            assertThat(doctor.code()).as(word).isEqualTo(2);
            assertThat(doctor.err()).startsWith("iopath: ").hasLineCount(1);
        }
    }

    @Test
    void aWordThatIsInNoMainClassIsNamed() throws Exception {
        Cli doctor = Cli.run(folder, "doctor", "NoSuchMain");

        assertThat(doctor.code()).isEqualTo(1);
        assertThat(doctor.err()).startsWith("iopath: no JVM has 'NoSuchMain'").hasLineCount(1);
    }

    @Test
    void theJvmIsStopped() throws Exception {
        try (Idler idler = Idler.start(running())) {
            signal("STOP", idler.pid());
            fails(idler.pid(), "running      stopped by a signal or a debugger");
            signal("CONT", idler.pid());

            assertThat(doctor(idler.pid()).code()).isZero();
            assertThat(idler.saidMore()).as("a thread dump").isFalse();
        }
    }

    /** Knocking, which sends SIGQUIT, would end this JVM. */
    @Test
    void theSocketOfAJvmThatIgnoresSignalsWasCleanedUp() throws Exception {
        try (Idler idler = Idler.start(running(), "-Xrs")) {
            assertThat(doctor(idler.pid()).code()).isZero();
            Files.delete(Path.of("/tmp", ".java_pid" + idler.pid()));

            fails(idler.pid(), "running      its attach socket is gone, and it does not catch SIGQUIT");
            assertThat(idler.process.isAlive()).isTrue();
        }
    }

    @Test
    void noDescriptorIsLeft() throws Exception {
        List<String> limited = List.of("sh", "-c", "ulimit -n 64; exec \"$@\"", "sh");
        try (Idler idler = Idler.start(running(), limited, Map.of(), List.of(), "exhaust")) {
            String said = fails(idler.pid(), "descriptors  64 open of at most 64");
            assertThat(said).contains("-> prlimit --pid " + idler.pid() + " --nofile=1088");
        }
    }

    @Test
    void theFolderForTemporaryFilesIsNotThere() throws Exception {
        try (Idler idler = Idler.start(running(), "-Djava.io.tmpdir=" + folder + "/none")) {
            String said = fails(idler.pid(), "space        there is no folder " + folder + "/none in it");
            assertThat(said).contains("ok temp ").contains("FAIL files ");
        }
    }

    @Test
    void thereIsNoSpace() throws Exception {
        if (!isRoot("mount file systems")) {
            return;
        }
        Path other = Files.createDirectory(folder.resolve("other"));
        List<String> tight = mounted("mount -t tmpfs -o size=5m none " + other);
        try (Idler idler = Idler.start(running(), tight, Map.of(), List.of("-Djava.io.tmpdir=" + other))) {
            String said = fails(idler.pid(), "space        5.24 MB are free in ");
            assertThat(said).contains("FAIL files 5.24 MB are free in ");
        }
        List<String> low = mounted("mount -t tmpfs -o size=200m none " + other);
        try (Idler idler = Idler.start(running(), low, Map.of(), List.of("-Djava.io.tmpdir=" + other))) {
            Cli doctor = doctor(idler.pid());
            assertThat(doctor.code()).as(doctor.out()).isZero();
            assertThat(doctor.out()).contains("warn  space        210 MB are free in ");
        }
    }

    @Test
    void theRootIsReadOnly() throws Exception {
        if (!isRoot("mount file systems")) {
            return;
        }
        List<String> readOnly = mounted("mount -t tmpfs -o ro none /tmp");
        try (Readable readable = Readable.make();
                Idler idler = Idler.start(running(), readOnly, Map.of(), List.of("-cp", readable.classes()))) {
            String said = fails(idler.pid(), "temp         /tmp is on a read-only file system");
            assertThat(said).contains("docker run --tmpfs /tmp").contains("with mounts of its own");
        }
    }

    @Test
    void theJvmMayNotWriteToItsTemp() throws Exception {
        if (!isRoot("become another user")) {
            return;
        }
        List<String> closed = new ArrayList<>(mounted("mount -t tmpfs -o mode=755 none /tmp"));
        closed.addAll(NOBODY);
        try (Readable readable = Readable.make();
                Idler idler = Idler.start(running(), closed, Map.of(), List.of("-cp", readable.classes()))) {
            fails(idler.pid(), "temp         /tmp cannot be written to by nobody");
        }
    }

    @Test
    void theJvmLivesInAContainer() throws Exception {
        if (!isRoot("make namespaces")) {
            return;
        }
        List<String> container = List.of("unshare", "--pid", "--mount", "--fork", "--kill-child", "--mount-proc");
        try (Idler idler = Idler.start(running(), container, Map.of(), List.of())) {
            long inner = idler.process.children().findFirst().orElseThrow().pid();
            Cli doctor = doctor(inner);

            assertThat(doctor.code()).as(doctor.out()).isZero();
            assertThat(doctor.out())
                    .contains("in a container")
                    .contains("ok    files        it has a root of its own")
                    .contains("ok    answer");
            assertThat(Cli.run(folder, "ps").out())
                    .containsPattern("(?m)^ *" + inner + " +iopath.+Idle +\\S+ +\\S+ +container +yes +-$");
        }
    }

    @Test
    void theJvmIsAnotherUsers() throws Exception {
        if (!isRoot("become another user")) {
            return;
        }
        try (Readable readable = Readable.make();
                Idler idler = Idler.start(running())) {
            String said =
                    asNobody(readable, 1, "doctor", Long.toString(idler.pid())).replaceAll("\\s+", " ");
            assertThat(said)
                    .contains("FAIL user runs as root, and we are neither that nor root")
                    .contains("-> sudo -u root iopath doctor " + idler.pid())
                    .contains("warn rest ");
            assertThat(asNobody(readable, 0, "ps"))
                    .containsPattern("(?m)^ *" + idler.pid() + " +iopath.+Idle .* root .* no: other user +-$");
        }
        try (Readable readable = Readable.make();
                Idler idler = Idler.start(running(), NOBODY, Map.of(), List.of("-cp", readable.classes()))) {
            assertThat(asNobody(readable, 0, "doctor", Long.toString(idler.pid())))
                    .contains("ok    user         the same as ours");
            assertThat(doctor(idler.pid()).out())
                    .contains("ok    user         we are root")
                    .contains("ok    answer");
        }
    }

    @Test
    void theListOfJvmsTouchesNone() throws Exception {
        try (Idler plain = Idler.start(running());
                Idler agent = Idler.start(running(), "-javaagent:" + Artefacts.agent())) {
            Cli list = Cli.run(folder, "ps");

            assertThat(list.code()).as(list.err()).isZero();
            assertThat(list.out())
                    .startsWith(" ")
                    .containsPattern("(?m)^ *" + plain.pid() + " +iopath.+Idle +"
                            + running().version() + "\\S+ +\\S+ +- +yes +-$")
                    .containsPattern("(?m)^ *" + agent.pid() + " +iopath.+Idle .* loaded$")
                    .doesNotContainPattern("(?m)^ *" + list.process().pid() + " ");
            assertThat(Cli.run(folder, "ps", "--format", "json").out()).contains("\"pid\" : " + plain.pid());
            assertThat(Path.of("/tmp", ".java_pid" + plain.pid())).doesNotExist();
            assertThat(plain.saidMore()).isFalse();
        }
    }

    private static Jdk running() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home", "")));
    }

    private Cli doctor(long pid) throws IOException, InterruptedException {
        return Cli.run(folder, "doctor", Long.toString(pid));
    }

    /** Runs it on a JVM with an obstacle; returns what it said. */
    private String fails(long pid, String line) throws IOException, InterruptedException {
        Cli doctor = doctor(pid);
        assertThat(doctor.code()).as(doctor.out() + doctor.err()).isEqualTo(1);
        assertThat(doctor.err()).isEmpty();
        assertThat(doctor.out().lines()).allMatch(text -> text.length() <= 80);
        // Where a line is wrapped depends on the names in it.
        String said = doctor.out().replaceAll("\\s+", " ");
        assertThat(said).contains(("FAIL " + line).replaceAll("\\s+", " "));
        return said;
    }

    private static String asNobody(Readable readable, int code, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(NOBODY);
        command.addAll(List.of(running().tool("java"), "-jar", readable.analyzer()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(code);
        return said;
    }

    private static void signal(String name, long pid) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
        // kill returns before a process with many threads has stopped.
        if (name.equals("STOP")) {
            Path stat = Path.of("/proc", Long.toString(pid), "stat");
            await().until(() -> Files.readString(stat).contains(") T "));
        }
    }

    private static boolean isRoot(String why) {
        if (!"root".equals(System.getProperty("user.name"))) {
            Missing.say("not root, so the tests cannot " + why);
            return false;
        }
        return true;
    }

    /** A prefix that runs what follows in a mount namespace of its own, after a command. */
    private static List<String> mounted(String command) {
        return List.of("unshare", "--mount", "sh", "-c", command + " && exec \"$@\"", "sh");
    }

    /** Copies of the programs where everyone may read them, and not in /tmp, which tests hide. */
    private record Readable(Path folder) implements AutoCloseable {
        static Readable make() throws IOException {
            Path folder = Files.createTempDirectory(Path.of("/var/tmp"), "iopath-it");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.copy(Artefacts.analyzer(), folder.resolve("iopath.jar"));
            Path type = folder.resolve(Idle.class.getName().replace('.', '/') + ".class");
            Files.createDirectories(type.getParent());
            Files.copy(Artefacts.scenarios().resolve(folder.relativize(type)), type);
            return new Readable(folder);
        }

        String analyzer() {
            return folder.resolve("iopath.jar").toString();
        }

        String classes() {
            return folder.toString();
        }

        @Override
        public void close() throws IOException {
            Run.delete(folder);
        }
    }

    /** A JVM that does nothing. */
    private static final class Idler implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;

        private Idler(List<String> command, Map<String, String> environment) throws IOException {
            Path errors = Files.createTempFile(Artefacts.workFolder(), "idle", ".stderr");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
            builder.environment().putAll(environment);
            process = builder.start();
            out = process.inputReader(StandardCharsets.UTF_8);
            String line = out.readLine();
            if (!"ready".equals(line)) {
                process.destroyForcibly();
                throw new AssertionError(line + "\n" + Files.readString(errors) + command);
            }
            Files.delete(errors);
        }

        static Idler start(Jdk jdk, String... options) throws IOException {
            return start(jdk, List.of(), Map.of(), Arrays.asList(options));
        }

        /** A later class path among the options replaces the tests' own. */
        static Idler start(
                Jdk jdk, List<String> prefix, Map<String, String> environment, List<String> options, String... words)
                throws IOException {
            List<String> command = new ArrayList<>(prefix);
            command.addAll(List.of(jdk.tool("java"), "-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            command.addAll(List.of("-cp", Artefacts.scenarios().toString()));
            command.addAll(options);
            command.add(Idle.class.getName());
            command.addAll(Arrays.asList(words));
            return new Idler(command, environment);
        }

        long pid() {
            return process.pid();
        }

        /** Whether it printed more than one line: ends it. */
        boolean saidMore() throws IOException, InterruptedException {
            process.getOutputStream().close();
            String line = out.readLine();
            process.waitFor(60, TimeUnit.SECONDS);
            return line != null;
        }

        @Override
        public void close() throws IOException, InterruptedException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().waitFor();
            out.close();
        }
    }
}
