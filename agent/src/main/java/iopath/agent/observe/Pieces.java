package iopath.agent.observe;

import iopath.agent.classify.BufferKind;

/** The pieces of one write, by the kind of memory that they lie in. */
final class Pieces {

    private static final BufferKind[] KINDS = BufferKind.values();

    private final long[] bytes = new long[KINDS.length];

    /** No pieces. */
    void clear() {
        for (int i = 0; i < KINDS.length; i++) {
            bytes[i] = 0;
        }
    }

    /** Adds one of {@code count} bytes. */
    void add(BufferKind kind, long count) {
        bytes[kind.ordinal()] += count;
    }

    /** How many bytes lie in memory of a kind. */
    long of(BufferKind kind) {
        return bytes[kind.ordinal()];
    }

    /** The kind of memory that most bytes lie in: transfers of the write are of this kind. */
    BufferKind largest() {
        BufferKind largest = BufferKind.DIRECT;
        for (BufferKind kind : KINDS) {
            if (of(kind) > of(largest)) {
                largest = kind;
            }
        }
        return largest;
    }
}
