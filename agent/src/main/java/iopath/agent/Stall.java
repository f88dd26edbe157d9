package iopath.agent;

import java.util.concurrent.locks.LockSupport;

/**
 * How long a thread of this JVM was held up at most while methods were woven.
 *
 * <p>A thread of its own waits again and again for a short time; what it overshoots is the stall. A busy machine adds
 * to it, so it is an upper bound.
 */
final class Stall implements AutoCloseable, Runnable {

    private static final long INTERVAL_NANOS = 200_000;

    private final Thread thread = new Thread(this, "iopath stall");
    private volatile boolean over;
    private volatile long longest;

    /** Begins to watch. */
    Stall() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void run() {
        long last = System.nanoTime();
        while (!over) {
            LockSupport.parkNanos(INTERVAL_NANOS);
            long now = System.nanoTime();
            longest = Math.max(longest, now - last - INTERVAL_NANOS);
            last = now;
        }
    }

    /** The longest stall so far, in nanoseconds. */
    long longestNanos() {
        return longest;
    }

    @Override
    public void close() {
        over = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
