package iopath.servers;

import iopath.it.Artefacts;
import iopath.it.Jdks;
import iopath.it.Jdks.Jdk;
import iopath.it.Syscalls;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one run of a server under strace and the agent gave.
 *
 * @param site its folder
 * @param clients what its clients counted
 * @param syscalls what strace saw
 * @param ledger what the agent recorded
 */
record Served(Site site, Clients.Counts clients, Syscalls syscalls, Ledger ledger) {

    private static final int TIMEOUT_SECONDS = 300;
    private static final String READY = "ready ";

    /** The one that the servers run on, by its version; the running one unless told. */
    private static final Jdk JDK = Jdks.wanted(Integer.getInteger("iopath.it.jdk"));

    /** The version of the JDK that the servers run on. */
    static int jdk() {
        return JDK.version();
    }

    /** Runs it in an empty folder; what goes wrong is an {@link AssertionError} with the server's own words. */
    static Served run(Variant variant, Path folder) throws Exception {
        // WildFly's engine ends each handshake with a key of an elliptic curve.
        String key = Artefacts.key(variant.has("wildfly-openssl") ? "RSA" : "EC");
        Site site = Site.in(Files.createDirectory(folder.resolve("site")), variant.has("tls"), key);
        Path recording = folder.resolve("run.jfr");
        Path trace = folder.resolve("trace");
        Path errors = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command(variant, site, recording, trace));
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process server = builder.redirectError(errors.toFile()).start();
        Clients.Counts counts;
        try {
            counts = serve(variant, server, site);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(variant + ": " + e.getMessage() + "\n" + Files.readString(errors), e);
        } finally {
            server.destroyForcibly();
        }
        String complaints = ServerJvm.complaints(errors);
        if (!complaints.isEmpty()) {
            throw new AssertionError(variant + " complains:\n" + complaints);
        }
        site.checkUploads();
        return new Served(site, counts, syscalls(trace, site.folder()), Ledger.of(recording));
    }

    /** Removes the folder of a run that needs no further look. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static List<String> command(Variant variant, Site site, Path recording, Path trace) throws IOException {
        List<String> command = watched(trace, recording, 0);
        if (!variant.has("tls")) {
            // Starts sooner; but only the other compiler knows the processor's AES.
            command.add("-XX:TieredStopAtLevel=1");
        }
        command.addAll(List.of("-cp", classPath(variant), ServerMain.class.getName()));
        command.add(variant.server());
        variant.options().forEach(option -> command.add("--" + option));
        command.add(site.folder().toString());
        return command;
    }

    /**
     * The beginning of a command that runs Java under strace and the agent, with a recording of the whole run.
     *
     * @param shown how many elements of an array strace shows, and how many characters of a string
     */
    static List<String> watched(Path trace, Path recording, int shown) {
        List<String> command = new ArrayList<>();
        command.addAll(List.of("strace", "-f", "--seccomp-bpf", "-y", "-s", "" + shown, "-e", "signal=none"));
        command.addAll(List.of("-e", "trace=" + Syscalls.TRACED, "-o", trace.toString()));
        command.add(JDK.tool("java"));
        command.addAll(ServerJvm.quiet(JDK));
        command.addAll(List.of("-Xlog:disable", "-Xlog:all=warning:stderr"));
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx256m"));
        command.add("-javaagent:" + Artefacts.agent() + "=quiet,content=0,record=" + recording);
        return command;
    }

    /** What strace saw of sockets, pipes and the files in a folder. */
    static Syscalls syscalls(Path trace, Path files) throws IOException {
        return Syscalls.of(trace, JDK.root(), path -> path.startsWith(files + "/"));
    }

    /** Some servers take io_uring and OpenSSL where they find them, and no server brings them. */
    private static String classPath(Variant variant) throws IOException {
        List<String> entries = new ArrayList<>(
                Arrays.asList(System.getProperty("java.class.path").split(File.pathSeparator)));
        if (variant.has("openssl-ffm")) {
            entries.removeIf(entry -> entry.contains("tomcat"));
            entries.addAll(wholeTomcat());
        }
        return entries.stream()
                .filter(entry -> variant.has("io_uring") || !entry.contains("native-io_uring"))
                .filter(entry -> variant.has("openssl") || !entry.contains("tcnative-boringssl"))
                .filter(entry -> variant.has("conscrypt") || !entry.contains("conscrypt"))
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static List<String> wholeTomcat() throws IOException {
        try (Stream<Path> tree =
                Files.walk(Artefacts.workFolder().resolve("../tomcat").normalize())) {
            return tree.map(Path::toString)
                    .filter(path -> path.endsWith(".jar"))
                    .toList();
        }
    }

    private static Clients.Counts serve(Variant variant, Process server, Site site) throws Exception {
        Clients.Counts counts;
        try (BufferedReader out = server.inputReader(StandardCharsets.UTF_8)) {
            int port = port(out);
            counts = new Clients(port, site, variant.has("tls"), variant.has("compression")).run();
            server.getOutputStream().close();
            if (!server.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("did not end");
            }
        }
        if (server.exitValue() != 0) {
            throw new AssertionError("ended with " + server.exitValue());
        }
        return counts;
    }

    private static int port(BufferedReader out) throws IOException {
        String line = out.readLine();
        while (line != null && !line.startsWith(READY)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new AssertionError("did not start");
        }
        return Integer.parseInt(line.substring(READY.length()));
    }
}
