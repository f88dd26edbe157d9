package iopath.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.Route;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Transfer;
import iopath.it.Artefacts;
import iopath.it.Jdks;
import iopath.it.Jdks.Jdk;
import iopath.it.Missing;
import iopath.it.Strace;
import iopath.it.Syscalls;
import iopath.servers.Broker.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/**
 * Two brokers, of which one follows the other, under strace and the agent: the report must say exactly what the kernel
 * saw leave and come in, and docs/servers.md what the report says.
 */
@EnabledIf("isTraceable")
class KafkaIT {

    private static final Jdk JDK = Jdks.wanted(Integer.getInteger("iopath.it.jdk"));
    private static final int PLAIN_RECORDS = 20_000;
    private static final int SECRET_RECORDS = 5_000;

    /** JFR ends the recording when the broker is told to stop; what brokers then say to each other is in no recording. */
    private static final long LAST_WORDS = 16 << 10;

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private static final String FILE_TO_SOCKET = "nothing to gain";
    private static final String PLAIN = "a listener without TLS, where the network is trusted";
    private static final String BATCHES =
            "nothing: a broker looks into each batch; `batch.size` and `linger.ms` of producers make batches larger";

    static boolean isTraceable() {
        if (!Strace.isThere()) {
            Missing.say("no strace here: apt-get install strace");
        }
        return Strace.isThere();
    }

    @Test
    void aLeaderAndItsFollowerMoveBytesAsThePageSays() throws Exception {
        Path folder = Files.createTempDirectory(Artefacts.workFolder(), "kafka");
        Path keys = folder.resolve("key.p12");
        Files.write(keys, Base64.getDecoder().decode(Artefacts.key()));
        int controller = Broker.freePorts(1).get(0);
        try (Broker leader = start(folder.resolve("leader"), keys, 1, controller);
                Broker follower = start(folder.resolve("follower"), keys, 2, controller)) {
            try {
                work(leader, keys);
            } catch (Exception | AssertionError e) {
                throw new AssertionError(e + "\n" + leader.log() + "\n" + follower.log(), e);
            }
            follower.end();
            leader.end();
            Ledger led = ledger(folder.resolve("leader"));
            Ledger followed = ledger(folder.resolve("follower"));
            checkSockets(folder.resolve("leader"), led);
            checkSockets(folder.resolve("follower"), followed);
            checkWire(leader, led);
            checkLogs(leader, led);
            checkLogs(follower, followed);
            checkFix(led, "tls", "listener.security.protocol.map");
            checkFix(led, "no-jdk-path", "batch.size");
            checkFix(followed, "no-jdk-path", "batch.size");
            assertThat(follower.log("plain")).hasSameBinaryContentAs(leader.log("plain"));
            checkPage(leader, led, follower, followed);
        }
        Served.delete(folder);
    }

    private static Broker start(Path folder, Path keys, int id, int controller) throws Exception {
        Files.createDirectory(folder);
        List<String> strace = List.of(
                "strace",
                "-f",
                "--seccomp-bpf",
                "-y",
                "-s",
                "0",
                "-e",
                "signal=none",
                "-e",
                "trace=" + Syscalls.TRACED,
                "-o",
                folder.resolve("trace").toString());
        String agent = "-javaagent:" + Artefacts.agent() + "=quiet,content=0,record=" + folder.resolve("run.jfr");
        return Broker.start(new Broker.Plan(JDK, folder, keys, id, controller, strace, List.of(agent)));
    }

    private static void work(Broker leader, Path keys) throws Exception {
        String plain = leader.address(Listener.PLAIN);
        String secret = leader.address(Listener.SECRET);
        Kafka.createTopics(plain, 2, "plain", "secret");
        Kafka.produce(plain, null, "plain", PLAIN_RECORDS);
        Kafka.produce(secret, keys, "secret", SECRET_RECORDS);
        Kafka.consume(plain, null, "plain", PLAIN_RECORDS);
        Kafka.consume(secret, keys, "secret", SECRET_RECORDS);
        await().atMost(PATIENCE)
                .until(() -> leader.tap(Listener.PLAIN).open()
                                + leader.tap(Listener.SECRET).open()
                        == 0);
    }

    private static Ledger ledger(Path folder) throws Exception {
        return Ledger.of(folder.resolve("run.jfr"));
    }

    private static void checkSockets(Path folder, Ledger ledger) throws IOException {
        Syscalls syscalls = Syscalls.of(folder.resolve("trace"), JDK.root(), path -> path.startsWith(folder + "/"));
        for (String direction : List.of("write", "read")) {
            long kernel = bytes(syscalls, direction);
            assertThat(ledger.moved("socket", direction)).as(direction).isBetween(kernel - LAST_WORDS, kernel);
        }
        assertThat(ledger.profile().transfers().stream()
                        .filter(transfer -> transfer.sink().equals("socket"))
                        .mapToLong(Transfer::bytes)
                        .sum())
                .as("sum of transfers into sockets")
                .isEqualTo(ledger.moved("socket", "write"));
    }

