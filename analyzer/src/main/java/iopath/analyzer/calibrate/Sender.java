package iopath.analyzer.calibrate;

import iopath.analyzer.price.Point;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;

/**
 * The process that is measured: it moves bytes in every way in turns, and prints what a byte took.
 *
 * <p>It counts the CPU time of its one thread, user and system. Elapsed time would be that of whoever receives.
 */
public final class Sender {
    /** Code is compiled, and buffers of the kernel have grown, after so many turns. */
    private static final int WARM_UP = 1;

    /** The clock is looked at once for so many bytes, since a look takes as long as moving a few hundred. */
    private static final long BYTES_A_LOOK = 256 << 10;

    /** The JDK's ciphers run at a tenth of their speed, and less, until they are compiled, which takes about a second. */
    private static final long CIPHER_WARM_UP_NANOS = 1_500_000_000;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Ends ends;
    private final long turnNanos;

    private Sender(Ends ends, long turnMillis) {
        this.ends = ends;
        turnNanos = turnMillis * 1_000_000;
    }

    /** Takes a directory with {@code data} and {@code key.p12}, the ports of a drain and a feed, turns, milliseconds, frees. */
    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        Path directory = Path.of(arguments[0]);
        int turns = Integer.parseInt(arguments[3]);
        boolean frees = Boolean.parseBoolean(arguments[5]);
        try (Ends ends = new Ends(directory, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]), frees)) {
            Sender sender = new Sender(ends, Long.parseLong(arguments[4]));
            List<Way> ways = Ways.of(ends, new TlsPair(directory.resolve("key.p12")));
            sender.warmUpCiphers(ways);
            sender.warmUp(ways);
            for (int turn = 0; turn < turns; turn++) {
                for (Way way : ways) {
                    System.out.println(new Turn(way.lane(), way.chunkBytes(), sender.turn(way)).line());
                }
            }
        }
    }

    private void warmUpCiphers(List<Way> ways) throws IOException {
        List<Way> ciphers = ways.stream()
                .filter(way -> way.lane().path().equals(Point.CIPHER))
                .toList();
        long end = threads.getCurrentThreadCpuTime() + CIPHER_WARM_UP_NANOS;
        while (threads.getCurrentThreadCpuTime() < end) {
            for (Way cipher : ciphers) {
                look(cipher);
            }
        }
    }

    private void warmUp(List<Way> ways) throws IOException {
        for (Way way : ways) {
            for (int i = 0; i < WARM_UP; i++) {
                turn(way);
            }
        }
    }

    /** CPU nanoseconds a byte. */
    private double turn(Way way) throws IOException {
        ends.restart();
        long begin = System.nanoTime();
        long cpu = threads.getCurrentThreadCpuTime();
        long bytes = 0;
        do {
            bytes += look(way);
        } while (System.nanoTime() - begin < turnNanos);
        ends.finish();
        return (double) (threads.getCurrentThreadCpuTime() - cpu) / bytes;
    }

    private static long look(Way way) throws IOException {
        long bytes = 0;
        while (bytes < BYTES_A_LOOK) {
            bytes += way.step().move();
        }
        return bytes;
    }
}
