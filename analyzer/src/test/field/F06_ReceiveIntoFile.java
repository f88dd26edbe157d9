import java.io.*;
import java.net.*;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;

/**
 * A file received by FileChannel.transferFrom(socket), in the belief that the kernel does it.
 * Asked: https://github.com/typelevel/fs2/pull/3551
 */
public class F06_ReceiveIntoFile {
    static final int SIZE = 32 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            source(SIZE);
            return;
        }
        Path file = Files.createTempFile("F06-", ".bin");
        Process client = start("peer");
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(client.inputReader().readLine()));
        long sum = 0;
        try (SocketChannel in = SocketChannel.open(address); FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (long n; (n = out.transferFrom(in, sum, 1 << 20)) > 0; ) {
                sum += n;
            }
        }
        System.out.println("received " + sum + ", the file has " + Files.size(file));
        Files.delete(file);
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

    /** This file once more, as another process. */
    static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        String source = Arrays.stream(System.getProperty("sun.java.command").split(" ")).filter(w -> w.endsWith(".java")).findFirst().orElse(null);
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F06_ReceiveIntoFile.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
