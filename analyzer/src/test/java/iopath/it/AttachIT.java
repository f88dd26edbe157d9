package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import iopath.it.Jdks.Jdk;
import iopath.it.Report.Row;
import iopath.it.Target.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** A service that runs under load, started without iopath, is recorded and left as it was. */
class AttachIT {

    /** Threads that JFR and the attach interface leave behind, with any recording. */
    private static final Set<String> OF_THE_JDK = Set.of(
            "Attach Listener",
            "JFR Recorder Thread",
            "JFR Periodic Tasks",
            "JFR Recording Scheduler",
            "JFR Shutdown Hook");

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CYCLES = Integer.getInteger("iopath.it.cycles", 50);
    private static final int WARM = 30;
    private static final int MEASURED_ANSWERS = 50_000;
    private static final long METASPACE_A_CYCLE = 10 * 1024;
    private static final long HEAP_SLACK = 2 << 20;

    /** What JFR and the agent's classes may keep on the heap for good; one agent's tables alone take more. */
    private static final long HEAP_LEFT = 5 << 20;

    @TempDir
    private Path folder = Path.of("");

    @TestFactory
    List<DynamicTest> aRecordedServiceIsLeftAsItWas() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = new Target(jdk, own, List.of())) {
                // JFR rewrites some of these classes itself when the first recording starts, and keeps its threads.
                service.jcmd("JFR.start", "name=first");
                service.jcmd("JFR.stop", "name=first");
                String bodies = service.bodies(own.resolve("before"));
                Facts before = service.facts();

                Path recording = own.resolve("a.jfr");
                Cli cli = Cli.run(
                        own,
                        "record",
                        "" + service.pid(),
                        "--duration",
                        "2s",
                        "--output",
                        recording.toString(),
                        "--report",
                        "none");

                assertThat(cli.code()).as(cli.err()).isZero();
                assertThat(cli.err()).contains("longest stall");
                assertIsOurService(Report.of(recording));
                assertThat(Files.getPosixFilePermissions(recording)).hasSize(2);
                assertThat(service.property("iopath.agent.status")).isEqualTo("detached");
                assertThat(service.bodies(own.resolve("after"))).isEqualTo(bodies);
                Facts after = service.facts();
                TreeSet<String> threads = new TreeSet<>(after.threads());
                threads.removeAll(before.threads());
                assertThat(threads).isSubsetOf(OF_THE_JDK);
                // The class path keeps the agent's jar open, and that of the test that looked at the classes.
                assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 2);
                assertThat(service.end()).isPositive();
            }
        });
    }

    private static void assertIsOurService(Report report) {
        assertThat(report.brokenHooks()).isEmpty();
        assertThat(report.transfers())
                .extracting(Row::withoutBytes)
                .contains(
                        new Row("file", "socket", "sendfile", "none", null, "kernel", 0),
                        new Row("file", "socket", "direct", "read-write-loop", null, "same-buffer", 0));
        assertThat(report.frames()).anyMatch(frame -> frame.startsWith("iopath.it.attach.Service.serve"));
    }

    @TestFactory
    List<DynamicTest> jcmdAloneLoadsAsksAndUnloadsTheAgent() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = new Target(jdk, own, List.of())) {
                String agent = Artefacts.agent().toString();
                Path recording = own.resolve("b.jfr");
                service.jcmd("JVMTI.agent_load", agent, "sample:64k");
                assertThat(service.property("iopath.agent.answer")).isEqualTo("attached");
                service.jcmd("JVMTI.agent_load", agent, "sample:64k");
                assertThat(service.property("iopath.agent.answer")).isEqualTo("already attached; nothing to do");
                service.jcmd("JVMTI.agent_load", agent, "sample:1m");
                assertThat(service.property("iopath.agent.answer")).isEqualTo("attached again with other options");
                service.jcmd("JVMTI.agent_load", agent, "record:" + recording);
                awaitBytes(service);
                service.jcmd("JVMTI.agent_load", agent, "nonsense");
                assertThat(service.property("iopath.agent.answer")).startsWith("error: unknown option 'nonsense'");
                service.jcmd("JVMTI.agent_load", agent, "client:0.0.0");
                assertThat(service.property("iopath.agent.answer")).startsWith("error: version");
                service.jcmd("JVMTI.agent_load", agent, "detach");
                assertThat(service.property("iopath.agent.answer")).isEqualTo("detached");
                assertIsOurService(Report.of(recording));
                service.end();
            }
        });
    }

    @Test
    void manyCyclesLeaveNeitherHeapNorMetaspaceBehind() throws Exception {
        Jdk jdk = Jdks.present().get(0);
        try (Target service = new Target(jdk, folder, List.of())) {
            Facts cold = service.facts();
            Facts warm = null;
            double before = answersPerSecond(service);
            for (int i = 0; i < CYCLES; i++) {
                service.load("stream,once");
                service.load("stop");
                await().atMost(PATIENCE)
                        .pollInterval(20, TimeUnit.MILLISECONDS)
                        .until(() -> service.property("iopath.agent.status").equals("detached"));
                if (i == WARM) {
                    warm = service.facts();
                }
            }
            Facts last = service.facts();
            System.out.printf(
                    "attach cycles on %s: %s, %s then %s; %.0f answers a second before, %.0f after%n",
                    jdk, cold, warm, last, before, answersPerSecond(service));
            assertThat(warm).isNotNull();
            assertThat(last.metaspace() - warm.metaspace()).isLessThan(METASPACE_A_CYCLE * (CYCLES - WARM));
            assertThat(last.heap() - warm.heap()).isLessThan(HEAP_SLACK);
            assertThat(last.heap() - cold.heap()).isLessThan(HEAP_LEFT);
            assertThat(last.descriptors()).isEqualTo(warm.descriptors());
            assertThat(last.threads()).isEqualTo(warm.threads());
            service.end();
        }
    }

    /** For a person to compare: what a busy host does to it is nothing to assert. */
    private static double answersPerSecond(Target service) throws IOException {
        long begin = System.nanoTime();
        long first = service.sent();
        await().atMost(PATIENCE)
                .pollInterval(100, TimeUnit.MILLISECONDS)
                .until(() -> service.sent() - first >= MEASURED_ANSWERS);
        return (service.sent() - first) / ((System.nanoTime() - begin) / 1e9);
    }

    @TestFactory
    List<DynamicTest> aKilledClientIsNoticedAndNothingOfItStays() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = new Target(jdk, own, 2, List.of())) {
                for (List<String> command : List.of(List.of("record", "--duration", "1h"), List.of("top", "--plain"))) {
                    List<String> words = new ArrayList<>(command);
                    words.add(1, "" + service.pid());
                    Cli cli = Cli.start(own, words.toArray(String[]::new));
                    awaitBytes(service);
                    String drop =
                            service.property("iopath.agent.status").replaceFirst(".*watch=([^;,]*)/watch.*", "$1");
                    assertThat(Path.of(drop)).isDirectory();

                    cli.process().destroyForcibly().waitFor();

                    await().atMost(PATIENCE)
                            .until(() -> service.property("iopath.agent.status").equals("detached"));
                    await().atMost(PATIENCE).until(() -> !Files.exists(Path.of(drop)));
                }
                service.end();
            }
        });
    }

    @Test
    void aKilledTargetLeavesWhatItFlushed() throws Exception {
        try (Target service = new Target(Jdks.present().get(0), folder, List.of())) {
            Path recording = folder.resolve("killed.jfr");
            Cli cli = Cli.start(
                    folder, "record", "" + service.pid(), "--duration", "1h", "--output", recording.toString());
            awaitBytes(service);
            awaitFlush(service);
            service.process().destroyForcibly().waitFor();
            assertThat(cli.code()).as(cli.err()).isZero();
            assertThat(cli.err()).contains("has ended");
            assertThat(cli.out()).contains("sendfile");
        }
    }

    @Test
    void whatCannotBeReachedIsOneLine() throws Exception {
        Cli none = Cli.run(folder, "record", "999999999");
        assertThat(none.code()).isEqualTo(1);
        assertThat(none.err()).isEqualTo("iopath: there is no process 999999999; iopath ps lists the JVMs\n");
        Cli noName = Cli.run(folder, "attach", "no.such.MainClass");
        assertThat(noName.code()).isEqualTo(1);
        assertThat(noName.err()).hasLineCount(1).contains("no.such.MainClass");
    }

    /** A class of the JDK that cannot be initialised for want of a descriptor is lost to the application for good. */
    @TestFactory
    List<DynamicTest> aServiceNearItsLimitOfDescriptorsIsLeftAlone() {
        return Jdks.onEach(folder, (jdk, own) -> {
            try (Target service = new Target(jdk, own, 2, List.of())) {
                service.jcmd("VM.version");
                int open = service.facts().descriptors();
                service.limitDescriptors(open + 4);

                Cli cli = Cli.run(own, "record", "" + service.pid(), "--duration", "1s", "--report", "none");
                assertThat(cli.code()).isEqualTo(1);
                assertThat(cli.err()).hasLineCount(1).contains("descriptors");
                assertThat(service.property("iopath.agent.version")).isEmpty();
                assertThat(service.facts().descriptors()).isEqualTo(open);

                service.limitDescriptors(open + 64);
                Path recording = own.resolve("roomy.jfr");
                Cli again = Cli.run(
                        own, "record", "" + service.pid(), "--duration", "1s", "--output", recording.toString());
                assertThat(again.code()).as(again.err()).isZero();
                assertIsOurService(Report.of(recording));
                service.end();
            }
        });
    }

    /** Both clients bring the agent to a place of one name in the directory for temporary files. */
    @Test
    void twoServicesAreRecordedAtOnce() throws Exception {
        Jdk jdk = Jdks.present().get(0);
        try (Target one = new Target(jdk, Files.createDirectory(folder.resolve("one")), 2, List.of());
                Target two = new Target(jdk, Files.createDirectory(folder.resolve("two")), 2, List.of())) {
            Cli first = Cli.start(folder, "record", "" + one.pid(), "--duration", "1h", "--report", "none");
            awaitBytes(one);
            Cli second = Cli.run(folder, "record", "" + two.pid(), "--duration", "1s", "--report", "none");
            assertThat(second.code()).as(second.err()).isZero();
            // Somebody looks at the first one meanwhile, and is done before its recording ends.
            Cli look = Cli.run(folder, "attach", "" + one.pid());
            assertThat(look.code()).as(look.err()).isZero();
            // A SIGTERM, and no Ctrl-C: what a shell runs in the background ignores SIGINT, and its children do.
            first.process().destroy();
            // 128 and the signal's number, as for every program that is ended by one.
            assertThat(first.code()).as(first.err()).isEqualTo(143);
            assertThat(first.err()).contains("the recording is ").doesNotContain("warning");
            one.end();
            two.end();
        }
    }

    @Test
    void anOutputThatExistsIsKept() throws Exception {
        Path there = Files.writeString(folder.resolve("mine.jfr"), "precious");
        try (Target service = new Target(Jdks.present().get(0), folder, List.of())) {
            Cli cli = Cli.run(folder, "record", "" + service.pid(), "--output", there.toString());
            assertThat(cli.code()).isEqualTo(2);
            assertThat(there).hasContent("precious");
            assertThat(service.property("iopath.agent.version")).isEmpty();
        }
    }

    /**
     * JFR flushes at the end of each of the seconds in which the agent tells its status, so the second status says that
     * there was a first flush. What is killed before that leaves nothing that can be read.
     */
    private static void awaitFlush(Target service) throws Exception {
        String first = service.property("iopath.agent.status");
        await().atMost(PATIENCE)
                .until(() -> !service.property("iopath.agent.status").equals(first));
    }

    private static void awaitBytes(Target service) {
        await().atMost(PATIENCE)
                .until(() -> service.property("iopath.agent.status").contains("sendfile="));
    }
}
