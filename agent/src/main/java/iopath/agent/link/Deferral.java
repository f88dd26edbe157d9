package iopath.agent.link;

import iopath.agent.classify.BufferKind;

/**
 * One operation on a bucket of the {@link LinkTable} that another thread holds, with a copy of the bytes it is about:
 * who can have the bucket does it. A fixed number of them is reused.
 */
public final class Deferral {

    /** What is to be done. */
    enum Task {
        /** A read has filled the memory. */
        NOTE,
        /** The memory has a new owner. */
        FORGET,
        /** Where do the bytes of a write come from? */
        FIND
    }

    /** What the memory held, each byte at its place in the granule. */
    final byte[] bytes = new byte[LinkTable.GRANULE];

    /** Where the bytes of a write came from. */
    final Portions found = new Portions();

    Task task = Task.NOTE;
    long key;
    long turn;

    /** First byte, and that after the last, in the granule. */
    int from;

    int to;

    // What a note says besides, as LinkTable.put gets it.
    long origin;
    long flags;
    long plain;
    long unpassed;
    long reads;
    long nanos;

    // How a write was counted meanwhile.
    private int sink;
    private BufferKind kind = BufferKind.HEAP;
    private boolean stream;
    private int writes;
    private long writeNanos;

    /** Takes the bytes of the granule that begins at {@code granule}. */
    void copy(Object memory, long base, long granule) {
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            Memory.put(bytes, at, Memory.word(memory, base, granule + at));
        }
        for (; at < to; at++) {
            bytes[at] = (byte) Memory.octet(memory, base, granule + at);
        }
    }

    void counted(int sinkRow, BufferKind buffer, boolean isStream, int writeCalls, long duration) {
        sink = sinkRow;
        kind = buffer;
        stream = isStream;
        writes = writeCalls;
        writeNanos = duration;
    }

    /** Where the bytes of the write came from. */
    public Portions found() {
        return found;
    }

    /** Count of these bytes. */
    public long length() {
        return to - from;
    }

    /** Row of the endpoint that was written to. */
    public int sink() {
        return sink;
    }

    /** Kind of the memory that was written. */
    public BufferKind kind() {
        return kind;
    }

    /** Whether it was a stream that was written to. */
    public boolean stream() {
        return stream;
    }

    /** Write operations that were counted with these bytes. */
    public int writes() {
        return writes;
    }

    /** Nanoseconds that these took. */
    public long nanos() {
        return writeNanos;
    }
}
