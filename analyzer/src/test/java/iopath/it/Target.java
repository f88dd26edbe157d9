package iopath.it;

import com.sun.tools.attach.VirtualMachine;
import iopath.it.Jdks.Jdk;
import iopath.it.attach.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A {@link Service} that runs, started without iopath. */
final class Target implements AutoCloseable {

    /** Options that open a JMX port of its own choice on loopback, without encryption. */
    static final List<String> JMX = List.of(
            "-Dcom.sun.management.jmxremote.port=0",
            "-Dcom.sun.management.jmxremote.host=127.0.0.1",
            "-Djava.rmi.server.hostname=127.0.0.1",
            "-Dcom.sun.management.jmxremote.ssl=false");

    /** A line that HotSpot wrote: {@code [7.212s][error][jfr] ...}. */
    private static final Pattern LOGGED = Pattern.compile("\\[[0-9.,]+s]\\[");

    private static final Pattern PORT = Pattern.compile("JMXConnectorServer\\.0\\.remoteAddress=.*:([0-9]+)/jmxrmi");

    private final Jdk jdk;
    private final Process process;
    private final BufferedReader out;
    private final Path errors;

    /**
     * Starts one and waits until it serves.
     *
     * @param folder for its files
     * @param prefix what starts the JVM, such as {@code unshare -m}; may be empty
     */
    Target(Jdk jdk, Path folder, List<String> prefix, String... options) throws IOException {
        this(jdk, folder, 4, prefix, options);
    }

    /** One with so many clients, by turns of transferTo and of a loop; what looks at it needs a processor as well. */
    Target(Jdk jdk, Path folder, int clients, List<String> prefix, String... options) throws IOException {
        this.jdk = jdk;
        this.errors = folder.resolve("target.stderr");
        List<String> command = new ArrayList<>(prefix);
        command.add(jdk.tool("java"));
        command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(Arrays.asList(options));
        command.addAll(
                List.of("-cp", Artefacts.scenarios().toString(), Service.class.getName(), Integer.toString(clients)));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        process = builder.start();
        out = process.inputReader(StandardCharsets.UTF_8);
        String line = out.readLine();
        while (line != null && !line.equals("ready")) {
            line = out.readLine(); // JDK 17 says the settings of its recording
        }
        if (line == null) {
            throw new AssertionError(jdk + ": " + line + "\n" + Files.readString(errors));
        }
        // Left by a killed JVM that had this number; one of another user cannot delete it itself.
        Files.deleteIfExists(Path.of("/tmp/.java_pid" + process.pid()));
    }

    Process process() {
        return process;
    }

    long pid() {
        return process.pid();
    }

    /** What it wrote to its standard error. */
    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** Sets how many descriptors it may have open. */
    void limitDescriptors(int most) throws IOException, InterruptedException {
        List<String> line = List.of("prlimit", "--pid", Long.toString(pid()), "--nofile=" + most + ":");
        if (new ProcessBuilder(line).inheritIO().start().waitFor() != 0) {
            throw new AssertionError(line);
        }
    }

    /** Asks it, and waits for the answer; what HotSpot logs to the same output in between is passed on. */
    String ask(String question) throws IOException {
        Writer in = process.outputWriter(StandardCharsets.UTF_8);
        in.write(question + "\n");
        in.flush();
        String answer = out.readLine();
        while (answer != null && LOGGED.matcher(answer).lookingAt()) {
            System.out.println(jdk + ": " + answer);
            answer = out.readLine();
        }
        if (answer == null) {
            throw new AssertionError("the service has ended: " + errors());
        }
        return answer;
    }

    /** What must be as before once the agent is gone. */
    Facts facts() throws IOException {
        Map<String, String> fields = fields(ask("facts"));
        return new Facts(
                Long.parseLong(field(fields, "heap")),
                Long.parseLong(field(fields, "metaspace")),
                Integer.parseInt(field(fields, "descriptors")),
                new TreeSet<>(Arrays.asList(field(fields, "threads").split("\\|"))));
    }

    /** How many answers its clients have checked so far. */
    long sent() throws IOException {
        return Long.parseLong(field(fields(ask("sent")), "sent"));
    }

    /** Sets a system property of it; an empty value is as good as none. */
    void set(String name, String value) throws IOException {
        ask("set " + name + " " + value);
    }

    /** Lets it send its file by a transfer and by a loop; returns the file's path and how many bytes arrived. */
    Moved move() throws IOException {
        Map<String, String> fields = fields(ask("move"));
        return new Moved(field(fields, "file"), Long.parseLong(field(fields, "moved")));
    }

    /** What has arrived from a file. */
    record Moved(String file, long bytes) {}

    /** Ends it; returns how many answers its clients checked, if none was wrong. */
    long end() throws IOException, InterruptedException {
        Map<String, String> fields = fields(ask("quit"));
        if (!field(fields, "errors").equals("0") || process.waitFor() != 0) {
            throw new AssertionError("failed requests: " + fields + "\n" + errors());
        }
        return Long.parseLong(field(fields, "sent"));
    }

    Jdk jdk() {
        return jdk;
    }

    /** The code of the methods that the agent weaves, without what a constant pool may change. */
    String bodies(Path folder) throws Exception {
        return Woven.in(jdk, pid(), folder);
    }

    /** What the JDK's own command says to it. */
    String jcmd(String... command) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(jdk.tool("jcmd"), Long.toString(pid())));
        line.addAll(List.of(command));
        Process program = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (program.waitFor() != 0) {
            throw new AssertionError(line + ": " + said);
        }
        return said;
    }

    /** Where it is reached by JMX, {@code HOST:PORT}: it has chosen the port itself. */
    String address() throws IOException, InterruptedException {
        Matcher port = PORT.matcher(jcmd("PerfCounter.print"));
        if (!port.find()) {
            throw new AssertionError("no JMX port was opened");
        }
        return "127.0.0.1:" + port.group(1);
    }

    /** A system property of it now. */
    String property(String name) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid()));
        try {
            Properties properties = machine.getSystemProperties();
            return properties.getProperty(name, "");
        } finally {
            machine.detach();
        }
    }

    /** Loads the packaged agent by the JVM's own interface. */
    void load(@Nullable String options) throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(pid()));
        try {
            machine.loadAgent(Artefacts.agent().toString(), options);
        } finally {
            machine.detach();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    private static Map<String, String> fields(String line) {
        Map<String, String> fields = new TreeMap<>();
        for (String part : line.split("; ")) {
            String[] pair = part.split("=", 2);
            if (pair.length < 2) {
                throw new AssertionError("not an answer of the service: " + line);
            }
            fields.put(pair[0], pair[1]);
        }
        return fields;
    }

    private static String field(Map<String, String> fields, String name) {
        return Objects.requireNonNull(fields.get(name), name);
    }

    /** Bytes after a collection, and counts. */
    record Facts(long heap, long metaspace, int descriptors, TreeSet<String> threads) {}
}
