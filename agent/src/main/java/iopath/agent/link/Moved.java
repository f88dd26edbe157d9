package iopath.agent.link;

/** Extents that a compaction moves: scratch space, reused for every compaction of a thread. */
public final class Moved {

    static final int FROM = 0;
    static final int TO = 1;
    static final int ORIGIN = 2;
    static final int FLAGS = 3;
    static final int PLAIN = 4;
    static final int UNPASSED = 5;
    static final int READS = 6;
    static final int NANOS = 7;

    private static final int WIDTH = 8;
    private static final int LIMIT = 64;

    private final long[] fields = new long[WIDTH * LIMIT];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    long get(int i, int field) {
        return fields[i * WIDTH + field];
    }

    /** Adds an extent at its new place; past the bound it is forgotten. */
    void add(long from, long to, long origin, long flags, long plain, long unpassed, long reads, long nanos) {
        if (size == LIMIT) {
            return;
        }
        int i = size++ * WIDTH;
        fields[i + FROM] = from;
        fields[i + TO] = to;
        fields[i + ORIGIN] = origin;
        fields[i + FLAGS] = flags;
        fields[i + PLAIN] = plain;
        fields[i + UNPASSED] = unpassed;
        fields[i + READS] = reads;
        fields[i + NANOS] = nanos;
    }
}
