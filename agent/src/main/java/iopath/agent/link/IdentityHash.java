package iopath.agent.link;

import java.lang.invoke.MethodHandle;

/**
 * Tells whether an object can have been asked for its identity hash before, without asking for it: the first question
 * costs as much as a short copy.
 *
 * <p>HotSpot keeps the hash in the first word of the object, the mark word (markWord.hpp), which this class only reads.
 * Where in it is found by asking new objects; where it is not found, every object counts as one that may have been
 * asked.
 */
final class IdentityHash {

    private static final MethodHandle MARK = NativeMemory.getter("getLong", long.class, Object.class, long.class);
    private static final int SHIFT = shift();
    private static final long HASH = 0x7fff_ffffL;

    private IdentityHash() {}

    /** Whether nobody has asked for the hash of an object yet, for certain. */
    static boolean isUnasked(Object object) {
        if (SHIFT < 0) {
            return false;
        }
        long word = word(object);
        // 01: neither locked nor inflated; then the word holds the hash, or 0.
        return (word & 3) == 1 && (word >>> SHIFT & HASH) == 0;
    }

    private static long word(Object object) {
        try {
            return (long) MARK.invokeExact(object, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The place of the hash in the mark word, the same in several objects; -1 if there is none. */
    private static int shift() {
        long places = -1;
        for (int i = 0; i < 8; i++) {
            byte[] asked = new byte[8];
            long before = word(asked);
            long hash = System.identityHashCode(asked);
            long after = word(asked);
            long found = 0;
            for (int shift = 2; shift < Long.SIZE - 31; shift++) {
                if ((after >>> shift & HASH) == hash && (before >>> shift & HASH) == 0) {
                    found |= 1L << shift;
                }
            }
            places &= found;
        }
        return Long.bitCount(places) == 1 ? Long.numberOfTrailingZeros(places) : -1;
    }
}
