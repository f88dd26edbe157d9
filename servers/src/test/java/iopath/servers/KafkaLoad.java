package iopath.servers;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** A consumer that reads a topic from its beginning over and over, and a producer that waits for each answer. */
final class KafkaLoad implements Load {

    private static final int TIMEOUT_SECONDS = 120;

    /** What a broker that is its own controller tells itself, in the time of a recording. */
    private static final long MONOLOGUE = 2 << 20;

    private final AtomicLong answers = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<Future<?>> clients;
    private volatile boolean over;

    /** Starts them; {@code count} records are in the one topic. */
    KafkaLoad(String server, String topic, int count, String target) {
        consumer = Kafka.consumer(server, null);
        producer = Kafka.producer(server, null);
        clients = List.of(threads.submit(() -> consume(topic, count)), threads.submit(() -> produce(target)));
    }

    private void consume(String topic, int count) {
        try {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            while (!over) {
                consumer.seekToBeginning(List.of(partition));
                Kafka.consume(consumer, 0, count);
                answers.incrementAndGet();
            }
        } catch (RuntimeException | AssertionError e) {
            failure.compareAndSet(null, e);
        }
    }

    private void produce(String target) {
        try {
            for (int i = 0; !over; i++) {
                producer.send(new ProducerRecord<>(target, Kafka.record(i))).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
                answers.incrementAndGet();
            }
        } catch (Exception e) {
            failure.compareAndSet(null, e);
        }
    }

    @Override
    public long answers() {
        Throwable e = failure.get();
        if (e != null) {
            throw new AssertionError("a request failed after " + answers + " right answers", e);
        }
        return answers.get();
    }

    /** As the clients count it, at their sockets. */
    @Override
    public long received() {
        return incoming(consumer.metrics()) + incoming(producer.metrics());
    }

    private static long incoming(Map<MetricName, ? extends Metric> metrics) {
        return metrics.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals("incoming-byte-total")
                        && List.of("consumer-metrics", "producer-metrics")
                                .contains(entry.getKey().group()))
                .mapToLong(entry -> ((Number) entry.getValue().metricValue()).longValue())
                .sum();
    }

    /** One fetch for now and one ahead. */
    @Override
    public long underway() {
        return 3L * Kafka.FETCH_BYTES + MONOLOGUE;
    }

    @Override
    public void end() throws Exception {
        over = true;
        for (Future<?> client : clients) {
            client.get();
        }
        threads.shutdown();
        consumer.close();
        producer.close();
        answers();
    }
}
