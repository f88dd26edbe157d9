package iopath.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import iopath.analyzer.summarize.Transfer;
import iopath.it.Artefacts;
import iopath.it.Cli;
import iopath.it.Jdks;
import iopath.it.Jdks.Jdk;
import iopath.it.attach.Bodies;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Servers under load that were started without iopath are recorded, and left as they were.
 *
 * <p>The load goes on all the time. While the recording runs, a known amount of work is done by a listener and on files
 * that are its alone: its bytes must be exactly those on the wire. What all others got lies between two bounds.
 */
class RecordedIT {

    /** A part of the names of servers, to record only those. */
    private static final String ONLY = System.getProperty("iopath.it.only", "");

    /** Threads that JFR and the attach interface leave behind, with any recording. */
    private static final Set<String> OF_THE_JDK = Set.of(
            "Attach Listener",
            "JFR Recorder Thread",
            "JFR Periodic Tasks",
            "JFR Recording Scheduler",
            "JFR Shutdown Hook");

    /** The version of the JDK to run on alone; all that are here without it. */
    private static final @Nullable Integer VERSION = Integer.getInteger("iopath.it.jdk");

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Pattern STALL = Pattern.compile("(\\d+) hooks, longest stall ([0-9.]+) ms");
    private static final int SOME = 50;

    /** How a server is started, with its load. */
    private interface Starter {
        Subject start(Jdk jdk, Path folder) throws Exception;
    }

    private static Map<String, Starter> starters() {
        Map<String, Starter> starters = new TreeMap<>();
        starters.put("kafka", KafkaSubject::start);
        starters.put("netty", (jdk, folder) -> WebSubject.start("netty", jdk, folder));
        starters.put("tomcat", (jdk, folder) -> WebSubject.start("tomcat", jdk, folder));
        return starters;
    }

    @TestFactory
    List<DynamicTest> aServerUnderLoadIsRecordedAndLeftAsItWas() throws Exception {
        Path folder = Files.createTempDirectory(Artefacts.workFolder(), "recorded");
        List<DynamicTest> tests = new ArrayList<>();
        for (Jdk jdk : VERSION == null ? Jdks.present() : List.of(Jdks.wanted(VERSION))) {
            starters().forEach((name, starter) -> {
                if (name.contains(ONLY)) {
                    tests.add(DynamicTest.dynamicTest(name + ", " + jdk, () -> {
                        Path own = Files.createDirectory(folder.resolve(name + "-" + jdk));
                        try (Subject subject = starter.start(jdk, own)) {
                            record(name, jdk, subject, own);
                        }
                        Served.delete(own);
                    }));
                }
            });
        }
        return tests;
    }

    private static void record(String name, Jdk jdk, Subject subject, Path folder) throws Exception {
        Load load = subject.load();
        // JFR rewrites some of these classes itself when the first recording starts, and keeps its threads.
        Footprint.jcmd(jdk, subject.pid(), "JFR.start", "name=first");
        Footprint.jcmd(jdk, subject.pid(), "JFR.stop", "name=first");
        awaitAnswers(load);
        Footprint before = Footprint.of(jdk, subject.pid(), folder.resolve("before"));

        Path recording = folder.resolve("run.jfr");
        String pid = Long.toString(subject.pid());
        long first = load.received();
        Cli record = Cli.start(folder, "record", pid, "--duration", "1h", "--output", recording.toString());
        await().atMost(PATIENCE)
                .until(() ->
                        STALL.matcher(record.err()).find() || !record.process().isAlive());
        Matcher told = STALL.matcher(record.err());
        assertThat(told.find()).as(record.err()).isTrue();
        long begun = load.received();
        Clients.Counts work = subject.work();
        awaitAnswers(load);
        long ending = load.received();
        Cli detach = Cli.run(folder, "detach", pid);
        assertThat(detach.code()).as(detach.err()).isZero();
        assertThat(record.code()).as(record.err()).isZero();
        long last = load.received();

        Ledger ledger = Ledger.of(recording);
        long others = checkBytes(subject, work, ledger);
        assertThat(others)
                .as(
                        "bytes to all other clients, who got at least what came between the first and the last moment of the"
                                + " recording")
                .isBetween(ending - begun - load.underway(), last - first + load.underway());
        subject.check(ledger);
        checkHooks(ledger);
        assertThat(record.out()).as(record.err()).contains("sendfile");
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s ms | %,d | %,d | %s |%n",
                name,
                jdk,
                told.group(2),
                into("socket", ledger),
                work.received(),
                paths(ledger));

