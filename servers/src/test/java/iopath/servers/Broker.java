package iopath.servers;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Jdks.Jdk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Kafka broker in a JVM of its own; each of its listeners for others is behind a tap. */
final class Broker implements AutoCloseable {

    private static final String CLUSTER = "iopath-servers-test-0A";
    private static final int TIMEOUT_SECONDS = 120;
    private static final int TERMINATED = 143;

    /** What a listener is for. */
    enum Listener {
        /** Clients that keep it busy. */
        LOAD,
        /** Clients whose bytes are counted. */
        PLAIN,
        /** The same, with TLS. */
        SECRET,
        /** Other brokers. */
        REPLICA
    }

    private final Path folder;
    private final Process process;
    private final Map<Listener, Integer> ports;
    private final Map<Listener, Tap> taps;

    private Broker(Path folder, Process process, Map<Listener, Integer> ports, Map<Listener, Tap> taps) {
        this.folder = folder;
        this.process = process;
        this.ports = ports;
        this.taps = taps;
    }

    /**
     * How one is started.
     *
     * @param folder a new one, for all its files
     * @param keys the key store for TLS
     * @param id its number; 1 is the controller of all
     * @param controller port of the controller
     * @param prefix what starts the JVM, such as strace; may be empty
     * @param options for the JVM
     */
    record Plan(Jdk jdk, Path folder, Path keys, int id, int controller, List<String> prefix, List<String> options) {}

    /** Starts one; it is ready when its clients say so. */
    static Broker start(Plan plan) throws IOException, InterruptedException {
        Map<Listener, Integer> ports = new TreeMap<>();
        Map<Listener, Tap> taps = new TreeMap<>();
        List<Integer> free = freePorts(Listener.values().length);
        for (Listener listener : Listener.values()) {
            int port = free.get(listener.ordinal());
            ports.put(listener, port);
            taps.put(listener, Tap.before(port));
        }
        Path settings = Files.writeString(plan.folder().resolve("server.properties"), settings(plan, ports, taps));
        Process format = run(
                plan,
                List.of(),
                List.of("kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", settings.toString()),
                "format");
        if (format.waitFor() != 0) {
            throw new AssertionError(Files.readString(plan.folder().resolve("format")));
        }
        List<String> options = new ArrayList<>(List.of("-Xms256m", "-Xmx512m", "-XX:+UseG1GC"));
        options.addAll(plan.options());
        Process process = run(plan, options, List.of("kafka.Kafka", settings.toString()), "stderr");
        return new Broker(plan.folder(), process, ports, taps);
    }

    private static Process run(Plan plan, List<String> options, List<String> main, String errors) throws IOException {
        boolean server = errors.equals("stderr");
        List<String> command = new ArrayList<>(server ? plan.prefix() : List.of());
        command.add(plan.jdk().tool("java"));
        command.addAll(ServerJvm.quiet(plan.jdk()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(main);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder.redirectErrorStream(true)
                .redirectOutput(plan.folder().resolve(errors).toFile())
                .start();
    }

    private static String settings(Plan plan, Map<Listener, Integer> ports, Map<Listener, Tap> taps) {
        boolean controls = plan.id() == 1;
        String own = ports.entrySet().stream()
                .map(entry -> entry.getKey() + "://127.0.0.1:" + entry.getValue())
                .collect(Collectors.joining(","));
        String advertised = taps.entrySet().stream()
                .map(entry ->
                        entry.getKey() + "://127.0.0.1:" + entry.getValue().port())
                .collect(Collectors.joining(","));
        return String.format(
                Locale.ROOT,
                """
                process.roles=%s
                node.id=%d
                controller.quorum.voters=1@127.0.0.1:%d
                listeners=%s%s
                advertised.listeners=%s
                listener.security.protocol.map=LOAD:PLAINTEXT,PLAIN:PLAINTEXT,SECRET:SSL,REPLICA:PLAINTEXT,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=REPLICA
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%s
                ssl.keystore.password=%s
                ssl.key.password=%s
                ssl.client.auth=none
                log.dirs=%s
                num.partitions=1
                auto.create.topics.enable=false
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                group.initial.rebalance.delay.ms=0
                """,
                controls ? "broker,controller" : "broker",
                plan.id(),
                plan.controller(),
                own,
                controls ? ",CONTROLLER://127.0.0.1:" + plan.controller() : "",
                advertised,
                plan.keys(),
                Setup.PASSWORD,
                Setup.PASSWORD,
                plan.folder().resolve("data"));
    }

    /** Kafka has to know its ports before it opens them, in what it advertises. */
    static List<Integer> freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    /** Process id of its JVM, which may be the child of its tracer. */
    long pid() {
        return process.children().findFirst().orElse(process.toHandle()).pid();
    }

    /** Where it listens, behind the tap. */
    int port(Listener listener) {
        return Objects.requireNonNull(ports.get(listener));
    }

    Tap tap(Listener listener) {
        return Objects.requireNonNull(taps.get(listener));
    }

    /** Where clients connect to. */
    String address(Listener listener) {
        return "127.0.0.1:" + tap(listener).port();
    }

    /** The one segment of a topic's log. */
    Path log(String topic) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data").resolve(topic + "-0"))) {
            List<Path> logs =
                    files.filter(file -> file.toString().endsWith(".log")).toList();
            assertThat(logs).as("segments of " + topic).hasSize(1);
            return logs.get(0);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it in good order. */
    void end() throws IOException, InterruptedException {
        ProcessHandle.of(pid()).ifPresent(ProcessHandle::destroy);
        assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                .as("it ends")
                .isTrue();
        assertThat(process.exitValue()).as(log()).isEqualTo(TERMINATED);
        assertThat(log().lines().filter(line -> line.startsWith("SEVERE")))
                .as(log())
                .isEmpty();
    }

    /** What it has said. */
    String log() throws IOException {
        return Files.readString(folder.resolve("stderr"), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // Its JVM first: a tracer that is killed lets go of it.
        for (ProcessHandle handle : Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList()) {
            handle.destroyForcibly();
        }
        taps.values().forEach(Tap::close);
    }

    @Override
    public String toString() {
        return "broker with " + Arrays.toString(ports.values().toArray());
    }
}
