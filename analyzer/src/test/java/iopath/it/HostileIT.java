package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import iopath.it.Jdks.Jdk;
import iopath.it.attach.FakeSocket;
import iopath.it.attach.ManyAttaches;
import iopath.it.attach.Swapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** iopath runs as root; the target's user, and another one, do what they can to make it touch what is root's. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class HostileIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ATTACHES = Integer.getInteger("iopath.it.attaches", 30);
    private static final String TARGETS = "iopath-it-target";
    private static final String OTHER = "iopath-it-other";
    private static final String SECRET = "root's secret, which is nobody else's business";

    /** Puts a link to $2 in the place of the first folder in $1 that is its own, and ends. */
    private static final String SWAP = """
            while :; do
                for d in "$1"/iopath-????????????????; do
                    if [ -d "$d" ] && [ ! -L "$d" ] && [ -O "$d" ]; then
                        mv "$d" "$d.aside" && ln -s "$2" "$d" && exit 0
                    fi
                done
            done
            """;

    @TempDir
    private Path folder = Path.of("");

    interface Attack {
        void on(Jdk jdk, Path own) throws Exception;
    }

    @BeforeAll
    static void users() throws Exception {
        if (!"root".equals(System.getProperty("user.name"))) {
            Missing.say("only root can make users and mounts");
            Assumptions.abort("not root");
        }
        for (String user : List.of(TARGETS, OTHER)) {
            run("sh", "-c", "id " + user + " >/dev/null 2>&1 || useradd --no-create-home " + user);
        }
    }

    @AfterAll
    static void noUsers() throws Exception {
        for (String user : List.of(TARGETS, OTHER)) {
            run("sh", "-c", "userdel " + user + " || true");
        }
    }

    private List<DynamicTest> onEach(Attack attack) throws Exception {
        open(folder);
        List<DynamicTest> tests = new ArrayList<>();
        for (Jdk jdk : Jdks.present()) {
            List<String> java = as(TARGETS);
            java.addAll(List.of(jdk.tool("java"), "-version"));
            // One in a home folder is for its owner alone.
            if (code(java) == 0) {
                tests.add(DynamicTest.dynamicTest(
                        jdk.toString(), () -> attack.on(jdk, open(Files.createTempDirectory(folder, "own")))));
            }
        }
        assertThat(tests).isNotEmpty();
        return tests;
    }

    /** (a) The folder is renamed, and a link to one of root's put in its place. */
    @TestFactory
    List<DynamicTest> aFolderThatBecomesALinkLeadsToNothingOfRoots() throws Exception {
        return onEach((jdk, own) -> {
            Path precious = precious(own);
            Path temporary = foldersOf(TARGETS, own.resolve("tmp"));
            try (Target service = target(jdk, own, as(TARGETS), "-Djava.io.tmpdir=" + temporary)) {
                Process swap = start(as(TARGETS), "sh", "-c", SWAP, "sh", temporary.toString(), precious.toString());
                Cli cli = record(own, service);
                assertThat(swap.waitFor()).isZero();
                cli.code();
                assertIsUntouched(precious);
                assertIsOneLineAtATime(cli);
            }
        });
    }

    /** (b) The same by a container, which does not see the folder: the link would lead to it on the host. */
    @TestFactory
    List<DynamicTest> aContainersLinkLeadsToNothingOfTheHost() throws Exception {
        return onEach((jdk, own) -> {
            Path hidden = open(Files.createDirectory(own.resolve("hidden")));
            Path precious = precious(hidden);
            Path temporary = Files.createDirectory(own.resolve("tmp"));
            List<String> prefix = new ArrayList<>(List.of(
                    "unshare",
                    "--mount",
                    "--propagation",
                    "private",
                    "sh",
                    "-c",
                    "mount -t tmpfs -o mode=755,uid=" + id(TARGETS) + " tmpfs " + temporary
                            + " && mount -t tmpfs tmpfs " + hidden + " && exec " + String.join(" ", as(TARGETS))
                            + " \"$@\"",
                    "sh"));
            try (Target service = target(jdk, own, prefix, "-Djava.io.tmpdir=" + temporary)) {
                List<String> inside = new ArrayList<>(List.of("nsenter", "-t", "" + service.pid(), "-m"));
                inside.addAll(as(TARGETS));
                Process swap = start(inside, "sh", "-c", SWAP, "sh", temporary.toString(), precious.toString());
                Cli cli = record(own, service);
                assertThat(swap.waitFor()).isZero();
                cli.code();
                assertIsUntouched(precious);
            }
        });
    }

    /** (c) The folder for temporary files becomes a link into one of root's. */
    @TestFactory
    List<DynamicTest> nothingIsPutWhereTheTargetCouldNot() throws Exception {
        return onEach((jdk, own) -> {
            Path precious = precious(own);
            Path real = foldersOf(TARGETS, own.resolve("real"));
            Path link = foldersOf(TARGETS, own.resolve("home")).resolve("tmp");
            Files.createSymbolicLink(link, real);
            try (Target service = target(jdk, own, as(TARGETS), "-Djava.io.tmpdir=" + link);
                    WatchService changes = precious.getFileSystem().newWatchService()) {
                Files.delete(link);
                Files.createSymbolicLink(link, precious);
                precious.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);

                // The agent goes to /tmp instead; JFR of that JVM cannot begin, as its own folder is gone.
                Cli cli = record(own, service);

                assertThat(cli.err()).hasLineCount(1).contains("JFR repository directory");
                assertThat(changes.poll()).isNull();
                assertIsUntouched(precious);
                assertNothingIsLeft(Path.of("/tmp"));
            }
        });
    }

    /** (d) A dying target has links and pipes among JFR's files. */
    @TestFactory
    List<DynamicTest> theRestOfADeadTargetHasNothingButItsOwnFiles() throws Exception {
        return onEach((jdk, own) -> {
            Path precious = precious(own);
            try (Target service = target(jdk, own, as(TARGETS))) {
                Path recording = own.resolve("dead.jfr");
                Cli cli = Cli.start(
                        own, "record", "" + service.pid(), "--duration", "1h", "--output", recording.toString());
                String repository = awaitFlush(service);
                String bad = "cd \"$1\" && ln -s \"$2\" 0secret.jfr && ln -s /dev/zero 9zero.jfr && mkfifo 9pipe.jfr"
                        + " && ln -s \"$1\" 9folder.jfr";
                assertThat(start(as(TARGETS), "sh", "-c", bad, "sh", repository, precious.resolve("secret") + "")
                                .waitFor())
                        .isZero();
                service.process().destroyForcibly().waitFor();

                assertThat(cli.code()).as(cli.err()).isZero();
                assertThat(Files.readString(recording, StandardCharsets.ISO_8859_1))
                        .doesNotContain(SECRET);
                assertThat(cli.out()).contains("sendfile");
                run("rm", "-r", repository);
            }
        });
    }

    @TestFactory
    List<DynamicTest> anotherUsersSocketIsNotAsked() throws Exception {
        return onEach((jdk, own) -> {
            try (Target service = target(jdk, own, as(TARGETS));
                    Liar liar = new Liar(jdk, OTHER, service, "silent", own)) {
                Cli cli = Cli.run(own, "status", "" + service.pid());
                assertThat(cli.code()).isEqualTo(1);
                assertThat(cli.err())
                        .hasLineCount(1)
                        .contains("belongs to user " + id(OTHER))
                        .contains("iopath doctor");
                assertThat(liar.said()).doesNotContain("asked");
            }
        });
    }

    @TestFactory
    List<DynamicTest> whoNeverAnswersOrAnswersForEverIsGivenUp() throws Exception {
        return onEach((jdk, own) -> {
            for (String how : List.of("silent", "endless")) {
                try (Target service = target(jdk, open(Files.createDirectory(own.resolve(how))), as(TARGETS));
                        Liar liar = new Liar(jdk, TARGETS, service, how, own)) {
                    Cli cli = Cli.run(own, "status", "" + service.pid());
                    assertThat(cli.code()).isEqualTo(1);
                    assertThat(cli.err())
                            .hasLineCount(1)
                            .containsAnyOf("no answer within 10 s", "its answer does not end");
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> whatATargetSaysCommandsNoTerminal() throws Exception {
        return onEach((jdk, own) -> {
            for (List<String> command : List.of(List.of("status"), List.of("record", "--duration", "1s"))) {
                Path its = open(Files.createDirectory(own.resolve(command.get(0))));
                try (Target service = target(jdk, its, as(TARGETS));
                        Liar liar = new Liar(jdk, TARGETS, service, "escapes", own)) {
                    List<String> words = new ArrayList<>(command);
                    words.add(1, "" + service.pid());
                    Cli cli = Cli.run(own, words.toArray(String[]::new));
                    assertThat(cli.out() + cli.err()).contains("attached");
                    assertIsOneLineAtATime(cli);
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> aStoppedTargetIsOneLine() throws Exception {
        return onEach((jdk, own) -> {
            try (Target service = target(jdk, own, as(TARGETS))) {
                // Its socket is there, so that nothing is to be waited for but the answer.
                assertThat(service.property("java.version")).isNotEmpty();
                run("kill", "-STOP", "" + service.pid());
                Cli cli = Cli.run(own, "status", "" + service.pid());
                assertThat(cli.code()).isEqualTo(1);
                assertThat(cli.err()).hasLineCount(1).contains("stopped by a signal");
                run("kill", "-CONT", "" + service.pid());
            }
        });
    }

    @TestFactory
    List<DynamicTest> aRecordingOutlastsASleepOfItsTarget() throws Exception {
        return onEach((jdk, own) -> {
            try (Target service = target(jdk, own, as(TARGETS))) {
                Path recording = own.resolve("slept.jfr");
                Cli cli = Cli.start(
                        own,
                        "record",
                        "" + service.pid(),
                        "--duration",
                        "5s",
                        "--report",
                        "none",
                        "--output",
                        recording.toString());
                await().atMost(PATIENCE).until(() -> cli.err().contains("attached and recording"));
                run("kill", "-STOP", "" + service.pid());
                await().atMost(PATIENCE).until(() -> cli.err().contains("waiting until it goes on"));
                run("kill", "-CONT", "" + service.pid());
                assertThat(cli.code()).as(cli.err()).isZero();
                assertThat(Report.of(recording).frames()).isNotEmpty();
            }
        });
    }

    @TestFactory
    List<DynamicTest> anyFolderForTemporaryFilesWillDo() throws Exception {
        return onEach((jdk, own) -> {
            for (String name : List.of("", "rel")) {
                Path working = foldersOf(TARGETS, own.resolve("in" + name));
                foldersOf(TARGETS, working.resolve("rel"));
                List<String> prefix = new ArrayList<>(List.of("sh", "-c", "cd " + working + " && exec \"$@\"", "sh"));
                prefix.addAll(as(TARGETS));
                try (Target service = target(jdk, own, prefix, "-Djava.io.tmpdir=" + name)) {
                    Cli cli = record(own, service);
                    assertThat(cli.code()).as(cli.err()).isZero();
                    Cli doctor = Cli.run(own, "doctor", "" + service.pid());
                    assertThat(doctor.code()).as(doctor.out()).isZero();
                    assertNothingIsLeft(working);
                }
            }
        });
    }

    @TestFactory
    List<DynamicTest> nobodyTakesANameFirst() throws Exception {
        return onEach((jdk, own) -> {
            try (Target service = target(jdk, own, as(TARGETS))) {
                Path taken =
                        Path.of("/tmp/iopath-agent-" + version(own) + "-" + id(TARGETS) + "-" + service.pid() + ".jar");
                assertThat(start(as(OTHER), "mkdir", taken.toString()).waitFor())
                        .isZero();
                assertThat(start(as(OTHER), "touch", taken + "/x").waitFor()).isZero();
                Cli cli = record(own, service);
                assertThat(cli.code()).as(cli.err()).isZero();
                run("rm", "-r", taken.toString());
            }
        });
    }

    /** Folders and links are swapped as fast as can be, while iopath comes and goes. */
    @TestFactory
    List<DynamicTest> manyAttachesAgainstASwapperTouchNothingAndLeaveNothing() throws Exception {
        return onEach((jdk, own) -> {
            Path precious = precious(own);
            Path temporary = foldersOf(TARGETS, own.resolve("tmp"));
            Path taken = Files.createDirectory(own.resolve("taken"));
            // HotSpot ends a JVM whose JFR repository is swapped away: that is its user's own doing, and no part of
            // this.
            String repository = "-XX:FlightRecorderOptions:repository=" + foldersOf(TARGETS, own.resolve("jfr"));
            try (Target service = target(jdk, own, as(TARGETS), "-Djava.io.tmpdir=" + temporary, repository);
                    WatchService changes = precious.getFileSystem().newWatchService()) {
                precious.register(changes, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_DELETE);
                List<String> java = as(TARGETS);
                java.addAll(List.of(jdk.tool("java"), "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", classes()));
                Process swapper = start(java, Swapper.class.getName(), temporary.toString(), precious.toString());
                BufferedReader said = swapper.inputReader(StandardCharsets.UTF_8);
                assertThat(said.readLine()).isEqualTo("ready");

                List<String> client = List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-cp",
                        Artefacts.analyzer() + ":" + classes());
                Process attaches =
                        start(client, ManyAttaches.class.getName(), "" + service.pid(), "" + ATTACHES, taken + "");
                String outcome = attaches.inputReader(StandardCharsets.UTF_8).readLine();
                assertThat(attaches.waitFor()).isZero();
                swapper.outputWriter().write("end\n");
                swapper.outputWriter().flush();
                System.out.println(jdk + ": " + outcome + ", " + said.readLine());
                assertThat(swapper.waitFor()).isZero();

                assertThat(changes.poll()).isNull();
                assertIsUntouched(precious);
                assertNothingIsLeft(temporary);
                assertThat(temporary.resolve("aside")).doesNotExist();
                service.end();
            }
        });
    }

    private static Target target(Jdk jdk, Path own, List<String> prefix, String... options) throws IOException {
        return new Target(jdk, own, 2, prefix, options);
    }

    private static Cli record(Path own, Target service) throws Exception {
        Cli cli = Cli.start(
                own,
                "record",
                "" + service.pid(),
                "--duration",
                "2s",
                "--report",
                "none",
                "--output",
                own.resolve(service.pid() + ".jfr").toString());
        cli.code();
        return cli;
    }

    private static String awaitFlush(Target service) {
        await().atMost(PATIENCE)
                .until(() -> service.property("iopath.agent.status").contains("sendfile="));
        try {
            String first = service.property("iopath.agent.status");
            await().atMost(PATIENCE)
                    .until(() -> !service.property("iopath.agent.status").equals(first));
            return service.property("jdk.jfr.repository");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A folder of root's, with a file that only root may read. */
    private static Path precious(Path own) throws IOException {
        Path precious = open(Files.createDirectory(own.resolve("precious")));
        Path secret = Files.writeString(precious.resolve("secret"), SECRET);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(precious.resolve("recording.jfr"), SECRET);
        Files.writeString(precious.resolve("watch"), SECRET);
        return precious;
    }

    private static void assertIsUntouched(Path precious) throws IOException {
        try (Stream<Path> files = Files.list(precious)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("secret", "recording.jfr", "watch");
        }
        for (String file : List.of("secret", "recording.jfr", "watch", ".")) {
            assertThat(Files.getAttribute(precious.resolve(file), "unix:uid")).isEqualTo(0);
        }
        assertThat(precious.resolve("secret")).hasContent(SECRET);
    }

    /** No folder or jar of iopath that is the test user's or root's; other runs may go on in /tmp. */
    private static void assertNothingIsLeft(Path temporary) throws Exception {
        int target = Integer.parseInt(id(TARGETS));
        try (Stream<Path> files = Files.list(temporary)) {
            assertThat(files.filter(file -> file.getFileName().toString().matches("iopath-[0-9a-f]{16}.*"))
                            .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                            .filter(file -> !temporary.equals(Path.of("/tmp")) || isOf(file, target)))
                    .isEmpty();
        }
    }

    private static boolean isOf(Path file, int user) {
        try {
            return Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS)
                    .equals(user);
        } catch (IOException e) {
            return false;
        }
    }

    private static void assertIsOneLineAtATime(Cli cli) throws IOException {
        assertThat((cli.out() + cli.err()).codePoints())
                .allMatch(c -> c == '\n' || !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT);
        assertThat((cli.out() + cli.err()).lines()).noneMatch(line -> line.startsWith("forged"));
    }

    private static String version(Path own) throws Exception {
        return Cli.run(own, "--version").out().strip().replace("iopath ", "");
    }

    private static Path open(Path folder) throws IOException {
        return Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path foldersOf(String user, Path folder) throws Exception {
        Files.createDirectory(folder);
        run("chown", user, folder.toString());
        return folder;
    }

    private static String classes() {
        return Artefacts.scenarios().toString();
    }

    private static List<String> as(String user) throws Exception {
        return new ArrayList<>(List.of("setpriv", "--reuid=" + id(user), "--regid=" + id(user), "--clear-groups"));
    }

    private static String id(String user) throws Exception {
        Process id = new ProcessBuilder("id", "-u", user).start();
        String number = id.inputReader().readLine();
        assertThat(id.waitFor()).isZero();
        return number;
    }

    private static Process start(List<String> prefix, String... command) throws IOException {
        List<String> all = new ArrayList<>(prefix);
        all.addAll(Arrays.asList(command));
        return new ProcessBuilder(all)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int code(List<String> command) throws Exception {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static void run(String... command) throws Exception {
        assertThat(code(List.of(command))).as(String.join(" ", command)).isZero();
    }

    /** Somebody at the place of a JVM's attach socket. */
    private static final class Liar implements AutoCloseable {
        private final Process process;
        private final Path socket;
        private final Path said;

        Liar(Jdk jdk, String user, Target victim, String how, Path own) throws Exception {
            socket = Path.of("/tmp/.java_pid" + victim.pid());
            said = Files.createTempFile(own, "liar", ".out");
            List<String> command = as(user);
            command.addAll(List.of(jdk.tool("java"), "-Xmx64m", "-cp", classes(), FakeSocket.class.getName()));
            command.addAll(List.of(socket.toString(), how, version(own)));
            process = new ProcessBuilder(command)
                    .redirectOutput(said.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            await().atMost(PATIENCE).until(() -> said().contains("ready"));
        }

        String said() throws IOException {
            return Files.readString(said);
        }

        @Override
        public void close() throws Exception {
            process.destroyForcibly().waitFor();
            Files.deleteIfExists(socket);
        }
    }
}
