package iopath.analyzer.read;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The fixed fields at the start of a chunk; offsets count from there.
 *
 * @param size bytes of the chunk, 0 while it was never flushed
 * @param constants offset of the newest checkpoint event
 * @param metadata offset of the metadata event
 * @param startNanos nanoseconds since the epoch
 * @param startTicks the same moment on the JVM's clock
 * @param state 0 when finished
 * @param compressed whether integers are LEB128, as every JDK writes them
 */
record ChunkHeader(
        long size,
        long constants,
        long metadata,
        long startNanos,
        long durationNanos,
        long startTicks,
        long ticksPerSecond,
        int state,
        boolean compressed) {

    /** Bytes of a header. */
    static final int LENGTH = 68;

    static final int SIZE_OFFSET = 8;
    static final int CONSTANTS_OFFSET = 16;
    static final int METADATA_OFFSET = 24;
    static final int STATE_OFFSET = 64;

    private static final int FLAGS_OFFSET = 67;
    private static final int COMPRESSED = 1;
    /** {@code FLR} and a zero. */
    static final int MAGIC = 'F' << 24 | 'L' << 16 | 'R' << 8;

    /** Reads one; {@code null} if these are not the first bytes of a chunk. */
    static @Nullable ChunkHeader parse(ByteBuffer bytes) {
        if (bytes.remaining() < LENGTH || bytes.getInt(0) != MAGIC) {
            return null;
        }
        int major = bytes.getShort(4);
        if (major < 1 || major > 2) {
            return null;
        }
        return new ChunkHeader(
                bytes.getLong(SIZE_OFFSET),
                bytes.getLong(CONSTANTS_OFFSET),
                bytes.getLong(METADATA_OFFSET),
                bytes.getLong(32),
                bytes.getLong(40),
                bytes.getLong(48),
                bytes.getLong(56),
                bytes.get(STATE_OFFSET) & 0xff,
                (bytes.get(FLAGS_OFFSET) & COMPRESSED) != 0);
    }

    /** Whether two chunks are copies of one: no two JVMs start one at the same nanosecond and tick. */
    Identity identity() {
        return new Identity(startNanos, startTicks, ticksPerSecond);
    }

    /** What tells a chunk from all others. */
    record Identity(long startNanos, long startTicks, long ticksPerSecond) {
        /** In hexadecimal. */
        String text() {
            return Long.toHexString(startNanos) + "-" + Long.toHexString(startTicks) + "-"
                    + Long.toHexString(ticksPerSecond);
        }
    }
}
