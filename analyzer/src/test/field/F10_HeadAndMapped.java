import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;

/**
 * A static file that is kept mapped, and sent twice, each time in one gathering write behind a header of its own.
 * An argument is the size of the header, which is an array; 8388608 for one that counts.
 * Asked: https://github.com/jetty/jetty.project/issues/12701
 */
public class F10_HeadAndMapped {
    static final int SIZE = 16 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 1) {
            make(Path.of(args[1]), SIZE);
            sink();
            return;
        }
        Path file = Files.createTempFile("F10-", ".bin");
        Process sink = start("peer", file.toString());
        BufferedReader says = sink.inputReader();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(says.readLine()));
        long sum = 0;
        int calls = 0;
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " + SIZE + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        if (args.length == 1) {
            head = new byte[Integer.parseInt(args[0])];
            new Random(1).nextBytes(head);
        }
        try (FileChannel in = FileChannel.open(file); SocketChannel out = SocketChannel.open(address)) {
            ByteBuffer mapped = in.map(FileChannel.MapMode.READ_ONLY, 0, SIZE);
            for (int i = 0; i < 2; i++) {
                ByteBuffer[] response = {ByteBuffer.wrap(head), mapped.slice()};
                while (response[1].hasRemaining()) {
                    sum += out.write(response);
                    calls++;
                }
            }
        }
        System.out.println("sent " + sum + " (two heads of " + head.length + ", two bodies of " + SIZE + ") in " + calls + " writes, the sink got " + says.readLine());
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
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F10_HeadAndMapped.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