        awaitAnswers(load);
        checkGone(before, subject, jdk, folder);
        subject.end();
    }

    private static void awaitAnswers(Load load) {
        long now = load.answers();
        await().atMost(PATIENCE).until(() -> load.answers() > now + SOME);
    }

    /** The work's bytes are those on the wire; gives what others were sent. */
    private static long checkBytes(Subject subject, Clients.Counts work, Ledger ledger) {
        long left = ledger.moved(subject.listener(), "write");
        assertThat(left).as("bytes that the work's clients got").isEqualTo(work.received());
        assertThat(ledger.moved(subject.listener(), "read"))
                .as("bytes that the work's clients sent")
                .isEqualTo(work.sent());
        assertThat(ledger.routes(route -> route.sink().equals(subject.listener())).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("sum of transfers to them")
                .isEqualTo(left);
        assertThat(into("socket", ledger))
                .as("sum of transfers into sockets")
                .isEqualTo(ledger.moved("socket", "write"));
        // All send the same body: one that is recognised by its content may be taken for that of another client.
        assertThat(from("socket", ledger))
                .as("sum of transfers from sockets")
                .isBetween(
                        ledger.moved("socket", "read"), ledger.moved("socket", "read") + ledger.moved("file", "write"));
        return ledger.moved("socket", "write") - left;
    }

    private static long into(String sink, Ledger ledger) {
        return ledger.profile().transfers().stream()
                .filter(transfer -> transfer.sink().equals(sink))
                .mapToLong(Transfer::bytes)
                .sum();
    }

    private static long from(String source, Ledger ledger) {
        return ledger.profile().transfers().stream()
                .filter(transfer -> transfer.source().equals(source))
                .mapToLong(Transfer::bytes)
                .sum();
    }

    /** The paths by which bytes came into sockets, the widest first. */
    private static String paths(Ledger ledger) {
        Map<String, Long> bytes = new TreeMap<>();
        ledger.profile().transfers().stream()
                .filter(transfer ->
                        transfer.sink().equals("socket") || transfer.source().equals("socket"))
                .forEach(transfer -> bytes.merge(
                        transfer.source() + " to " + transfer.sink() + " `" + transfer.path() + "`",
                        transfer.bytes(),
                        Long::sum));
        List<String> words = new ArrayList<>();
        bytes.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(path -> words.add(String.format(Locale.ROOT, "%s %,d", path.getKey(), path.getValue())));
        return String.join("; ", words);
    }

    /** Every hook fits, and none is on a class that the look at the woven code leaves out. */
    private static void checkHooks(Ledger ledger) {
        assertThat(ledger.profile().hooks())
                .filteredOn(hook -> !List.of("applied", "absent", "off").contains(hook.status()))
                .isEmpty();
        assertThat(ledger.profile().hooks())
                .filteredOn(hook -> hook.status().equals("applied"))
                .isNotEmpty()
                .extracting(hook -> hook.target().replaceFirst("\\.[^.]*$", ""))
                .isSubsetOf(Bodies.CLASSES);
    }

    private static void checkGone(Footprint before, Subject subject, Jdk jdk, Path folder) throws Exception {
        Footprint after = Footprint.of(jdk, subject.pid(), folder.resolve("after"));
        assertThat(after.code()).as("code of the methods that were woven").isEqualTo(before.code());
        TreeSet<String> threads = new TreeSet<>(after.threads());
        threads.removeAll(before.threads());
        assertThat(threads).isSubsetOf(OF_THE_JDK);
        // The clients of the work are gone, their sockets may not be yet.
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                Footprint.more(before.descriptors(), Footprint.descriptors(subject.pid()))
                                        .entrySet())
                        .allMatch(more -> more.getValue() == 1 && isJarOfClassPath(more.getKey()), "a jar, once"));
    }

    /** The class path keeps the agent's jar open, and those of the test that looked at the classes. */
    private static boolean isJarOfClassPath(String file) {
        return file.matches(".*/iopath-agent[^/]*\\.jar( \\(deleted\\))?|.*/bodies\\.jar");
    }
}
