package iopath.demo.kafka;

import iopath.demo.ChildJvm;
import iopath.demo.SelfSigned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Kafka's own command-line tools, each run in a process of its own. */
final class Clients {
    static final int RECORD_BYTES = 1000;

    /** Kafka's tools say MB where they mean MiB. */
    private static final double TOOL_MB = 1024 * 1024;

    private static final Pattern PRODUCED =
            Pattern.compile("(\\d+) records sent, ([0-9.]+) records/sec \\(([0-9.]+) MB/sec\\)");

    private static final String TIMEOUT_MILLIS = "120000";

    private final Children children;
    private final Broker broker;
    private final String classPath;
    private final Path plaintext;
    private final Path ssl;

    Clients(Children children, Broker broker, String classPath, Path directory, SelfSigned key) throws IOException {
        this.children = children;
        this.broker = broker;
        this.classPath = classPath;
        plaintext = directory.resolve("consumer-plaintext.properties");
        ssl = directory.resolve("consumer-ssl.properties");
        Files.writeString(plaintext, "security.protocol=PLAINTEXT\n");
        Files.writeString(ssl, """
                security.protocol=SSL
                ssl.truststore.type=PEM
                ssl.truststore.location=%s
                ssl.endpoint.identification.algorithm=
                """.formatted(key.exportCertificate(directory.resolve("certificate.pem"))));
    }

    /** Waits for a broker that is starting, for a minute at most. */
    void createTopic(String topic) throws IOException, InterruptedException, DemoException {
        tool(
                "create-topic",
                "org.apache.kafka.tools.TopicCommand",
                "--create",
                "--topic",
                topic,
                "--partitions",
                "1",
                "--replication-factor",
                "1",
                "--bootstrap-server",
                broker.plaintext());
    }

    /** The answer is the throughput that the tool saw, in bytes per second. */
    double produce(String topic, long records) throws IOException, InterruptedException, DemoException {
        String output = tool(
                "produce",
                "org.apache.kafka.tools.ProducerPerformance",
                "--bootstrap-server",
                broker.plaintext(),
                "--topic",
                topic,
                "--num-records",
                Long.toString(records),
                "--record-size",
                Integer.toString(RECORD_BYTES),
                "--throughput",
                "-1",
                "--command-property",
                "batch.size=65536",
                "linger.ms=5",
                "acks=1");
        Matcher matcher = PRODUCED.matcher(output);
        double bytesPerSecond = -1;
        while (matcher.find()) {
            // Progress lines look alike; the last line is about the whole run.
            bytesPerSecond = Long.parseLong(matcher.group(1)) == records
                    ? Double.parseDouble(matcher.group(3)) * TOOL_MB
                    : bytesPerSecond;
        }
        if (bytesPerSecond < 0) {
            throw children.failed("produce", "did not send all records");
        }
        return bytesPerSecond;
    }

    double consumePlaintext(String topic, long records) throws IOException, InterruptedException, DemoException {
        return consume("consume-plaintext", broker.plaintext(), plaintext, topic, records);
    }

    double consumeSsl(String topic, long records) throws IOException, InterruptedException, DemoException {
        return consume("consume-ssl", broker.ssl(), ssl, topic, records);
    }

    private double consume(String name, String server, Path settings, String topic, long records)
            throws IOException, InterruptedException, DemoException {
        String output = tool(
                name,
                "org.apache.kafka.tools.ConsumerPerformance",
                "--bootstrap-server",
                server,
                "--command-config",
                settings.toString(),
                "--topic",
                topic,
                "--num-records",
                Long.toString(records),
                "--timeout",
                TIMEOUT_MILLIS);
        List<String> lines = output.lines().filter(line -> line.contains(", ")).toList();
        for (int i = 0; i + 1 < lines.size(); i++) {
            if (lines.get(i).startsWith("start.time,")) {
                List<String> header = List.of(lines.get(i).split(", "));
                List<String> row = List.of(lines.get(i + 1).split(", "));
                if (Long.parseLong(row.get(header.indexOf("data.consumed.in.nMsg"))) >= records) {
                    return Double.parseDouble(row.get(header.indexOf("fetch.MB.sec"))) * TOOL_MB;
                }
            }
        }
        throw children.failed(name, "did not get all records");
    }

    private String tool(String name, String main, String... arguments)
            throws IOException, InterruptedException, DemoException {
        List<String> command = new ArrayList<>();
        command.add(ChildJvm.program("java").toString());
        command.addAll(List.of("-Xmx512m", "-cp", classPath, main));
        command.addAll(List.of(arguments));
        return children.run(name, command, broker);
    }
}
