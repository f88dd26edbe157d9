package iopath.agent;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * Looks whether the client that has asked for a recording still runs: it holds a lock on a file, which the kernel frees
 * at its end, whatever ends it.
 */
final class ClientWatch {

    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Path file;
    private long next = System.nanoTime();
    private boolean gone;

    ClientWatch(Path file) {
        this.file = file;
    }

    /** Whether it has ended; looks every five seconds, however often it is asked. */
    synchronized boolean isGone() {
        long now = System.nanoTime();
        if (!gone && now - next >= 0) {
            next = now + PERIOD_NANOS;
            gone = look();
        }
        return gone;
    }

    /** Whether it has ended by now. */
    synchronized boolean isGoneNow() {
        next = System.nanoTime();
        return isGone();
    }

    private boolean look() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock != null;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException | RuntimeException e) {
            // That we cannot look says nothing of the client.
            return false;
        }
    }

    /** Deletes what such a client has left for this JVM: its file, a recording that nobody takes, and their folder. */
    void clean() {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            return;
        }
        try {
            Files.deleteIfExists(folder.resolve("recording.jfr"));
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Somebody has put something else there, which is not ours to delete.
            return;
        }
    }
}
