package iopath.servers;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Kafka's own clients, which know what each record has to be. */
final class Kafka {

    static final int RECORD_BYTES = 1000;

    /** Bytes of one answer to a fetch, about. */
    static final int FETCH_BYTES = 1 << 20;

    private static final int TIMEOUT_SECONDS = 120;
    private static final Duration POLL = Duration.ofMillis(200);
    private static final byte[] NOISE = new byte[1 << 20];

    /** Kept, as the logging would forget its level. */
    private static final Logger LOGGER = Logger.getLogger("org.apache.kafka");

    static {
        LOGGER.setLevel(Level.SEVERE);
        new Random(7).nextBytes(NOISE);
    }

    private Kafka() {}

    /** The record with a number: no two are alike. */
    static byte[] record(long number) {
        byte[] bytes = new byte[RECORD_BYTES];
        System.arraycopy(NOISE, (int) (number * 997 % (NOISE.length - RECORD_BYTES)), bytes, 0, RECORD_BYTES);
        ByteBuffer.wrap(bytes).putLong(number);
        return bytes;
    }

    /** Makes topics of one partition, each led by broker 1, as soon as the brokers are there. */
    static void createTopics(String server, int replicas, String... names) throws Exception {
        try (Admin admin = Admin.create(settings(server, null))) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
            while (admin.describeCluster()
                            .nodes()
                            .get(TIMEOUT_SECONDS, TimeUnit.SECONDS)
                            .size()
                    < replicas) {
                if (System.nanoTime() > deadline) {
                    throw new AssertionError("the brokers do not find each other");
                }
            }
            List<NewTopic> topics = new ArrayList<>();
            for (String name : names) {
                topics.add(new NewTopic(name, Map.of(0, replicas == 1 ? List.of(1) : List.of(1, 2))));
            }
            admin.createTopics(topics).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Sends records 0 to {@code count}, and waits until all replicas have them. */
    static void produce(String server, @Nullable Path trust, String topic, int count)
            throws InterruptedException, ExecutionException, TimeoutException {
        try (KafkaProducer<byte[], byte[]> producer = producer(server, trust)) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                sent.add(producer.send(new ProducerRecord<>(topic, record(i))));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    /** Gets records 0 to {@code count}, and looks at each byte. */
    static void consume(String server, @Nullable Path trust, String topic, int count) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(server, trust)) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            consume(consumer, 0, count);
        }
    }

    /** The next records, which have to be those from {@code next} to {@code end}. */
    static void consume(KafkaConsumer<byte[], byte[]> consumer, int next, int end) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(TIMEOUT_SECONDS);
        int expected = next;
        while (expected < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() != expected || !Arrays.equals(record.value(), record(expected))) {
                    throw new AssertionError("record " + record.offset() + " is not record " + expected);
                }
                expected++;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("got " + expected + " records of " + end);
            }
        }
    }

    static KafkaProducer<byte[], byte[]> producer(String server, @Nullable Path trust) {
        Map<String, Object> settings = settings(server, trust);
        settings.put("acks", "all");
        settings.put("linger.ms", 5);
        settings.put("buffer.memory", 64L << 20);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static KafkaConsumer<byte[], byte[]> consumer(String server, @Nullable Path trust) {
        Map<String, Object> settings = settings(server, trust);
        settings.put("enable.auto.commit", false);
        settings.put("fetch.max.bytes", FETCH_BYTES);
        settings.put("max.partition.fetch.bytes", FETCH_BYTES);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static Map<String, Object> settings(String server, @Nullable Path trust) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", server);
        if (trust != null) {
            settings.put("security.protocol", "SSL");
            settings.put("ssl.truststore.type", "PKCS12");
            settings.put("ssl.truststore.location", trust.toString());
            settings.put("ssl.truststore.password", Setup.PASSWORD);
            settings.put("ssl.endpoint.identification.algorithm", "");
        }
        return settings;
    }
}
