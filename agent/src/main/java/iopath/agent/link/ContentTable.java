package iopath.agent.link;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Remembers from where a chunk of content was read last: a fixed table of hashes, no content.
 *
 * <p>Content that two sources have, of which one may be the application, or that one read has twice, tells nothing of
 * where it came from, and is marked so. Any thread may read and write; an entry that is written by two at once does not
 * fit its hash, and is none. What is found is a copy, since the next moment the entry may be another's.
 */
final class ContentTable {

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);

    // An entry: the hash, hidden by the rest (but for whether it has been passed on); where in what read it was; the
    // address it was read to; and space.
    private static final int PLACE = 1;
    private static final int ADDRESS = 2;
    private static final int WIDTH = 4;

    // A place: whether it has been passed on, row of the source, kind of the buffer, number of the read, number of the
    // chunk in it.
    private static final int CHUNK_BITS = 16;
    private static final int READ_BITS = 32;
    private static final int KIND_SHIFT = CHUNK_BITS + READ_BITS;
    private static final int SOURCE_SHIFT = KIND_SHIFT + 2;
    private static final long READ_MASK = (1L << READ_BITS) - 1;

    private static final long SOURCE = 0xfffL << SOURCE_SHIFT;
    private static final long PASSED = 1L << 63;

    private final int bits;
    private final long[] table;

    /** An entry as it was when it was found. */
    static final class Found {
        private int index;
        private long place;
        private long address;

        /** Where its chunk was read; to be taken apart by the methods of the table. */
        long place() {
            return place;
        }

        /** The address that its chunk was read to. */
        long address() {
            return address;
        }
    }

    /** A table of 2^{@code bits} entries, 1 to 24; an entry takes 32 bytes. */
    ContentTable(int bits) {
        this.bits = bits;
        this.table = new long[WIDTH << bits];
    }

    /**
     * Notes that a chunk was read.
     *
     * @param scratch overwritten
     */
    void put(long hash, int source, int kind, long read, int chunk, long address, Found scratch) {
        long place = chunk & (1L << CHUNK_BITS) - 1
                | (read & READ_MASK) << CHUNK_BITS
                | (long) kind << KIND_SHIFT
                | (long) source << SOURCE_SHIFT;
        int entry;
        if (find(hash, scratch)) {
            entry = scratch.index;
            long known = scratch.place;
            if (source(known) != source || read(known) == read(place) && chunk(known) != chunk) {
                place &= ~SOURCE;
            }
        } else {
            int home = home(hash);
            int neighbour = home ^ WIDTH;
            entry = read(place(home)) <= read(place(neighbour)) ? home : neighbour;
        }
        SLOT.setOpaque(table, entry + ADDRESS, address);
        SLOT.setOpaque(table, entry + PLACE, place);
        SLOT.setRelease(table, entry, hash ^ place ^ address);
    }

    /**
     * Notes that the application has written a chunk that no read had brought.
     *
     * @param number of the write, among those of reads: the older of two entries goes first
     * @param scratch overwritten
     */
    void putOwn(long hash, long number, int chunk, Found scratch) {
        put(hash, 0, 0, number, chunk, 0, scratch);
    }

    /** Whether an entry's chunk is known from writes of the application's own alone; no read is into kind 0. */
    static boolean isOwn(long place) {
        return source(place) == 0 && kind(place) == 0;
    }

    /** Marks a chunk as passed on; returns whether it was not before. One that is forgotten by now was, maybe. */
    boolean pass(Found found) {
        return found.place >= 0 && SLOT.compareAndSet(table, found.index + PLACE, found.place, found.place | PASSED);
    }

    /** Finds the entry of a hash; returns false if there is none. */
    boolean find(long hash, Found found) {
        int home = home(hash);
        return holds(home, hash, found) || holds(home ^ WIDTH, hash, found);
    }

    private boolean holds(int entry, long hash, Found found) {
        long hidden = (long) SLOT.getAcquire(table, entry);
        found.index = entry;
        found.place = place(entry);
        found.address = (long) SLOT.getOpaque(table, entry + ADDRESS);
        return (hidden ^ found.place & ~PASSED ^ found.address) == hash;
    }

    private int home(long hash) {
        return (int) (hash >>> 64 - bits) * WIDTH;
    }

    private long place(int entry) {
        return (long) SLOT.getOpaque(table, entry + PLACE);
    }

    /** Row of the source; 0 if there are several. */
    static int source(long place) {
        return (int) (place >>> SOURCE_SHIFT) & 0xfff;
    }

    /** Ordinal of the kind of buffer that it was read into. */
    static int kind(long place) {
        return (int) (place >>> KIND_SHIFT) & 3;
    }

    /** Number of the read. */
    static long read(long place) {
        return place >>> CHUNK_BITS & READ_MASK;
    }

    /** Number of the chunk in its read. */
    static int chunk(long place) {
        return (int) place & (1 << CHUNK_BITS) - 1;
    }
}
