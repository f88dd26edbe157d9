package iopath.analyzer.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One chunk as a file of its own, its header made to fit what is left of it; gone when closed. */
final class ChunkCopy implements AutoCloseable {
    /** A checkpoint without constants, for a chunk that was cut before its first: events do not parse without one. */
    private static final byte[] EMPTY_CHECKPOINT = {7, 1, 0, 0, 0, 0, 0};

    private final Path directory;
    private final Path file;

    private ChunkCopy(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("chunk.jfr");
    }

    /** Copies the sound part of a chunk into a directory that nobody else can enter. */
    static ChunkCopy of(FileChannel source, Chunk chunk, ChunkScan scan) throws IOException {
        // createTempDirectory makes it 0700.
        ChunkCopy copy = new ChunkCopy(Files.createTempDirectory("iopath"));
        try {
            copy.write(source, chunk, scan);
            return copy;
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    private void write(FileChannel source, Chunk chunk, ChunkScan scan) throws IOException {
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long done = 0; done < scan.end(); ) {
                long moved = source.transferTo(chunk.begin() + done, scan.end() - done, target);
                if (moved <= 0) {
                    throw new IOException("the file shrank while it was read");
                }
                done += moved;
            }
            long size = scan.end();
            long constants = scan.constants();
            if (constants == 0) {
                constants = size;
                size += target.write(ByteBuffer.wrap(EMPTY_CHECKPOINT), size);
            }
            put(target, ChunkHeader.SIZE_OFFSET, size);
            put(target, ChunkHeader.CONSTANTS_OFFSET, constants);
            put(target, ChunkHeader.METADATA_OFFSET, scan.metadata());
            target.write(ByteBuffer.allocate(1), ChunkHeader.STATE_OFFSET);
        }
    }

    private static void put(FileChannel target, int offset, long value) throws IOException {
        target.write(ByteBuffer.allocate(Long.BYTES).putLong(0, value), offset);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(directory);
    }
}
