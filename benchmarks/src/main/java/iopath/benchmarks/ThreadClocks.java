package iopath.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * CPU time of this process to the microsecond: the sum over its threads, those of the JVM too.
 *
 * <p>The JDK's own clock of the process ticks in hundredths of a second. A thread that has ended is in no sum any more.
 */
final class ThreadClocks {
    private static final Path TASKS = Path.of("/proc/self/task");

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

    /** Nanoseconds so far, user and system. */
    long nanos() throws IOException {
        // What /proc says of a thread that runs is as old as its last tick.
        String self = Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString();
        long sum = threads.getCurrentThreadCpuTime();
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                sum += task.endsWith(self) ? 0 : nanos(task.resolve("schedstat"));
            }
        }
        return sum;
    }

    private static long nanos(Path schedstat) throws IOException {
        try {
            String text = Files.readString(schedstat);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException e) {
            return 0; // it ended just now
        }
    }
}
