package iopath.demo.kafka;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a broker keeps after it has worked for long: records are produced and consumed again and again, by new clients
 * each time, and now and then all garbage is collected and what is left is read off.
 */
final class Soak {

    private static final long SECOND = 1_000_000_000;
    private static final long MINUTE = 60 * SECOND;

    private final Broker broker;
    private final Clients clients;
    private final String topic;
    private final long records;

    Soak(Broker broker, Clients clients, String topic, long records) {
        this.broker = broker;
        this.clients = clients;
        this.topic = topic;
        this.records = records;
    }

    /** What was left after some time. */
    private record Reading(double minutes, long produced, Broker.Memory memory) {}

    /** Runs for {@code minutes} at least; the answer is a text for people. */
    String run(int minutes) throws IOException, InterruptedException, DemoException {
        List<Reading> readings = new ArrayList<>();
        long begin = System.nanoTime();
        long next = begin;
        long produced = 0;
        while (true) {
            long now = System.nanoTime();
            if (now >= next) {
                readings.add(new Reading((double) (now - begin) / MINUTE, produced, broker.memory()));
                next += MINUTE;
                if (now - begin >= minutes * MINUTE) {
                    return text(readings);
                }
            }
            clients.produce(topic, records);
            // From its beginning: the work stays the same while the topic grows.
            clients.consumePlaintext(topic, records);
            clients.consumeSsl(topic, records);
            produced += records;
        }
    }

    private static String text(List<Reading> readings) {
        StringBuilder text = new StringBuilder(
                String.format("| minute | produced, and consumed twice, MB | heap in use, KB | metaspace, KB |%n"));
        text.append(String.format("|---:|---:|---:|---:|%n"));
        for (Reading reading : readings) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %.1f | %,d | %,d | %,d |%n",
                    reading.minutes(),
                    reading.produced() * Clients.RECORD_BYTES / 1_000_000,
                    reading.memory().heap() / 1000,
                    reading.memory().metaspace() / 1000));
        }
        return text.toString();
    }
}
