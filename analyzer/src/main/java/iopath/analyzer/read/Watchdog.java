package iopath.analyzer.read;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Runs what may never return, for as long as it makes progress.
 *
 * @param patience how long it may make none
 */
record Watchdog(Duration patience) {

    /** How a watched task ended. */
    enum Outcome {
        DONE,
        STUCK
    }

    /**
     * Runs a task on a thread of its own, which is left behind if the task gets stuck.
     *
     * @param progress a number that changes while the task gets on
     * @throws Throwable what the task threw
     */
    Outcome watch(Runnable task, LongSupplier progress) throws Throwable {
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (Throwable t) {
                        thrown.set(t);
                    }
                },
                "iopath-reader");
        thread.setDaemon(true);
        thread.start();
        long last;
        do {
            last = progress.getAsLong();
            thread.join(patience.toMillis());
            if (!thread.isAlive()) {
                Throwable failure = thrown.get();
                if (failure != null) {
                    throw failure;
                }
                return Outcome.DONE;
            }
        } while (progress.getAsLong() != last);
        return Outcome.STUCK;
    }
}
