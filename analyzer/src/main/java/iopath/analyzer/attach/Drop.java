package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A private folder that a target may write to and this process reads from.
 *
 * <p>It is the target's own, so that it can clean up when this process is killed: it finds that out by a lock that this
 * process holds on the file {@value #WATCH}, which the kernel frees at its end.
 */
final class Drop implements AutoCloseable {
    private static final String RECORDING = "recording.jfr";
    private static final String WATCH = "watch";

    private final HeldFolder place;
    private final HeldFolder folder;
    private final FileChannel watch;

    private Drop(HeldFolder place, HeldFolder folder, FileChannel watch) {
        this.place = place;
        this.folder = folder;
        this.watch = watch;
    }

    /** Makes one in a target's folder for temporary files, which it closes in the end. */
    static Drop in(HeldFolder place) throws IOException {
        HeldFolder folder = null;
        FileChannel watch = null;
        boolean whole = false;
        try {
            folder = place.make(Unforeseeable.name(), "rwx------");
            watch = folder.create(WATCH, "rw-r--r--");
            FileLock lock = watch.tryLock();
            if (lock == null) {
                throw new IOException("somebody else has locked " + folder.name() + "/" + WATCH);
            }
            folder.give();
            whole = true;
            return new Drop(place, folder, watch);
        } finally {
            if (!whole) {
                close(place, folder, watch);
            }
        }
    }

    /** Where the target is to write its recording. */
    String recording() {
        return folder.name() + "/" + RECORDING;
    }

    /** What shows the target that this process runs. */
    String watch() {
        return folder.name() + "/" + WATCH;
    }

    /** Copies the recording to a new file that only its owner may read; false if the target has written none. */
    boolean take(Path to) throws IOException {
        try (FileChannel source = folder.open(RECORDING)) {
            if (source.size() == 0) {
                return false;
            }
            try (Intake intake = new Intake(to)) {
                intake.add(source);
            }
            return true;
        } catch (NoSuchFileException e) {
            if (to.toString().equals(e.getFile())) {
                throw e;
            }
            return false;
        }
    }

    /** Deletes it and what is in it. */
    @Override
    public void close() throws IOException {
        close(place, folder, watch);
    }

    @SuppressWarnings("try") // The resources are closed, not used.
    private static void close(HeldFolder place, @Nullable HeldFolder folder, @Nullable FileChannel watch)
            throws IOException {
        try (place;
                folder;
                watch) {
            if (folder != null) {
                place.remove(folder);
            }
        }
    }
}