    private static long bytes(Syscalls syscalls, String direction) {
        return syscalls.flows().entrySet().stream()
                .filter(flow -> flow.getKey().endpoint().equals("socket")
                        && flow.getKey().direction().equals(direction))
                .mapToLong(flow -> flow.getValue().bytes())
                .sum();
    }

    /** All who were connected here have gone before the recording's end, the follower too. */
    private static void checkWire(Broker leader, Ledger ledger) {
        for (Listener listener : List.of(Listener.PLAIN, Listener.SECRET, Listener.REPLICA)) {
            Clients.Counts wire = leader.tap(listener).counts();
            Endpoint socket = socket(leader.port(listener));
            assertThat(ledger.moved(socket, "write"))
                    .as("bytes from " + listener)
                    .isEqualTo(wire.received());
            assertThat(ledger.moved(socket, "read")).as("bytes to " + listener).isEqualTo(wire.sent());
        }
    }

    /** Each byte of a log was written once. */
    private static void checkLogs(Broker broker, Ledger ledger) throws IOException {
        for (String topic : List.of("plain", "secret")) {
            assertThat(ledger.moved(broker.log(topic), "write")).as(topic).isEqualTo(Files.size(broker.log(topic)));
        }
    }

    private static void checkPage(Broker leader, Ledger led, Broker follower, Ledger followed) throws IOException {
        Path plain = leader.log("plain");
        Path secret = leader.log("secret");
        Path copy = follower.log("plain");
        Endpoint replica = socket(leader.tap(Listener.REPLICA).port());
        List<String> rows = List.of(
                row("answers fetches, PLAINTEXT", led, sent(plain, leader, Listener.PLAIN), plain, FILE_TO_SOCKET),
                row("answers fetches, SSL", led, sent(secret, leader, Listener.SECRET), secret, PLAIN),
                row("answers fetches of a follower", led, sent(plain, leader, Listener.REPLICA), plain, FILE_TO_SOCKET),
                row("takes records, PLAINTEXT", led, kept(leader, Listener.PLAIN, plain), plain, BATCHES),
                row("takes records, SSL", led, kept(leader, Listener.SECRET, secret), secret, BATCHES),
                row(
                        "follows another broker",
                        followed,
                        route -> route.source().equals(replica) && is(route.sink(), copy),
                        copy,
                        BATCHES));
        Path folder = Artefacts.workFolder();
        Path page = folder.resolve("../../../docs/servers.md").normalize();
        Path made = folder.resolve("../servers.md").normalize();
        Files.writeString(made, Page.KAFKA.with(page, rows));
        assertThat(Page.KAFKA.rows(page))
                .as(page + ", of which a new one is " + made)
                .isEqualTo(rows);
    }

    private static void checkFix(Ledger ledger, String code, String setting) {
        assertThat(ledger.profile().findings())
                .filteredOn(finding -> finding.code().equals(code))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.fix()).contains(setting));
    }

    private static Predicate<Route> sent(Path log, Broker broker, Listener listener) {
        Endpoint socket = socket(broker.port(listener));
        return route -> is(route.source(), log) && route.sink().equals(socket);
    }

    private static Predicate<Route> kept(Broker broker, Listener listener, Path log) {
        Endpoint socket = socket(broker.port(listener));
        return route -> (route.source().equals(socket) || route.source().isMemory()) && is(route.sink(), log);
    }

    private static boolean is(Endpoint endpoint, Path file) {
        return Objects.equals(endpoint.name(), file.toString());
    }

    private static Endpoint socket(int port) {
        return new Endpoint("socket", "127.0.0.1:" + port);
    }

    private static String row(String what, Ledger ledger, Predicate<Route> wanted, Path log, String setting)
            throws IOException {
        Map<Route, Long> routes = ledger.routes(wanted);
        String path = String.join("; ", Conduct.labels(routes, Files.size(log)));
        String findings = ledger.profile().findings().stream()
                .filter(finding -> finding.severity() == Finding.Severity.WARNING)
                .map(Finding::code)
                .filter(code -> path.contains("(" + code))
                .sorted()
                .distinct()
                .map(code -> "`" + code + "`")
                .collect(Collectors.joining(", "));
        return "| Kafka 4.3 | " + what + " | " + path + " | " + (findings.isEmpty() ? "-" : findings) + " | " + setting
                + " |";
    }
}
