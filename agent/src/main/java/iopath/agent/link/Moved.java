package iopath.agent.link;

/** Extents that a compaction or a copy moves: scratch space of a thread, reused each time. */
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

    /** What one extent hands on to a copy. */
    final Portions taken = new Portions();

    /** What of the extents counts as kept in another copy. */
    final Lent lent = new Lent();

    private final long[] fields = new long[WIDTH * LIMIT];
    private int size;

    void clear() {
        size = 0;
        lent.clear();
    }

    /** Adds to extent {@code i} what was kept in another copy. */
    void keep(int i, Portions kept) {
        int at = i * WIDTH;
        for (int k = 0; k < kept.size(); k++) {
            fields[at + UNPASSED] += kept.firstPassed(k);
            fields[at + READS] += kept.reads(k);
            fields[at + NANOS] += kept.nanos(k);
            if (fields[at + ORIGIN] >>> 32 == 0) {
                fields[at + ORIGIN] |= kept.sample(k) << 32;
            }
        }
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
