package iopath.agent.link;

import iopath.agent.classify.BufferKind;

/**
 * Where the bytes of one write came from: a short list of origins, reused for every operation of a thread.
 *
 * <p>Fields are parallel arrays; a portion is an index below {@link #size()}.
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
        /** The memory holds what was read from the source. */
        READ,
        /** A TLS engine made the bytes from what was read from the source. */
        TLS,
        /** More origins than the list holds. */
        UNKNOWN
    }

    private final Relation[] relation = new Relation[LIMIT];
    private final int[] source = new int[LIMIT];
    private final int[] kind = new int[LIMIT];
    private final long[] bytes = new long[LIMIT];
    private final long[] firstPassed = new long[LIMIT];
    private final long[] reads = new long[LIMIT];
    private final long[] nanos = new long[LIMIT];
    private final long[] sample = new long[LIMIT];
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
        int i = index(how, from, buffer);
        bytes[i] += count;
        firstPassed[i] += newlyPassed;
        reads[i] += carriedReads;
        nanos[i] += carriedNanos;
        if (sampled != 0) {
            sample[i] = sampled;
        }
    }

    /** Adds bytes that lie in a mapped file: no read call brought them. */
    public void mapped(int file, long count) {
        add(Relation.READ, file, BufferKind.MAPPED.ordinal(), count, 0, 0, 0, 0);
    }

    void addFraming(long count) {
        framing += count;
    }

    private int index(Relation how, int from, int buffer) {
        for (int i = 0; i < size; i++) {
            if (relation[i] == how && source[i] == from && kind[i] == buffer) {
                return i;
            }
        }
        if (size == LIMIT) {
            relation[LIMIT - 1] = Relation.UNKNOWN;
            return LIMIT - 1;
        }
        int i = size++;
        relation[i] = how;
        source[i] = from;
        kind[i] = buffer;
        bytes[i] = 0;
        firstPassed[i] = 0;
        reads[i] = 0;
        nanos[i] = 0;
        sample[i] = 0;
        return i;
    }

    /** Count of portions. */
    public int size() {
        return size;
    }

    /** How portion {@code i} is related to its source. */
    public Relation relation(int i) {
        return relation[i];
    }

    /** Row of the endpoint that portion {@code i} was read from; 0 for memory. */
    public int source(int i) {
        return source[i];
    }

    /** Ordinal of the kind of buffer that portion {@code i} was read into. */
    public int kind(int i) {
        return kind[i];
    }

    /** Bytes of portion {@code i}; plaintext for {@link Relation#TLS}. */
    public long bytes(int i) {
        return bytes[i];
    }

    /** Of these, bytes that are passed on for the first time since they were read. */
    public long firstPassed(int i) {
        return firstPassed[i];
    }

    /** Read operations that portion {@code i} takes along. */
    public long reads(int i) {
        return reads[i];
    }

    /** Nanoseconds that these reads took. */
    public long nanos(int i) {
        return nanos[i];
    }

    /** Number of the sample taken at the read, 0 if none was. */
    public long sample(int i) {
        return sample[i];
    }

    /** Bytes that a cipher added. */
    public long framing() {
        return framing;
    }

    /** The portion with the most bytes, -1 if there is none. */
    public int largest() {
        int best = -1;
        for (int i = 0; i < size; i++) {
            if (best < 0 || bytes[i] > bytes[best]) {
                best = i;
            }
        }
        return best;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < size; i++) {
            text.append(relation[i])
                    .append(' ')
                    .append(source[i])
                    .append(' ')
                    .append(bytes[i])
                    .append("; ");
        }
        return text.append("framing ").append(framing).toString();
    }
}
