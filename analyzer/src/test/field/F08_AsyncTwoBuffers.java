import java.io.*;
import java.net.*;
import java.nio.ByteBuffer;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;

/**
 * A file read by AsynchronousFileChannel into one buffer, copied into a second, and written to a socket by another thread.
 * Asked: https://github.com/eclipse-vertx/vert.x/issues/2511
 */
public class F08_AsyncTwoBuffers {
    static final int SIZE = 16 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            make(Path.of(args[1]), SIZE);
            sink();
            return;
        }
        Path file = Files.createTempFile("F08-", ".bin");
        Process sink = start("peer", file.toString());
        BufferedReader says = sink.inputReader();
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(says.readLine()));
        ExecutorService workers = Executors.newFixedThreadPool(2);
        BlockingQueue<byte[]> loop = new ArrayBlockingQueue<>(16);
        long sum = 0;
        try (AsynchronousFileChannel in = AsynchronousFileChannel.open(file, Set.of(StandardOpenOption.READ), workers);
                SocketChannel out = SocketChannel.open(address)) {
            read(in, 0, loop);
            while (sum < SIZE) {
                ByteBuffer buffer = ByteBuffer.wrap(loop.take());
                while (buffer.hasRemaining()) {
                    sum += out.write(buffer);
                }
            }
        }
        workers.shutdown();
        System.out.println("sent " + sum + ", the sink got " + says.readLine());
        Files.delete(file);
    }

    static void read(AsynchronousFileChannel in, long position, BlockingQueue<byte[]> loop) {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        in.read(buffer, position, null, new CompletionHandler<Integer, Void>() {
            @Override
            public void completed(Integer n, Void nothing) {
                if (n < 0) {
                    return;
                }
                try {
                    loop.put(Arrays.copyOf(buffer.array(), n));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                read(in, position + n, loop);
            }

            @Override
            public void failed(Throwable t, Void nothing) {
                t.printStackTrace();
            }
        });
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
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F08_AsyncTwoBuffers.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
