import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.*;
import java.util.*;

/**
 * A proxy that passes on what one socket brings to another, unchanged, through a direct buffer.
 * Asked: https://github.com/apache/pulsar/issues/15631
 */
public class F02_Relay {
    static final int SIZE = 32 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            if (args[1].equals("sink")) {
                sink();
            } else {
                source(SIZE);
            }
            return;
        }
        Process source = start("peer", "source");
        Process sink = start("peer", "sink");
        BufferedReader saysSource = source.inputReader();
        BufferedReader saysSink = sink.inputReader();
        InetAddress here = InetAddress.getLoopbackAddress();
        long sum = 0;
        try (SocketChannel in = SocketChannel.open(new InetSocketAddress(here, Integer.parseInt(saysSource.readLine())));
                SocketChannel out = SocketChannel.open(new InetSocketAddress(here, Integer.parseInt(saysSink.readLine())))) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(64 << 10);
            while (in.read(buffer) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    sum += out.write(buffer);
                }
                buffer.clear();
            }
        }
        System.out.println("relayed " + sum + ", the sink got " + saysSink.readLine());
    }

    /** Announces its port, takes one connection, sends what was asked for. */
    static void source(int size) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println(server.getLocalPort());
            byte[] bytes = new byte[size];
            new Random(size).nextBytes(bytes);
            try (Socket socket = server.accept()) {
                socket.getOutputStream().write(bytes);
            }
        }
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
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F02_Relay.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
