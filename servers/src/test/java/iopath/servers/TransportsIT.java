package iopath.servers;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.Route;
import iopath.it.Artefacts;
import iopath.it.Missing;
import iopath.it.Strace;
import iopath.it.Syscalls.Flow;
import iopath.it.Syscalls.Moved;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What Netty's native transports do beside streams of TCP: each program's transfers are known, and are compared with
 * what strace saw, but for rings, of which it sees nothing.
 */
class TransportsIT {

    private static final int TIMEOUT_SECONDS = 120;

    /** More than are sent by one call. */
    private static final int PACKETS = 8;

    private static final String RELOCATED = "relocated-epoll";
    private static final String FILE_TO_SOCKET = "file -> socket, direct, read-write-loop, same-buffer";
    private static final String MAPPED_TO_SOCKET = "file -> socket, mapped, read-write-loop, same-buffer";
    private static final String SOCKET_TO_FILE = "socket -> file, direct, no-jdk-path, same-buffer";

    /** Transfers that must be seen, with their bytes. */
    private static final Map<String, Map<String, Long>> PROGRAMS = new TreeMap<>(Map.of(
            "epoll-mapped",
            Map.of(MAPPED_TO_SOCKET, TransportMain.BYTES, SOCKET_TO_FILE, TransportMain.BYTES),
            "epoll-mapped-datagrams",
            Map.of(MAPPED_TO_SOCKET, TransportMain.BYTES, SOCKET_TO_FILE, TransportMain.BYTES),
            "io_uring-mapped",
            Map.of(MAPPED_TO_SOCKET, TransportMain.BYTES, SOCKET_TO_FILE, TransportMain.BYTES),
            // Netty as gRPC has it, in packages of its own.
            RELOCATED,
            Map.of(
                    FILE_TO_SOCKET,
                    TransportMain.BYTES / 2,
                    "file -> socket, sendfile, none, kernel",
                    TransportMain.BYTES / 2,
                    SOCKET_TO_FILE,
                    TransportMain.BYTES),
            "epoll-datagrams",
            datagrams(),
            "epoll-many-datagrams",
            datagrams(),
            "epoll-unix-datagrams",
            datagrams(),
            // Netty's io_uring copies a datagram that lies in two buffers into one.
            "io_uring-datagrams",
            Map.of(
                    FILE_TO_SOCKET,
                    TransportMain.BYTES - TransportMain.PIECE,
                    "file -> memory, direct, none, none",
                    TransportMain.PIECE,
                    "memory -> socket, direct, none, none",
                    TransportMain.PIECE,
                    SOCKET_TO_FILE,
                    TransportMain.BYTES),
            "io_uring-unix",
            Map.of("file -> socket, splice, none, kernel", TransportMain.BYTES, SOCKET_TO_FILE, (long)
                    TransportMain.BYTES),
            "epoll-splice",
            Map.of(
                    "memory -> socket, heap, none, none", TransportMain.SPLICED,
                    "socket -> pipe, splice, none, kernel", TransportMain.SPLICED,
                    "pipe -> file, splice, none, kernel", TransportMain.SPLICED)));

    private static Map<String, Long> datagrams() {
        return Map.of(FILE_TO_SOCKET, TransportMain.BYTES, SOCKET_TO_FILE, TransportMain.BYTES);
    }

    @TestFactory
    List<DynamicTest> transports() throws Exception {
        List<DynamicTest> tests = new ArrayList<>();
        if (!Strace.isThere()) {
            Missing.say("no strace here: apt-get install strace");
            return tests;
        }
        Path folder = Files.createTempDirectory(Artefacts.workFolder(), "transports");
        PROGRAMS.forEach((program, transfers) ->
                tests.add(DynamicTest.dynamicTest(program, () -> check(program, folder.resolve(program), transfers))));
        return tests;
    }

    private static void check(String program, Path folder, Map<String, Long> transfers) throws Exception {
        Path files = Files.createDirectories(folder.resolve("files"));
        byte[] content = new byte[(int) TransportMain.BYTES];
        new Random(3).nextBytes(content);
        Files.write(files.resolve("in"), content);
        Path trace = folder.resolve("trace");
        Path recording = folder.resolve("run.jfr");
        List<String> command = Served.watched(trace, recording, PACKETS);
        command.addAll(List.of(
                "-cp", System.getProperty("java.class.path"), main(program).getName()));
        command.addAll(List.of(program, files.toString()));
        run(command, folder.resolve("stderr"));
        if (!program.equals("epoll-splice")) {
            assertThat(Arrays.equals(Files.readAllBytes(files.resolve("out")), content))
                    .as("what went through the transport")
                    .isTrue();
        }

        Ledger ledger = Ledger.of(recording);
        assertThat(ledger.brokenHooks()).as("hooks that failed").isEmpty();
        assertThat(rows(ledger, files)).as("transfers").isEqualTo(transfers);
        Map<Flow, Moved> traced = Served.syscalls(trace, files).flows();
        if (program.startsWith("io_uring")) {
            assertThat(traced.keySet()).as("what strace sees of a ring").noneMatch(TransportsIT::isOfSocket);
            traced.forEach((flow, moved) -> assertThat(ledger.flows(files)).containsEntry(flow, moved));
            assertThat(sum(ledger, files, "write")).as("into sockets").isEqualTo(TransportMain.BYTES);
            assertThat(sum(ledger, files, "read")).as("from sockets").isEqualTo(TransportMain.BYTES);
        } else {
            assertThat(ledger.flows(files)).as("io, as strace saw it").isEqualTo(traced);
        }
        Served.delete(folder);
    }

    private static Class<?> main(String program) {
        return program.equals(RELOCATED) ? RelocatedMain.class : TransportMain.class;
    }

    private static boolean isOfSocket(Flow flow) {
        return flow.endpoint().equals("socket");
    }

    private static long sum(Ledger ledger, Path files, String direction) {
        return ledger.flows(files).entrySet().stream()
                .filter(flow ->
                        isOfSocket(flow.getKey()) && flow.getKey().direction().equals(direction))
                .mapToLong(flow -> flow.getValue().bytes())
                .sum();
    }

    private static void run(List<String> command, Path errors) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        Process process = builder.start();
        try {
            assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS))
                    .as("has come to its end")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(errors, StandardCharsets.UTF_8)).isEmpty();
        assertThat(process.exitValue()).isZero();
    }

    /** The transfers between sockets, pipes and the program's own files, in words. */
    private static Map<String, Long> rows(Ledger ledger, Path files) {
        Map<String, Long> rows = new TreeMap<>();
        ledger.routes(route -> isOwn(route.source(), files) && isOwn(route.sink(), files))
                .forEach((route, bytes) -> rows.merge(words(route), bytes, Long::sum));
        return rows;
    }

    private static String words(Route route) {
        return route.source().kind() + " -> " + route.sink().kind() + ", " + route.path() + ", " + route.reason() + ", "
                + route.evidence();
    }

    private static boolean isOwn(Endpoint end, Path files) {
        String name = end.name();
        return !end.kind().equals("file") || name != null && name.startsWith(files + "/");
    }
}
