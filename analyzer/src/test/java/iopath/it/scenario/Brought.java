package iopath.it.scenario;

import java.nio.ByteBuffer;

/**
 * Which endpoints have brought which content: of all places in what was read, those that the content itself chooses.
 *
 * <p>Content can be on its way twice, as in a copy that is read again. Then no look at it can tell which of them it is.
 */
final class Brought {

    private static final int WINDOW = 16;
    private static final int CHOSEN = 15;
    private static final int BITS = 20;
    private static final long FACTOR = 0x9E3779B97F4A7C15L;

    private final long[] hashes = new long[1 << BITS];

    /** Bits of the endpoints; those past the 64th share one. */
    private final long[] endpoints = new long[1 << BITS];

    synchronized void read(ByteBuffer memory, int from, int to, int source) {
        for (int at = from; at + WINDOW <= to; at++) {
            long hash = hash(memory, at);
            if ((hash & CHOSEN) == 0) {
                int slot = slot(hash);
                hashes[slot] = hash;
                endpoints[slot] |= bit(source);
            }
        }
    }

    /** Bits of the endpoints that have brought some of [from, to). */
    synchronized long of(ByteBuffer memory, int from, int to) {
        long found = 0;
        for (int at = from; at + WINDOW <= to; at++) {
            long hash = hash(memory, at);
            if ((hash & CHOSEN) == 0 && hashes[slot(hash)] == hash) {
                found |= endpoints[slot(hash)];
            }
        }
        return found;
    }

    static long bit(int endpoint) {
        return 1L << Math.min(endpoint, Long.SIZE - 1);
    }

    private int slot(long hash) {
        int slot = (int) (hash >>> Long.SIZE - BITS);
        for (int tries = 0; hashes[slot] != 0 && hashes[slot] != hash; tries++) {
            if (tries == hashes.length) {
                throw new IllegalStateException("a program with so much content needs a larger table");
            }
            slot = slot + 1 & hashes.length - 1;
        }
        return slot;
    }

    private static long hash(ByteBuffer memory, int at) {
        long a = memory.getLong(at);
        long b = memory.getLong(at + Long.BYTES);
        long hash = (a * FACTOR ^ Long.rotateLeft(b, 31)) * FACTOR;
        hash ^= hash >>> 29;
        return hash * FACTOR;
    }
}
