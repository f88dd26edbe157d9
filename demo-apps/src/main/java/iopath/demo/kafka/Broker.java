package iopath.demo.kafka;

import iopath.demo.ChildJvm;
import iopath.demo.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One Kafka broker that is its own controller, in a process of its own. */
final class Broker {
    private static final String LOG = "broker";
    private static final long STOP_SECONDS = 60;

    /** In what jcmd says of the heap, and after it of the metaspace. */
    private static final Pattern USED = Pattern.compile("used (\\d+)K");

    private static final long KIB = 1024;

    private final Children children;
    private final Path directory;
    private final Process process;
    private final int plaintextPort;
    private final int sslPort;

    private Broker(Children children, Path directory, Process process, int plaintextPort, int sslPort) {
        this.children = children;
        this.directory = directory;
        this.process = process;
        this.plaintextPort = plaintextPort;
        this.sslPort = sslPort;
    }

    /** Formats the storage, then starts; the first client waits until the broker answers. */
    static Broker start(
            Children children,
            Path directory,
            String classPath,
            SelfSigned key,
            @Nullable Path agent,
            @Nullable Path traceFile)
            throws IOException, InterruptedException, DemoException {
        int[] ports = freePorts(3);
        Path settings = directory.resolve("server.properties");
        Files.writeString(settings, settings(directory, key, ports));
        children.run("format", command(classPath, "kafka.tools.StorageTool", settings));
        Process process = children.start(LOG, command(directory, classPath, settings, agent, traceFile));
        return new Broker(children, directory, process, ports[0], ports[1]);
    }

    private static List<String> command(String classPath, String tool, Path settings) {
        return List.of(
                ChildJvm.program("java").toString(),
                "-cp",
                classPath,
                tool,
                "format",
                "-t",
                clusterId(),
                "-c",
                settings.toString());
    }

