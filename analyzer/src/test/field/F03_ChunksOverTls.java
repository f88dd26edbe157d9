import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.security.KeyStore;
import java.util.*;
import javax.net.ssl.*;

/**
 * A server that sends a file over TLS in chunks of 8 KiB, since a file region cannot be encrypted.
 * Asked: https://github.com/eclipse-vertx/vert.x/issues/2997
 */
public class F03_ChunksOverTls {
    static final int SIZE = 16 << 20;
    static final char[] PASSWORD = "changeit".toCharArray();

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            if (args[1].equals("make")) {
                make(Path.of(args[2]), SIZE);
            } else {
                client(Integer.parseInt(args[2]), Path.of(args[3]));
            }
            return;
        }
        Path folder = Files.createTempDirectory("F03-");
        Path file = folder.resolve("file.bin");
        Path keys = folder.resolve("keys.p12");
        start("peer", "make", file.toString()).waitFor();
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-keyalg", "EC", "-dname",
                "CN=localhost", "-alias", "a", "-storepass", new String(PASSWORD), "-keystore", keys.toString())
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        long sum = 0;
        String got;
        try (ServerSocket server = context(keys).getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Process client = start("peer", "client", "" + server.getLocalPort(), keys.toString());
            try (Socket socket = server.accept(); RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                OutputStream out = socket.getOutputStream();
                byte[] chunk = new byte[8192];
                while (sum < SIZE) {
                    in.readFully(chunk);
                    out.write(chunk);
                    sum += chunk.length;
                }
            }
            got = client.inputReader().readLine();
        }
        System.out.println("sent " + sum + " by TLS, the client got " + got);
        Files.delete(file);
        Files.delete(keys);
        Files.delete(folder);
    }

    static SSLContext context(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance(keys.toFile(), PASSWORD);
        KeyManagerFactory mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        mine.init(store, PASSWORD);
        TrustManagerFactory theirs = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        theirs.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(mine.getKeyManagers(), theirs.getTrustManagers(), null);
        return context;
    }

    static void client(int port, Path keys) throws Exception {
        try (Socket socket = context(keys).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            byte[] buffer = new byte[1 << 16];
            long sum = 0;
            for (int n; (n = socket.getInputStream().read(buffer)) >= 0; ) {
                sum += n;
            }
            System.out.println(sum);
        }
    }

    /** Makes the file, so that its bytes are not those of the JVM that is looked at. */
    static void make(Path file, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(file, bytes);
    }

    /** This file once more, as another process. */
    static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        String source = Arrays.stream(System.getProperty("sun.java.command").split(" ")).filter(w -> w.endsWith(".java")).findFirst().orElse(null);
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F03_ChunksOverTls.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
