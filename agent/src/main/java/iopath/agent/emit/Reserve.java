package iopath.agent.emit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/**
 * Disk space that is held by a file without a name, to be given back in the moment before JFR has to write.
 *
 * <p>The kernel takes the file away with its descriptor, whatever ends the JVM (unlink(2)).
 */
final class Reserve implements AutoCloseable {

    private static final int BLOCK = 1 << 16;

    private final FileChannel file;
    private final long bytes;

    private Reserve(FileChannel file, long bytes) {
        this.file = file;
        this.bytes = bytes;
    }

    /**
     * Takes space on the disk of a folder.
     *
     * @param bytes how much, rounded down to blocks of 64 KiB
     * @throws IOException if that much is not to be had
     */
    static Reserve in(Path folder, long bytes) throws IOException {
        Path name = Files.createTempFile(folder, "reserve", null);
        FileChannel file = FileChannel.open(name, StandardOpenOption.WRITE);
        try {
            Files.delete(name);
            // Zeros would take no space on a disk that compresses.
            byte[] noise = new byte[BLOCK];
            SplittableRandom random = new SplittableRandom();
            for (long left = bytes; left >= BLOCK; left -= BLOCK) {
                random.nextBytes(noise);
                for (ByteBuffer block = ByteBuffer.wrap(noise); block.hasRemaining(); ) {
                    file.write(block);
                }
            }
            return new Reserve(file, bytes);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Bytes that it still holds. */
    long held() {
        return file.isOpen() ? bytes : 0;
    }

    /** Gives the space back; does nothing if that was done. */
    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // The descriptor is gone all the same (close(2)).
            return;
        }
    }
}
