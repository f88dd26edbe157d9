import com.sun.nio.file.ExtendedOpenOption;
import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;

/**
 * A chunk cache read past the page cache (O_DIRECT) and sent: first by transferTo, then through an aligned direct buffer.
 * Asked: https://github.com/Aiven-Open/tiered-storage-for-apache-kafka/issues/457
 */
public class F14_PastPageCache {
    static final int SIZE = 16 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            make(Path.of(args[1]), SIZE);
            sink();
            return;
        }
        Path file = Files.createTempFile("F14-", ".bin");
        Process sink = start("peer", file.toString());
        BufferedReader says = sink.inputReader();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(says.readLine()));
        long sent = 0;
        long looped = 0;
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ, ExtendedOpenOption.DIRECT); SocketChannel out = SocketChannel.open(address)) {
            try {
                while (sent < SIZE) {
                    sent += in.transferTo(sent, SIZE - sent, out);
                }
            } catch (IOException e) {
                System.out.println("transferTo: " + e);
            }
            int block = 4096;
            ByteBuffer buffer = ByteBuffer.allocateDirect((1 << 20) + block).alignedSlice(block).limit(1 << 20).slice();
            while (in.read(buffer) > 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    looped += out.write(buffer);
                }
                buffer.clear();
            }
        }
        System.out.println("sent " + sent + " by transferTo, " + looped + " by a loop, the sink got " + says.readLine());
        Files.delete(file);
    }

    /** Makes the file, so that its bytes are not those of the JVM that is looked at. */
    static void make(Path file, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(file, bytes);
    }

    /** Announces its port, takes one connection, says how much came. */
    static void sink() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            try (Socket socket = server.accept(); InputStream in = socket.getInputStream()) {
                byte[] buffer = new byte[1 << 16];
                long sum = 0;
                for (int n; (n = in.read(buffer)) >= 0; ) {
                    sum += n;
                }
                System.out.println(sum);
            }
        }
    }

    /** This file once more, as another process. */
    static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        String source = Arrays.stream(System.getProperty("sun.java.command").split(" ")).filter(w -> w.endsWith(".java")).findFirst().orElse(null);
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F14_PastPageCache.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
