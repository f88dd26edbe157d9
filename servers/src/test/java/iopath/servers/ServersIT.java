package iopath.servers;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Transfer;
import iopath.it.Artefacts;
import iopath.it.Missing;
import iopath.it.Strace;
import iopath.it.Syscalls;
import iopath.it.Syscalls.Flow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each server once, with 64 clients at a time, under strace and the agent: the report must say exactly what the kernel
 * saw leave and come in, and docs/servers.md what the report says.
 */
class ServersIT {

    /** A part of the variants' names, to run only those. */
    private static final String ONLY = System.getProperty("iopath.it.only", "");

    private static final int AT_A_TIME = 2;

    private final Map<Variant, Conduct> conducts = new ConcurrentHashMap<>();

    @TestFactory
    List<DynamicTest> servers() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        if (!Strace.isThere()) {
            Missing.say("no strace here: apt-get install strace");
            return tests;
        }
        Path folder = Files.createTempDirectory(Artefacts.workFolder(), "servers");
        ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
        for (Variant variant : Variants.all()) {
            if (variant.name().contains(ONLY) && variant.since() <= Served.jdk()) {
                Future<?> running = pool.submit(() -> {
                    check(variant, folder);
                    return null;
                });
                tests.add(DynamicTest.dynamicTest(variant.name(), () -> await(running)));
            }
        }
        pool.shutdown();
        tests.add(DynamicTest.dynamicTest("docs/servers.md", this::checkPage));
        return tests;
    }

    private static void await(Future<?> running) throws Throwable {
        try {
            running.get();
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    private void check(Variant variant, Path folder) throws Exception {
        Path own = Files.createDirectory(folder.resolve(variant.name()));
        Served served = Served.run(variant, own);
        conducts.put(variant, Conduct.of(served));
        checkSockets(variant, served);
        checkFiles(served);
        checkFix(variant, served);
        if (variant.isOfRing()) {
            checkRing(served);
        }
        Served.delete(own);
    }

    private static void checkSockets(Variant variant, Served served) {
        Ledger ledger = served.ledger();
        long received = served.clients().received();
        // Of a ring the wire alone tells.
        long left = variant.isOfRing() ? received : bytes(served.syscalls(), "socket", "write");
        assertThat(left).as("bytes that left, as the clients got them").isEqualTo(received);
        assertThat(ledger.moved("socket", "write"))
                .as("io, as the kernel saw it")
                .isEqualTo(left);
        assertThat(into("socket", ledger)).as("sum of transfers into sockets").isEqualTo(left);
        long came = ledger.moved("socket", "read");
        if (!variant.isOfRing()) {
            assertThat(came).as("io, as the kernel saw it").isEqualTo(bytes(served.syscalls(), "socket", "read"));
        }
        if (!variant.has("tls")) {
            // With TLS, nobody reads the last alert of a client that has all it wanted.
            assertThat(came)
                    .as("bytes that came, as the clients sent them")
                    .isEqualTo(served.clients().sent());
        }
    }

    /** What a ring moves belongs to no system call: had it been seen by one, it would count twice. */
    private static void checkRing(Served served) {
        assertThat(bytes(served.syscalls(), "socket", "write")).isZero();
        assertThat(bytes(served.syscalls(), "socket", "read")).isZero();
        Site site = served.site();
        assertThat(served.ledger().moved(site.largeFile(), "read"))
                .as("the large file, read once for each client")
                .isEqualTo((long) Clients.COUNT * site.large().length);
    }

    /** What is mapped is read by page faults, which no system call shows. */
    private static void checkFiles(Served served) {
        served.syscalls().files().forEach((file, bytes) -> {
            int space = file.lastIndexOf(' ');
            assertThat(served.ledger().moved(Path.of(file.substring(0, space)), file.substring(space + 1)))
                    .as(file)
                    .isGreaterThanOrEqualTo(bytes);
        });
    }

    /** Where the table names a setting that changes what is called a loop, the finding does so too. */
    private static void checkFix(Variant variant, Served served) {
        if (variant.names().isEmpty()) {
            return;
        }
        served.ledger().profile().findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARNING
                        && finding.code().equals("read-write-loop"))
                .forEach(finding -> assertThat(variant.names())
                        .as("names of which one is in '" + finding.fix() + "'")
                        .anyMatch(name -> finding.fix().contains(name)));
    }

    private static long bytes(Syscalls calls, String endpoint, String direction) {
        return calls.flows().entrySet().stream()
                .filter(flow -> is(flow.getKey(), endpoint, direction))
                .mapToLong(flow -> flow.getValue().bytes())
                .sum();
    }

    private static boolean is(Flow flow, String endpoint, String direction) {
        return flow.endpoint().equals(endpoint) && flow.direction().equals(direction);
    }

    private static long into(String sink, Ledger ledger) {
        return ledger.profile().transfers().stream()
                .filter(transfer -> transfer.sink().equals(sink))
                .mapToLong(Transfer::bytes)
                .sum();
    }

    /** The page has a row for each variant; those that have run must say what was seen. */
    private void checkPage() throws IOException {
        Path folder = Artefacts.workFolder();
        Path page = folder.resolve("../../../docs/servers.md").normalize();
        List<String> known = Page.SERVERS.rows(page);
        List<String> rows = new ArrayList<>();
        for (Variant variant : Variants.all()) {
            Conduct conduct = conducts.get(variant);
            String begin = Page.begin(variant);
            String before = known.stream()
                    .filter(row -> row.startsWith(begin))
                    .findFirst()
                    .orElse(begin);
            rows.add(conduct == null ? before : Page.row(variant, conduct));
        }
        Path made = folder.resolve("../servers.md").normalize();
        Files.writeString(made, Page.SERVERS.with(page, rows));
        assertThat(known).as(page + ", of which a new one is " + made).isEqualTo(rows);
    }
}
