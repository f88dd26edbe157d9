package iopath.agent.link;

import iopath.agent.classify.BufferKind;

/**
 * Where the bytes of one write came from: a short list of origins, reused for every operation of a thread.
 *
 * <p>A portion is an index below {@link #size()}.
 */
public final class Portions {

    /** Origins at most in one write; past it bytes are of unknown origin. */
    private static final int LIMIT = 32;

    /** How a portion's bytes are related to its source. */
    public enum Relation {
        /** The memory was not filled by a known read. */
        OWN,
        /** The memory was filled by a read, but holds other bytes now. */
        MODIFIED,
        /** The memory was filled by a read, but too little is written of it to tell whether it still holds that. */
        UNPROVEN,
        /** The memory holds what was read from the source. */
        READ,
        /** A TLS engine made the bytes from what was read from the source. */
        TLS,
        /** More origins than the list holds. */
        UNKNOWN
    }

    // A portion lies in one piece, since a write that is linked looks at all of it.
    private static final int WHAT = 0;
    private static final int BYTES = 1;
    private static final int FIRST_PASSED = 2;
    private static final int READS = 3;
    private static final int NANOS = 4;
    private static final int SAMPLE = 5;
    private static final int WIDTH = 8;

    private static final Relation[] RELATIONS = Relation.values();

    private final long[] rows = new long[LIMIT * WIDTH];
    private int size;
    private long framing;

    /** Forgets all portions. */
    public void clear() {
        size = 0;
        framing = 0;
    }

    void add(
            Relation how,
            int from,
            int buffer,
            long count,
            long newlyPassed,
            long carriedReads,
            long carriedNanos,
            long sampled) {
        long what = how.ordinal() | (long) buffer << 8 | (long) from << 16;
        int row = row(what);
        if (row < 0) {
            row = size++ * WIDTH;
            rows[row + WHAT] = what;
            rows[row + BYTES] = count;
            rows[row + FIRST_PASSED] = newlyPassed;
            rows[row + READS] = carriedReads;
            rows[row + NANOS] = carriedNanos;
            rows[row + SAMPLE] = sampled;
            return;
        }
        rows[row + BYTES] += count;
        rows[row + FIRST_PASSED] += newlyPassed;
        rows[row + READS] += carriedReads;
        rows[row + NANOS] += carriedNanos;
        if (sampled != 0) {
            rows[row + SAMPLE] = sampled;
        }
    }

    /** Adds bytes that lie in a mapped file: no read call brought them. */
    public void mapped(int file, long count) {
        add(Relation.READ, file, BufferKind.MAPPED.ordinal(), count, 0, 0, 0, 0);
    }

    /** Tells that all portions went through a cipher, which added {@code count} bytes. */
    public void encrypted(long count) {
        for (int row = 0; row < size * WIDTH; row += WIDTH) {
            if ((rows[row + WHAT] & 0xff) == Relation.READ.ordinal()) {
                rows[row + WHAT] = rows[row + WHAT] & ~0xffL | Relation.TLS.ordinal();
            }
        }
        addFraming(count);
    }

    void addFraming(long count) {
        framing += count;
    }

    /** The row of a portion, -1 if it is new. */
    private int row(long what) {
        for (int row = 0; row < size * WIDTH; row += WIDTH) {
            if (rows[row + WHAT] == what) {
                return row;
            }
        }
        if (size == LIMIT) {
            int last = (LIMIT - 1) * WIDTH;
            rows[last + WHAT] = rows[last + WHAT] & ~0xffL | Relation.UNKNOWN.ordinal();
            return last;
        }
        return -1;
    }

    /** Whether all bytes are the application's own. */
    public boolean isOwn() {
        return size == 1 && framing == 0 && rows[WHAT] == Relation.OWN.ordinal();
    }

    /** Count of portions. */
    public int size() {
        return size;
    }

    /** How portion {@code i} is related to its source. */
    public Relation relation(int i) {
        return RELATIONS[(int) rows[i * WIDTH + WHAT] & 0xff];
    }

    /** Row of the endpoint that portion {@code i} was read from; 0 for memory. */
    public int source(int i) {
        return (int) (rows[i * WIDTH + WHAT] >>> 16);
    }

    /** Ordinal of the kind of buffer that portion {@code i} was read into. */
    public int kind(int i) {
        return (int) (rows[i * WIDTH + WHAT] >>> 8) & 0xff;
    }

    /** Bytes of portion {@code i}; plaintext for {@link Relation#TLS}. */
    public long bytes(int i) {
        return rows[i * WIDTH + BYTES];
    }

    /** Of these, bytes that are passed on for the first time since they were read. */
    public long firstPassed(int i) {
        return rows[i * WIDTH + FIRST_PASSED];
    }

    /** Read operations that portion {@code i} takes along. */
    public long reads(int i) {
        return rows[i * WIDTH + READS];
    }

    /** Nanoseconds that these reads took. */
    public long nanos(int i) {
        return rows[i * WIDTH + NANOS];
    }

    /** Number of the sample taken at the read, 0 if none was. */
    public long sample(int i) {
        return rows[i * WIDTH + SAMPLE];
    }

    /** Bytes that a cipher added. */
    public long framing() {
        return framing;
    }

    /** The portion with the most bytes, -1 if there is none. */
    public int largest() {
        int best = -1;
        for (int i = 0; i < size; i++) {
            if (best < 0 || rows[i * WIDTH + BYTES] > rows[best * WIDTH + BYTES]) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(relation(i))
                    .append(' ')
                    .append(source(i))
                    .append(' ')
                    .append(bytes(i))
                    .append("; ");
        }
        return text.append("framing ").append(framing).toString();
    }
}
