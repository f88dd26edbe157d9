import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import java.util.zip.*;

/**
 * A file that is compressed while it is sent, where sendfile was turned off for that.
 * Asked: https://github.com/eclipse-che/che/issues/3791
 */
public class F11_GzipOnTheFly {
    static final int SIZE = 16 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(Path.of(args[1])))) {
                Random random = new Random(11);
                for (int i = 0; i < SIZE / 16; i++) {
                    out.write(String.format("%07d,%07d\n", i % 9999999, random.nextInt(9999999)).getBytes());
                }
            }
            sink();
            return;
        }
        Path file = Files.createTempFile("F11-", ".csv");
        Process sink = start("peer", file.toString());
        BufferedReader says = sink.inputReader();
        int port = Integer.parseInt(says.readLine());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port); OutputStream out = new GZIPOutputStream(socket.getOutputStream(), 8192)) {
            Files.copy(file, out);
        }
        System.out.println("compressed " + Files.size(file) + ", the sink got " + says.readLine());
        Files.delete(file);
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
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F11_GzipOnTheFly.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
