package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A new file of ours for what a target hands over, which only its owner may read; however much the target offers, half of
 * the free space stays free.
 */
final class Intake implements AutoCloseable {
    private final Path file;
    private final FileChannel sink;
    private long left;

    Intake(Path file) throws IOException {
        this.file = file;
        this.sink = PrivateFile.create(file);
        this.left = Files.getFileStore(file).getUsableSpace() / 2;
    }

    /** Appends what a file has now. */
    void add(FileChannel source) throws IOException {
        long size = source.size();
        if (size > left) {
            throw new IOException(size + " bytes would take more than half of what is free beside " + file);
        }
        left -= size;
        for (long at = 0; at < size; ) {
            long moved = source.transferTo(at, size - at, sink);
            if (moved <= 0) {
                // It has become shorter meanwhile.
                break;
            }
            at += moved;
        }
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
