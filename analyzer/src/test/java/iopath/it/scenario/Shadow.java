package iopath.it.scenario;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What is in each byte of some memory, by the program that put it there: from which endpoint it was read, unchanged
 * since, or that the application made it.
 *
 * <p>Beside it stands what was read into the byte's place last. Where the two differ, the byte is stale: who remembers
 * reads alone would take it for something else. The agent compares eight bytes in each KiB, so that a stale run shorter
 * than {@link #SEEN} may escape it; a longer one may not, unless it holds what was read there: the same content may
 * have come back from elsewhere.
 */
final class Shadow {

    /** The application made it. */
    static final int OWN = 0;

    /** Any run of so many bytes, within one piece of address space and one read, holds a word that is compared. */
    private static final int SEEN = 1024 + 2 * Long.BYTES;

    /** The shortest copy that is followed. */
    private static final int FOLLOWED = 256;

    private static final int GRANULE = 16 << 10;
    private static final int SOURCE = 0xff;
    private static final int READ_SHIFT = 8;

    private final byte[] holds;

    /** The endpoint and the number of the read that filled the place last; 0 for none. */
    private final int[] filled;

    /** Stale bytes that have been moved by a compaction while they could not be seen: they never will be. */
    private final boolean[] hidden;

    /** What that read has brought. */
    private final byte[] brought;

    private long address;
    private int reads;

    /** A shadow of new memory. */
    Shadow(int size, long address) {
        this.holds = new byte[size];
        this.filled = new int[size];
        this.hidden = new boolean[size];
        this.brought = new byte[size];
        this.address = address;
    }

    int source(int at) {
        return holds[at];
    }

    /** Memory that shows something from the start, without a read. */
    void shows(int source) {
        Arrays.fill(holds, (byte) source);
    }

    /** New memory has taken the place. */
    void renew(long newAddress) {
        address = newAddress;
        Arrays.fill(holds, (byte) OWN);
        Arrays.fill(filled, 0);
        Arrays.fill(hidden, false);
    }

    void read(ByteBuffer memory, int from, int to, int source) {
        reads++;
        memory.get(from, brought, from, to - from);
        Arrays.fill(holds, from, to, (byte) source);
        Arrays.fill(filled, from, to, source | reads << READ_SHIFT);
        Arrays.fill(hidden, from, to, false);
    }

    void made(int from, int to) {
        Arrays.fill(holds, from, to, (byte) OWN);
        Arrays.fill(hidden, from, to, false);
    }

    /** Bytes of other memory have been copied to {@code from}: what is known of them goes with them, if they are many. */
    void copied(int from, Shadow other, ByteBuffer memory, int otherFrom, int length) {
        System.arraycopy(other.holds, otherFrom, holds, from, length);
        if (length < FOLLOWED) {
            Arrays.fill(hidden, from, from + length, false);
            return;
        }
        int to = otherFrom + length;
        boolean[] unseen = Arrays.copyOfRange(other.hidden, otherFrom, to);
        BitSet same = other.same(memory, otherFrom, to, 0);
        for (int at = otherFrom; at < to; ) {
            int end = other.stale(at, to, same);
            if (end > at && !same.get(at) && end - at < SEEN) {
                Arrays.fill(unseen, at - otherFrom, end - otherFrom, true);
            }
            at = Math.max(end, at + 1);
        }
        int[] numbers = Arrays.copyOfRange(other.filled, otherFrom, to);
        for (int i = 0; i < length; i++) {
            reads += i == 0 || numbers[i] != numbers[i - 1] ? 1 : 0;
            filled[from + i] = (numbers[i] & SOURCE) == 0 ? 0 : numbers[i] & SOURCE | reads << READ_SHIFT;
        }
        System.arraycopy(unseen, 0, hidden, from, length);
        System.arraycopy(other.brought, otherFrom, brought, from, length);
    }

    /** The bytes of [from, to) have been moved to {@code base}. */
    void compacted(ByteBuffer memory, int base, int from, int to) {
        if (from == base) {
            return;
        }
        BitSet same = same(memory, from, to, from - base);
        for (int at = from; at < to; ) {
            int end = stale(at, to, same);
            if (end > at && !same.get(at) && end - at < SEEN) {
                Arrays.fill(hidden, at, end, true);
            }
            at = Math.max(end, at + 1);
        }
        int length = to - from;
        reads++;
        System.arraycopy(holds, from, holds, base, length);
        System.arraycopy(filled, from, filled, base, length);
        System.arraycopy(hidden, from, hidden, base, length);
        System.arraycopy(brought, from, brought, base, length);
    }

    /** Counts what a write of [from, to) sends. */
    void written(ByteBuffer memory, int from, int to, Oracle oracle, int sink) {
        for (int at = from; at < to; ) {
            int end = at + 1;
            while (end < to && holds[end] == holds[at]) {
                end++;
            }
            oracle.moved(holds[at], sink, end - at);
            if (holds[at] != OWN) {
                oracle.sentOn(memory, at, end, holds[at], sink);
            }
            at = end;
        }
        BitSet same = same(memory, from, to, 0);
        for (int at = from; at < to; ) {
            int end = stale(at, to, same);
            if (end > at && (hidden[at] || same.get(at) || end - at < SEEN)) {
                oracle.unseen(filled[at] & SOURCE, sink, end - at);
            }
            at = Math.max(end, at + 1);
        }
    }

    /** The places of [from, to) whose bytes are in a run of what was read there, long enough for a word of it. */
    private BitSet same(ByteBuffer memory, int from, int to, int shift) {
        BitSet same = new BitSet();
        for (int at = from; at < to; ) {
            int end = at;
            while (end < to && memory.get(end - shift) == brought[end]) {
                end++;
            }
            if (end - at >= Long.BYTES) {
                same.set(at, end);
            }
            at = end + 1;
        }
        return same;
    }

    /** The end of the run of stale bytes that begins at a place, and that is compared as one. */
    private int stale(int at, int to, BitSet same) {
        int end = at;
        while (end < to
                && (filled[end] & SOURCE) != 0
                && (filled[end] & SOURCE) != holds[end]
                && filled[end] == filled[at]
                && hidden[end] == hidden[at]
                && same.get(end) == same.get(at)
                && (end == at || (address + end) % GRANULE != 0)) {
            end++;
        }
        return end;
    }
}
