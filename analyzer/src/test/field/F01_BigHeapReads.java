import java.io.*;
import java.lang.management.*;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.*;
import java.util.*;

/**
 * A store on disk that reads large values into heap buffers from several threads.
 * Asked: https://github.com/ehcache/ehcache3/issues/2868
 */
public class F01_BigHeapReads {
    static final int VALUE = 4 << 20;
    static final int THREADS = 4;
    static final int VALUES_A_THREAD = 2;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            peer(Path.of(args[1]));
            return;
        }
        Path file = Files.createTempFile("F01-", ".data");
        Process peer = start("peer", file.toString());
        peer.waitFor();
        long[] sums = new long[THREADS];
        List<Thread> threads = new ArrayList<>();
        java.util.concurrent.CountDownLatch read = new java.util.concurrent.CountDownLatch(THREADS);
        java.util.concurrent.CountDownLatch seen = new java.util.concurrent.CountDownLatch(1);
        try (FileChannel channel = FileChannel.open(file)) {
            for (int t = 0; t < THREADS; t++) {
                int thread = t;
                threads.add(new Thread(() -> {
                    try {
                        for (int v = 0; v < VALUES_A_THREAD; v++) {
                            ByteBuffer value = ByteBuffer.allocate(VALUE);
                            long at = (long) (thread * VALUES_A_THREAD + v) * VALUE;
                            while (value.hasRemaining()) {
                                sums[thread] += channel.read(value, at + value.position());
                            }
                        }
                        read.countDown();
                        seen.await();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }));
            }
            threads.forEach(Thread::start);
            read.await();
            for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
                if (pool.getName().equals("direct")) {
                    System.out.println("direct memory held by the JDK: " + pool.getMemoryUsed() + " in " + pool.getCount());
                }
            }
            seen.countDown();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        System.out.println("read " + Arrays.stream(sums).sum());
        Files.delete(file);
    }

    /** Makes the file, so that its bytes are not this JVM's. */
    static void peer(Path file) throws IOException {
        byte[] bytes = new byte[VALUE * THREADS * VALUES_A_THREAD];
        new Random(1).nextBytes(bytes);
        Files.write(file, bytes);
    }

    static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        String run = System.getProperty("sun.java.command");
        String source = Arrays.stream(run.split(" ")).filter(w -> w.endsWith(".java")).findFirst().orElse(null);
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F01_BigHeapReads.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
