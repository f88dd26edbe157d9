package iopath.demo.kafka;

import iopath.demo.ChildJvm;
import iopath.demo.SelfSigned;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sends the same records through a real Kafka broker by each way it has, to compare how their bytes travelled. */
public final class KafkaDemo {
    private static final String TOPIC = "records";
    private static final String WARM_UP_TOPIC = "warm-up";

    /** Enough for the broker's code to be loaded, mostly compiled; the phases should not measure that. */
    private static final long WARM_UP_RECORDS = 100_000;

    private final Options options;
    private final Path directory;
    private final Path traceFile;
    private final long records;

    private KafkaDemo(Options options, Path directory) {
        this.options = options;
        this.directory = directory;
        traceFile = directory.resolve("strace.txt");
        records = options.bytes() / Clients.RECORD_BYTES;
    }

    /** What a client does in one phase; the answer is its throughput in bytes per second. */
    private interface Work {
        double run() throws IOException, InterruptedException, DemoException;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("iopath-demo: " + e.getMessage() + "; " + Options.USAGE);
            return 2;
        }
        try {
            return inDirectory(options);
        } catch (DemoException e) {
            System.err.println("iopath-demo: " + e.getMessage());
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            System.err.println("iopath-demo: kafka failed: " + e);
        } catch (InterruptedException e) {
            System.err.println("iopath-demo: interrupted");
        }
        return 1;
    }

    /** Logs with recordings stay in a directory that was asked for; the broker's data never stays. */
    private static int inDirectory(Options options) throws IOException, InterruptedException, DemoException {
        Path wanted = options.directory();
        Path directory = wanted == null ? Files.createTempDirectory("iopath-kafka") : Files.createDirectories(wanted);
        delete(Broker.data(directory));
        Path passing = wanted == null ? directory : Broker.data(directory);
        try (Children children = new Children(directory, () -> deleteIfPossible(passing))) {
            System.out.print(new KafkaDemo(options, directory).compare(children));
            return 0;
        } finally {
            // By now the processes that wrote there have ended.
            delete(passing);
        }
    }

    private String compare(Children children) throws IOException, InterruptedException, DemoException {
        String classPath = library() + File.separator + "*";
        Files.deleteIfExists(key());
        SelfSigned key = SelfSigned.create(directory);
        progress("starting a broker on Java " + System.getProperty("java.version"));
        Broker broker =
                Broker.start(children, directory, classPath, key, options.agent(), options.strace() ? traceFile : null);
        Clients clients = new Clients(children, broker, classPath, directory, key);
        clients.createTopic(WARM_UP_TOPIC);
        clients.createTopic(TOPIC);
        warmUp(clients);
        if (options.pairs() > 0) {
            progress("consuming with a recording and without, in turns");
            clients.produce(TOPIC, records);
            String answer = new Pairs(broker, clients, TOPIC, records).run(options.pairs());
            broker.stop();
            return answer;
        }
        if (options.minutes() > 0) {
            progress("producing and consuming for " + options.minutes() + " minutes");
            if (options.agent() != null) {
                broker.startBareRecording("soak");
            }
            String answer = new Soak(broker, clients, TOPIC, records).run(options.minutes());
            if (options.agent() != null) {
                long size = Files.size(broker.stopRecording("soak"));
                answer += String.format(Locale.ROOT, "recording: %,d bytes%n", size);
            }
            broker.stop();
            return answer;
        }
        // The records have to be there before they can be consumed.
        Phase produced = measure(children, broker, Phase.Kind.PRODUCE, () -> clients.produce(TOPIC, records));
        Phase plaintext =
                measure(children, broker, Phase.Kind.PLAINTEXT, () -> clients.consumePlaintext(TOPIC, records));
        Phase ssl = measure(children, broker, Phase.Kind.SSL, () -> clients.consumeSsl(TOPIC, records));
        broker.stop();
        for (String complaint : broker.complaints()) {
            progress("broker: " + complaint);
        }
        return Comparison.render(
                List.of(plaintext, ssl, produced), Runtime.getRuntime().availableProcessors());
    }

    private Path key() {
        return directory.resolve("key.p12");
    }

    private void warmUp(Clients clients) throws IOException, InterruptedException, DemoException {
        progress("warming up");
        long some = Math.min(records, WARM_UP_RECORDS);
        clients.produce(WARM_UP_TOPIC, some);
        clients.consumePlaintext(WARM_UP_TOPIC, some);
        clients.consumeSsl(WARM_UP_TOPIC, some);
    }

    private Phase measure(Children children, Broker broker, Phase.Kind kind, Work work)
            throws IOException, InterruptedException, DemoException {
        long traceStart = options.strace() ? Trace.position(traceFile) : 0;
        if (options.agent() != null) {
            broker.startRecording(kind.id());
        }
        Duration cpuBefore = broker.cpuTime();
        HostCpu hostBefore = HostCpu.now();
        long start = System.nanoTime();
        double bytesPerSecond = work.run();
        double seconds = (System.nanoTime() - start) / 1e9;
        double hostBusy = HostCpu.now().busyShareSince(hostBefore);
        double brokerSeconds = broker.cpuTime().minus(cpuBefore).toNanos() / 1e9;
        Report report = options.agent() == null ? null : report(children, kind, broker.stopRecording(kind.id()));
        Trace trace = options.strace() ? Trace.between(traceFile, traceStart, Trace.position(traceFile)) : null;
        progress(String.format(
                Locale.ROOT,
                "%s: %,d records in %.1f s, the start of the client included",
                kind.title(),
                records,
                seconds));
        return new Phase(kind, broker.logBytes(TOPIC), brokerSeconds, bytesPerSecond, hostBusy, report, trace);
    }

    private @Nullable Report report(Children children, Phase.Kind kind, Path recording)
            throws IOException, InterruptedException, DemoException {
        Path analyzer = options.analyzer();
        if (analyzer == null) {
            return null;
        }
        Path json = directory.resolve(kind.id() + ".json");
        children.run(
                "report-" + kind.id(),
                List.of(
                        ChildJvm.program("java").toString(),
                        "-jar",
                        analyzer.toString(),
                        "report",
                        "--format",
                        "json",
                        "--output",
                        json.toString(),
                        recording.toString()));
        return Report.parse(Files.readString(json));
    }

    /** Kafka lies beside this program's jar, or beside its classes. */
    private static Path library() throws DemoException {
        Path self;
        try {
            self = Path.of(KafkaDemo.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new DemoException("cannot tell where this program lies: " + e.getMessage());
        }
        Path library = self.resolveSibling("kafka-lib");
        if (!Files.isDirectory(library)) {
            throw new DemoException("no " + library + ": run mvn -q -Pkafka -pl demo-apps package");
        }
        return library;
    }

    private static void delete(Path directory) throws IOException {
        if (Files.exists(directory)) {
            try (Stream<Path> paths = Files.walk(directory)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    /** For the way out, where nobody is left to hear of a failure. */
    private static void deleteIfPossible(Path directory) {
        try {
            delete(directory);
        } catch (IOException | UncheckedIOException e) {
            progress("iopath-demo: could not delete " + directory + ": " + e);
        }
    }

    private static void progress(String text) {
        System.err.println(text);
    }
}
