package iopath.analyzer.attach;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A person's Ctrl-C, which ends the wait and not the program.
 *
 * <p>The JVM calls a hook then, and ends when that returns: so the hook waits until the work is done.
 */
public final class Interrupt implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::hold, "iopath interrupt");

    public Interrupt() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void hold() {
        asked.countDown();
        try {
            // The second Ctrl-C does not get here: the JVM is ended by a kill -9 alone, or by this bound.
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("iopath: the target does not answer; giving up");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for at most {@code millis}; returns whether it has come. */
    public boolean awaited(long millis) {
        try {
            if (asked.getCount() > 0) {
                return asked.await(millis, TimeUnit.MILLISECONDS);
            }
            Thread.sleep(millis);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    @Override
    public void close() {
        done.countDown();
        if (asked.getCount() > 0) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
