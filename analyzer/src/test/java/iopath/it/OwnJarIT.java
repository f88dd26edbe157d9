package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Jdks.Jdk;
import iopath.it.Report.Row;
import iopath.it.scenario.ServesItself;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application reads the archive that its classes come from, by the descriptor that class loaders read by: what it
 * reads is its own, what they read for it to have classes is not.
 */
class OwnJarIT {

    private static final int STORED = 1 << 20;
    private static final int LINES = 40_000;

    /** A local header without its name and extra field (APPNOTE.TXT, 4.3.7), which is read before an entry's data. */
    private static final int LOCAL_HEADER = 30;

    @TempDir
    private Path folder = Path.of("");

    @TestFactory
    List<DynamicTest> resourcesAreTheApplicationsAndClassesAreNot() throws IOException {
        if (!Strace.isThere()) {
            Missing.say("no strace here: apt-get install strace");
            return List.of();
        }
        return Jdks.onEach(folder, OwnJarIT::serve);
    }

    private static void serve(Jdk jdk, Path own) throws Exception {
        byte[] stored = new byte[STORED];
        new Random(3).nextBytes(stored);
        ZipEntry deflated = new ZipEntry("deflated");
        byte[] text = text();
        Path jar = jar(own.resolve("app.jar"), stored, deflated, text);
        byte[] type = bytes(ServesItself.OfPlugin.class);
        Path other = other(own.resolve("plugin.zip"), type);

        Path recording = own.resolve("run.jfr");
        Path trace = own.resolve("trace");
        long sent;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Long> peer = CompletableFuture.supplyAsync(() -> drain(server));
            Process process = new ProcessBuilder(
                            "strace",
                            "-f",
                            "--seccomp-bpf",
                            "-y",
                            "-s",
                            "0",
                            "-e",
                            "signal=none",
                            "-e",
                            "trace=" + Syscalls.TRACED,
                            "-o",
                            trace.toString(),
                            jdk.tool("java"),
                            "-Xlog:disable",
                            "-javaagent:" + Artefacts.agent() + "=content=0,record=" + recording,
                            "-cp",
                            jar.toString(),
                            ServesItself.class.getName(),
                            String.valueOf(server.getLocalPort()),
                            jar.toString(),
                            other.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(own.resolve("out").toFile())
                    .start();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
            assertThat(process.exitValue())
                    .as(Files.readString(own.resolve("out")))
                    .isZero();
            sent = peer.get(60, TimeUnit.SECONDS);
        }
        Report report = Report.of(recording);
        Syscalls calls = Syscalls.of(trace, jdk.root(), path -> path.startsWith(own + "/"));

        int rounds = ServesItself.ROUNDS;
        assertThat(sent).isEqualTo(rounds * (2L * STORED + text.length) + type.length);
        // Of an entry there is a header before the data; what was packed is unpacked by the application.
        long unpacked = rounds * (deflated.getCompressedSize() + 3L * LOCAL_HEADER) + type.length;
        assertThat(report.allTransfers().stream().filter(row -> !row.sink().equals("pipe")))
                .containsExactlyInAnyOrder(
                        new Row("file", "socket", "heap", "stream-loop", null, "same-buffer", 2L * rounds * STORED),
                        new Row("memory", "socket", "heap", "none", null, "none", rounds * (long) text.length),
                        new Row("file", "memory", "heap", "none", null, "none", unpacked - type.length),
                        new Row("file", "socket", "heap", "stream-loop", null, "copied x1", type.length));
        long ofJar = 2L * rounds * STORED + unpacked - type.length;
        assertThat(report.files().get(jar + " read")).isEqualTo(ofJar);
        assertThat(report.files().get(other + " read")).isEqualTo(type.length);
        assertThat(read(calls, jar)).as("classes are read, and not counted").isGreaterThan(ofJar);
        assertThat(read(calls, other)).isEqualTo(3L * type.length + Integer.BYTES);
    }

    private static long read(Syscalls calls, Path file) {
        return Objects.requireNonNull(calls.files().get(file + " read"));
    }

    private static long drain(ServerSocket server) {
        try (Socket socket = server.accept();
                InputStream in = socket.getInputStream()) {
            return in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static byte[] text() {
        StringBuilder text = new StringBuilder();
        Random random = new Random(4);
        for (int i = 0; i < LINES; i++) {
            text.append(random.nextInt()).append('\n');
        }
        return text.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    }

    private static byte[] bytes(Class<?> type) throws IOException {
        String name = type.getName().replace('.', '/') + ".class";
        return Files.readAllBytes(Artefacts.scenarios().resolve(name));
    }

    private static Path jar(Path file, byte[] stored, ZipEntry deflated, byte[] text) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
            for (Class<?> type : List.of(
                    ServesItself.class,
                    ServesItself.OfPlugin.class,
                    Class.forName(ServesItself.class.getName() + "$Plugins"))) {
                out.putNextEntry(new ZipEntry(type.getName().replace('.', '/') + ".class"));
                out.write(bytes(type));
            }
            ZipEntry entry = new ZipEntry("stored");
            CRC32 crc = new CRC32();
            crc.update(stored);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(stored.length);
            entry.setCrc(crc.getValue());
            out.putNextEntry(entry);
            out.write(stored);
            out.putNextEntry(deflated);
            out.write(text);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return file;
    }

    /** The class's length, the class, and as many bytes more. */
    private static Path other(Path file, byte[] type) throws IOException {
        try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(file))) {
            out.writeInt(type.length);
            out.write(type);
            out.write(new byte[type.length]);
        }
        return file;
    }
}
