package iopath.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.Route;
import iopath.it.Artefacts;
import iopath.it.Jdks.Jdk;
import iopath.servers.Broker.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A Kafka broker: its topics are read and written all the time, and others, when it is time, by a listener of their own. */
final class KafkaSubject implements Subject {

    private static final int BUSY_RECORDS = 10_000;
    private static final int WORK_RECORDS = 30_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Broker broker;
    private final KafkaLoad load;

    private KafkaSubject(Broker broker, KafkaLoad load) {
        this.broker = broker;
        this.load = load;
    }

    static KafkaSubject start(Jdk jdk, Path folder) throws Exception {
        Path keys = folder.resolve("key.p12");
        Files.write(keys, Base64.getDecoder().decode(Artefacts.key()));
        int controller = Broker.freePorts(1).get(0);
        Broker broker = Broker.start(new Broker.Plan(jdk, folder, keys, 1, controller, List.of(), List.of()));
        try {
            String server = broker.address(Listener.LOAD);
            Kafka.createTopics(server, 1, "busy", "busy-too", "read", "written");
            Kafka.produce(server, null, "busy", BUSY_RECORDS);
            Kafka.produce(server, null, "read", WORK_RECORDS);
            return new KafkaSubject(broker, new KafkaLoad(server, "busy", BUSY_RECORDS, "busy-too"));
        } catch (Exception | AssertionError e) {
            broker.close();
            throw new AssertionError(e + "\n" + broker.log(), e);
        }
    }

    @Override
    public long pid() {
        return broker.pid();
    }

    @Override
    public Load load() {
        return load;
    }

    @Override
    public Clients.Counts work() throws Exception {
        String server = broker.address(Listener.PLAIN);
        Kafka.consume(server, null, "read", WORK_RECORDS);
        Kafka.produce(server, null, "written", WORK_RECORDS);
        Tap tap = broker.tap(Listener.PLAIN);
        await().atMost(PATIENCE).until(() -> tap.open() == 0);
        return tap.counts();
    }

    @Override
    public Endpoint listener() {
        return new Endpoint("socket", "127.0.0.1:" + broker.port(Listener.PLAIN));
    }

    @Override
    public void check(Ledger ledger) throws IOException {
        Path read = broker.log("read");
        Map<Route, Long> left = ledger.routes(route ->
                read.toString().equals(route.source().name()) && route.sink().equals(listener()));
        assertThat(left.keySet()).extracting(Route::path).containsOnly("sendfile");
        long sent = left.values().stream().mapToLong(Long::longValue).sum();
        // A fetch ends in the middle of a batch, whose records come again with the next.
        assertThat(sent).as("the topic that was read").isBetween(Files.size(read), Files.size(read) * 5 / 4);
        Path written = broker.log("written");
        assertThat(ledger.moved(written, "write"))
                .as("the topic that was written")
                .isEqualTo(Files.size(written));
        assertThat(ledger.routes(route -> written.toString().equals(route.sink().name()))
                        .keySet())
                .extracting(Route::path)
                .containsOnly("heap");
    }

    @Override
    public void end() throws Exception {
        load.end();
        broker.end();
    }

    @Override
    public void close() {
        broker.close();
    }
}
