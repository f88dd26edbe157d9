import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;

/**
 * An upload that lands in a temporary file, and is then copied by a loop to where it belongs; with the argument move it is renamed.
 * Asked: https://github.com/spring-guides/gs-uploading-files/issues/19
 */
public class F04_UploadTwice {
    static final int SIZE = 16 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("peer")) {
            source(SIZE);
            return;
        }
        Path folder = Files.createTempDirectory("F04-");
        Path part = folder.resolve("upload.tmp");
        Path target = folder.resolve("uploaded.bin");
        Process client = start("peer");
        long received = 0;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(client.inputReader().readLine()));
                OutputStream out = new FileOutputStream(part.toFile())) {
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            for (int n; (n = in.read(buffer)) >= 0; ) {
                out.write(buffer, 0, n);
                received += n;
            }
        }
        long stored = 0;
        if (args.length > 0 && args[0].equals("move")) {
            Files.move(part, target);
        } else {
            try (InputStream in = new FileInputStream(part.toFile()); OutputStream out = new FileOutputStream(target.toFile())) {
                byte[] buffer = new byte[4096];
                for (int n; (n = in.read(buffer)) >= 0; ) {
                    out.write(buffer, 0, n);
                    stored += n;
                }
            }
            Files.delete(part);
        }
        System.out.println("received " + received + ", copied " + stored + ", the file has " + Files.size(target));
        Files.delete(target);
        Files.delete(folder);
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
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F04_UploadTwice.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
