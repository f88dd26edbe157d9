package iopath.agent.link;

import java.util.SplittableRandom;

/**
 * Cuts memory into chunks where its content says so, so that the same bytes make the same chunks wherever they lie.
 *
 * <p>A gear hash (Xia et al., Ddelta, 2014) over the last 64 bytes decides where a chunk ends; a chunk is 176 bytes on
 * average. The tables are drawn at random for each agent, so a hash tells nothing of the content to anyone else.
 */
final class Chunks {

    /** Bytes that decide on a boundary: none is seen before as many have passed. */
    private static final int WINDOW = 64;

    /** Its bits are 0 at one place in 128. */
    private static final long BOUNDARY = 0x7fL << 57;

    /** A shorter chunk says too little; none is, but the first and the last. */
    private static final int SHORTEST = 48;

    /** A longer one has no boundary where random bytes would have sixteen: it repeats itself. */
    private static final int LONGEST = 2048;

    /** Different values, modulo 64, that some bytes of a chunk must have: zeros and short patterns are everywhere. */
    private static final int VALUES = 10;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private final long[] gear = new long[256];
    private final long seed;

    /** Chunks by tables of their own. */
    Chunks(SplittableRandom random) {
        for (int i = 0; i < gear.length; i++) {
            gear[i] = random.nextLong();
        }
        this.seed = random.nextLong();
    }

    /** Hands all chunks of [from, to) to {@code visitor}, in order; the first and the last end at the border. */
    void cut(Object memory, long base, long from, long to, Visitor visitor) {
        long[] table = gear;
        long earliest = from + WINDOW;
        long start = from;
        long hash = 0;
        for (long at = from; at < to; at += Long.BYTES) {
            int count = (int) Math.min(Long.BYTES, to - at);
            long word = count == Long.BYTES ? Memory.word(memory, base, at) : Memory.rest(memory, base, at, to);
            long boundary = at;
            for (int i = 0; i < count; i++, word >>>= Byte.SIZE) {
                hash = (hash << 1) + table[(int) word & 0xff];
                boundary++;
                if ((hash & BOUNDARY) == 0 && boundary >= earliest) {
                    chunk(memory, base, start, boundary, visitor);
                    start = boundary;
                    earliest = Math.max(start + SHORTEST, earliest);
                }
            }
        }
        if (start < to) {
            chunk(memory, base, start, to, visitor);
        }
    }

    private void chunk(Object memory, long base, long start, long end, Visitor visitor) {
        long hash = seed ^ end - start;
        long values = 0;
        long at = start;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            long word = Memory.word(memory, base, at);
            hash = mix(hash ^ word);
            values |= 1L << word | 1L << (word >>> 24) | 1L << (word >>> 40);
        }
        if (at < end) {
            hash = mix(hash ^ Memory.rest(memory, base, at, end));
        }
        long length = end - start;
        boolean telling = length >= SHORTEST && length <= LONGEST && Long.bitCount(values) >= VALUES;
        visitor.chunk(start, end, mix(hash) | 1, telling);
    }

    private static long mix(long value) {
        long product = value * MULTIPLIER;
        return product ^ product >>> 32;
    }

    /** Takes chunks. */
    interface Visitor {

        /**
         * Takes the chunk [start, end).
         *
         * @param hash of all its bytes
         * @param telling whether it is neither too short nor too uniform to be told from others
         */
        void chunk(long start, long end, long hash, boolean telling);
    }
}