    private static List<String> command(
            Path directory, String classPath, Path settings, @Nullable Path agent, @Nullable Path traceFile)
            throws IOException {
        List<String> command = new ArrayList<>();
        if (traceFile != null) {
            command.addAll(Trace.command(traceFile));
        }
        command.add(ChildJvm.program("java").toString());
        if (agent != null) {
            command.add("-javaagent:" + agent);
        }
        // As Kafka's own start script has it.
        command.addAll(List.of("-Xms1g", "-Xmx1g", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=20"));
        // Else a broker that has to be killed leaves its unfinished recording in the system's temporary directory.
        command.add("-XX:FlightRecorderOptions=repository=" + directory.resolve("jfr"));
        command.add("-Dlog4j2.configurationFile=" + logging(directory).toUri());
        command.addAll(List.of("-cp", classPath, "kafka.Kafka", settings.toString()));
        return command;
    }

    private static Path logging(Path directory) throws IOException {
        Path file = directory.resolve("log4j2.properties");
        Files.writeString(file, """
                appender.console.type = Console
                appender.console.name = console
                appender.console.layout.type = PatternLayout
                appender.console.layout.pattern = [%d] %p %m (%c)%n
                rootLogger.level = INFO
                rootLogger.appenderRef.console.ref = console
                """);
        return file;
    }

    private static String settings(Path directory, SelfSigned key, int[] ports) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@localhost:%3$d
                listeners=PLAINTEXT://localhost:%1$d,SSL://localhost:%2$d,CONTROLLER://localhost:%3$d
                advertised.listeners=PLAINTEXT://localhost:%1$d,SSL://localhost:%2$d
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SSL:SSL,CONTROLLER:PLAINTEXT
                controller.listener.names=CONTROLLER
                inter.broker.listener.name=PLAINTEXT
                ssl.keystore.type=PKCS12
                ssl.keystore.location=%5$s
                ssl.keystore.password=%6$s
                ssl.key.password=%6$s
                ssl.client.auth=none
                log.dirs=%4$s
                num.partitions=1
                auto.create.topics.enable=false
                offsets.topic.num.partitions=1
                offsets.topic.replication.factor=1
                group.initial.rebalance.delay.ms=0
                """.formatted(ports[0], ports[1], ports[2], data(directory), key.file(), SelfSigned.PASSWORD);
    }

    static Path data(Path directory) {
        return directory.resolve("data");
    }

    private static String clusterId() {
        UUID random = UUID.randomUUID();
        ByteBuffer bytes = ByteBuffer.allocate(16);
        bytes.putLong(random.getMostSignificantBits()).putLong(random.getLeastSignificantBits());
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
        // A leading dash would read as an option.
        return id.startsWith("-") ? clusterId() : id;
    }

    /** Kafka has to know its ports before it opens them, in what it advertises. */
    private static int[] freePorts(int count) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return held.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        } finally {
            for (ServerSocket socket : held) {
                socket.close();
            }
        }
    }

    String plaintext() {
        return "localhost:" + plaintextPort;
    }

    String ssl() {
        return "localhost:" + sslPort;
    }

    void checkAlive() throws IOException, DemoException {
        if (!process.isAlive()) {
            throw children.failed(LOG, "ended early");
        }
    }

    /** The broker's JVM: the traced one, where the process that was started is its tracer. */
    private ProcessHandle jvm() {
        return process.children().findFirst().orElse(process.toHandle());
    }

    Duration cpuTime() throws DemoException {
        return jvm().info()
                .totalCpuDuration()
                .orElseThrow(() -> new DemoException("this system does not tell the broker's CPU time"));
    }

    void startRecording(String name) throws IOException, InterruptedException, DemoException {
        jcmd("JFR.start", "name=" + name);
    }

    /** Of iopath's events alone: JFR's own cost nothing then. */
    void startBareRecording(String name) throws IOException, InterruptedException, DemoException {
        jcmd("JFR.start", "name=" + name, "settings=none");
    }

    Path stopRecording(String name) throws IOException, InterruptedException, DemoException {
        Path file = directory.resolve(name + ".jfr");
        // In quotes, as jcmd joins its arguments with blanks.
        jcmd("JFR.stop", "name=" + name, "filename=\"" + file + "\"");
        if (!Files.isRegularFile(file)) {
            throw children.failed("jcmd", "left no recording");
        }
        return file;
    }

    /**
     * What is in use after a collection.
     *
     * @param heap bytes
     * @param metaspace bytes
     */
    record Memory(long heap, long metaspace) {}

    /** Collects all garbage, and reads what is left. */
    Memory memory() throws IOException, InterruptedException, DemoException {
        jcmd("GC.run");
        String info = jcmd("GC.heap_info");
        Matcher used = USED.matcher(info);
        if (used.find()) {
            long heap = Long.parseLong(used.group(1));
            if (used.find()) {
                return new Memory(heap * KIB, Long.parseLong(used.group(1)) * KIB);
            }
        }
        throw new DemoException("jcmd GC.heap_info tells no memory in use: " + info.strip());
    }

    private String jcmd(String... arguments) throws IOException, InterruptedException, DemoException {
        Path program = ChildJvm.program("jcmd");
        if (!Files.isExecutable(program)) {
            throw new DemoException("no jcmd beside java in " + program.getParent() + ": run the demo on a JDK");
        }
        List<String> command = new ArrayList<>(List.of(program.toString(), Long.toString(jvm().pid())));
        command.addAll(List.of(arguments));
        return children.run("jcmd", command, this);
    }

    /** What the topic takes on disk: the bytes that each consumer is sent. */
    long logBytes(String topic) throws IOException {
        long sum = 0;
        try (Stream<Path> files = Files.list(data(directory).resolve(topic + "-0"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                sum += Files.size(file);
            }
        }
        return sum;
    }

    void stop() throws IOException, InterruptedException, DemoException {
        checkAlive();
        jvm().destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw children.failed(LOG, "did not stop");
        }
    }

    /** The lines of the broker's log that say something is wrong. */
    List<String> complaints() throws IOException {
        try (Stream<String> lines = Files.lines(children.log(LOG), StandardCharsets.UTF_8)) {
            return lines.filter(
                            line -> line.contains("] WARN ") || line.contains("] ERROR ") || line.contains("] FATAL "))
                    .toList();
        }
    }
}
