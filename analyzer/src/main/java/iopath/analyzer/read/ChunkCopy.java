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

    /** An event of a type that no JVM has, which the parser steps over; its size is put in front, in four bytes. */
    private static final byte[] FILLER_TYPE = {(byte) 0xff, (byte) 0xff, (byte) 0xff, 0x7f};

    /** Bytes of the shortest event that fills a gap. */
    static final int LEAST_FILLER = 4 + 4;

    private static final long MOST_FILLER = (1 << 28) - 1;

    private final Path directory;
    private final Path file;

    private ChunkCopy(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("chunk.jfr");
    }

    /**
     * Copies the sound part of a chunk into a directory that nobody else can enter.
     *
     * @param constants offset of the checkpoint event to start from, 0 for none
     */
    static ChunkCopy of(FileChannel source, Chunk chunk, ChunkScan scan, long constants) throws IOException {
        // createTempDirectory makes it 0700.
        ChunkCopy copy = new ChunkCopy(Files.createTempDirectory("iopath"));
        try {
            copy.write(source, chunk, scan, constants);
            return copy;
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    Path file() {
        return file;
    }

    private void write(FileChannel source, Chunk chunk, ChunkScan scan, long constants) throws IOException {
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long done = 0; done < scan.end(); ) {
                long moved = source.transferTo(chunk.begin() + done, scan.end() - done, target);
                if (moved <= 0) {
                    throw new IOException("the file shrank while it was read");
                }
                done += moved;
            }
            for (ChunkScan.Gap gap : scan.gaps()) {
                fill(target, gap);
            }
            long size = scan.end();
            if (constants == 0) {
                size += target.write(ByteBuffer.wrap(EMPTY_CHECKPOINT), size);
            }
            put(target, ChunkHeader.SIZE_OFFSET, size);
            put(target, ChunkHeader.CONSTANTS_OFFSET, constants == 0 ? scan.end() : constants);
            put(target, ChunkHeader.METADATA_OFFSET, scan.metadata());
            target.write(ByteBuffer.allocate(1), ChunkHeader.STATE_OFFSET);
        }
    }

    private static void fill(FileChannel target, ChunkScan.Gap gap) throws IOException {
        for (long at = gap.begin(); at < gap.end(); ) {
            long left = gap.end() - at;
            // The last filler must not be too short.
            long size = left <= MOST_FILLER ? left : Math.min(MOST_FILLER, left - LEAST_FILLER);
            ByteBuffer filler = ByteBuffer.allocate(LEAST_FILLER);
            putSize(filler, size);
            target.write(filler.put(FILLER_TYPE).flip(), at);
            at += size;
        }
    }

    /** The size of an event in four bytes, as an integer below 2^28 that is longer than it has to be. */
    static void putSize(ByteBuffer event, long size) {
        for (int shift = 0; shift < 28; shift += 7) {
            event.put((byte) (size >> shift & 0x7f | (shift < 21 ? 0x80 : 0)));
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
