package iopath.it.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** Virtual threads for classes compiled for JDK 17. */
final class Virtual {

    private Virtual() {}

    /** What a thread does. */
    interface Work {
        void run() throws IOException;
    }

    /** Runs work on a virtual thread, to its end. */
    static void run(Work work) throws Exception {
        Thread thread = (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, unchecked(work));
        thread.join();
    }

    /** Whether this JDK has them. */
    static boolean areThere() {
        return Runtime.version().feature() >= 21;
    }

    /** Runs work on a virtual thread, and throws what it throws. */
    static void call(Callable<@Nullable Void> work) throws Exception {
        FutureTask<@Nullable Void> task = new FutureTask<>(work);
        Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, task);
        task.get();
    }

    /** Work that ends the whole program when it fails, so that no failure is lost with its thread. */
    static Runnable unchecked(Work work) {
        return () -> {
            try {
                work.run();
            } catch (IOException e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
                throw new UncheckedIOException(e);
            }
        };
    }
}
