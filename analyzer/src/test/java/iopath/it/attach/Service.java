package iopath.it.attach;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A service under load, started without iopath: sends files to itself over loopback, by transferTo and by a copy loop.
 *
 * <p>Answers one line for each line of its input: {@code facts}, {@code sent}, {@code move} (one
 * known transfer and one known loop), {@code set NAME VALUE} (a system property), {@code quit}.
 */
public final class Service {

    private static final int BYTES = 64 * 1024;
    private static final int FULL_COLLECTIONS = 4;
    private static final byte[] CONTENT = new byte[BYTES];

    static {
        for (int i = 0; i < BYTES; i++) {
            CONTENT[i] = (byte) (i * 31 ^ i >> 8);
        }
    }

    private final Path file;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private volatile boolean over;

    private Service(Path file) {
        this.file = file;
    }

    public static void main(String[] arguments) throws Exception {
        Path file = Files.createTempFile("iopath-service", ".data");
        try {
            Files.write(file, CONTENT);
            new Service(file).run(Integer.parseInt(arguments[0]));
        } finally {
            Files.delete(file);
        }
    }

    private void run(int clients) throws Exception {
        List<Thread> threads = new ArrayList<>();
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            for (int i = 0; i < clients; i++) {
                boolean copies = i % 2 == 1;
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept();
                threads.add(start("serve-" + i, () -> serve(accepted, copies)));
                threads.add(start("ask-" + i, () -> ask(client)));
            }
            System.out.println("ready");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
                System.out.println(answer(line));
            }
            over = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println("sent=" + answers + "; errors=" + errors);
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.start();
        return thread;
    }

    /** Sends the file for each byte that is received. */
    private void serve(SocketChannel socket, boolean copies) {
        ByteBuffer request = ByteBuffer.allocate(1);
        ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
        try (socket;
                FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
            while (socket.read(request.clear()) == 1) {
                if (!copies) {
                    for (long at = 0; at < BYTES; ) {
                        at += source.transferTo(at, BYTES - at, socket);
                    }
                    continue;
                }
                source.position(0);
                while (source.read(buffer.clear()) > 0) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        socket.write(buffer);
                    }
                }
            }
        } catch (IOException e) {
            errors.incrementAndGet();
            throw new UncheckedIOException(e);
        }
    }

    private void ask(SocketChannel socket) {
        ByteBuffer answer = ByteBuffer.allocate(BYTES);
        try (socket) {
            while (!over) {
                socket.write(ByteBuffer.wrap(new byte[] {1}));
                answer.clear();
                while (answer.hasRemaining()) {
                    if (socket.read(answer) < 0) {
                        throw new IOException("the answer ended early");
                    }
                }
                if (!answer.flip().equals(ByteBuffer.wrap(CONTENT))) {
                    errors.incrementAndGet();
                }
                answers.incrementAndGet();
            }
        } catch (IOException e) {
            errors.incrementAndGet();
            throw new UncheckedIOException(e);
        }
    }

    private String answer(String line) throws IOException, InterruptedException {
        if (line.startsWith("set ")) {
            String[] words = line.split(" ", 3);
            System.setProperty(words[1], words[2]);
        }
        if (line.equals("move")) {
            return move();
        }
        if (line.equals("facts")) {
            return facts();
        }
        return "sent=" + answers + "; errors=" + errors;
    }

    /** Sends the file twice to a peer that reads it: by transferTo, and by a loop. */
    private String move() throws IOException, InterruptedException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SocketChannel peer = SocketChannel.open(server.getLocalAddress());
            AtomicLong arrived = new AtomicLong();
            Thread reader = start("peer", () -> arrived.set(drain(peer)));
            try (SocketChannel socket = server.accept();
                    FileChannel source = FileChannel.open(file, StandardOpenOption.READ)) {
                for (long at = 0; at < BYTES; ) {
                    at += source.transferTo(at, BYTES - at, socket);
                }
                ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
                while (source.read(buffer.clear()) > 0) {
                    buffer.flip();
                    while (buffer.hasRemaining()) {
                        socket.write(buffer);
                    }
                }
            }
            reader.join();
            return "file=" + file + "; moved=" + arrived;
        }
    }

    private static long drain(SocketChannel peer) {
        ByteBuffer buffer = ByteBuffer.allocate(BYTES);
        long bytes = 0;
        try (peer) {
            for (int n = peer.read(buffer); n >= 0; n = peer.read(buffer.clear())) {
                bytes += n;
            }
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What must be as before once the agent is gone. */
    private static String facts() {
        // The serial collector leaves up to 5 % of the old generation as dead wood (MarkSweepDeadRatio), filled with
        // int arrays, and compacts all of it only each fourth time (MarkSweepAlwaysCompactCount).
        for (int i = 0; i < FULL_COLLECTIONS; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        long metaspace = 0;
        for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
            if (pool.getName().equals("Metaspace")) {
                metaspace = pool.getUsage().getUsed();
            }
        }
        TreeSet<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            names.add(thread.getName());
        }
        String[] descriptors = new File("/proc/self/fd").list();
        return "heap=" + (runtime.totalMemory() - runtime.freeMemory()) + "; metaspace=" + metaspace + "; descriptors="
                + (descriptors == null ? -1 : descriptors.length) + "; threads=" + String.join("|", names);
    }
}
