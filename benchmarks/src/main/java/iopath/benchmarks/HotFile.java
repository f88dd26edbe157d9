package iopath.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** A file that has just been written, so that it lies in the page cache. */
final class HotFile implements AutoCloseable {

    /** Small enough for the cache of a core: the cost of the copy shall not hide the cost of the call. */
    static final int BYTES = 256 * 1024;

    private final Path path;
    private final FileChannel channel;
    private long position;

    HotFile() throws IOException {
        path = Files.createTempFile("iopath-benchmark", ".data");
        byte[] bytes = new byte[BYTES];
        // No two parts alike: the agent compares contents.
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        Files.write(path, bytes);
        channel = FileChannel.open(path, StandardOpenOption.READ);
    }

    FileChannel channel() {
        return channel;
    }

    Path path() {
        return path;
    }

    /** Where to read the next {@code length} bytes, round and round. */
    long next(int length) {
        long at = position;
        position = at + 2L * length > BYTES ? 0 : at + length;
        return at;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.delete(path);
    }

    /** A buffer by the name that the benchmarks' parameter has. */
    static ByteBuffer buffer(String kind, int bytes) {
        return kind.equals("direct") ? ByteBuffer.allocateDirect(bytes) : ByteBuffer.allocate(bytes);
    }
}
