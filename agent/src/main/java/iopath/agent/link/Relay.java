package iopath.agent.link;

import iopath.agent.classify.BufferKind;
import iopath.agent.link.Portions.Relation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that one transfer has brought to a wrapper, and that this has not been seen to pass on yet.
 *
 * <p>Whatever memory a wrapper sends from, what it sends is compared with these, byte for byte and in their order. They
 * are kept in a copy, as the JDK reads into the same 8 KiB again; of what a wrapper holds back, the newest 1 MiB.
 */
public final class Relay {

    private static final int FIRST = 16 << 10;
    private static final int MOST = 1 << 20;

    /** Bytes that are enough to be told by: fewer may be equal by chance. */
    private static final int ENOUGH = 16;

    /** Bytes that a wrapper may put in front, as the length of a chunk. */
    private static final int LONGEST_HEADER = 64;

    private byte[] bytes = new byte[FIRST];

    // What is pending lies in [start, end).
    private int start;
    private int end;

    private int source;
    private long reads;
    private long nanos;

    /** The memory that the last read has filled. */
    private @Nullable Object given;

    /** Forgets what an earlier transfer has left. */
    public void clear() {
        start = 0;
        end = 0;
        reads = 0;
        nanos = 0;
        given = null;
    }

    /** Takes what a read of {@code from} has brought into an array or a buffer. */
    public void read(Object memory, int offset, int count, int from, long time) {
        given = memory;
        if (from != source) {
            start = end;
            source = from;
        }
        int taken = Math.min(count, MOST);
        makeRoom(taken);
        int first = offset + count - taken;
        if (memory instanceof byte[] array) {
            System.arraycopy(array, first, bytes, end, taken);
        } else {
            ((ByteBuffer) memory).get(first, bytes, end, taken);
        }
        end += taken;
        reads++;
        nanos += time;
    }

    private void makeRoom(int count) {
        if (end + count <= bytes.length) {
            return;
        }
        int pending = end - start;
        int length = bytes.length;
        while (length < pending + count && length < MOST) {
            length <<= 1;
        }
        // The oldest go where there is no room for all.
        int kept = Math.min(pending, length - count);
        byte[] target = length == bytes.length ? bytes : new byte[length];
        System.arraycopy(bytes, end - kept, target, 0, kept);
        bytes = target;
        start = 0;
        end = kept;
    }

    /** Whether memory is what the last read has filled: then it is known by itself what it holds. */
    public boolean isGiven(Object memory) {
        return memory == given;
    }

    /** Takes note that the next {@code count} bytes were passed on, out of the memory that they had been read into. */
    public void skip(long count) {
        start = (int) Math.min(end, start + count);
        reads = 0;
        nanos = 0;
    }

    /**
     * Adds what of [from, to) are the next pending bytes, and the rest of it as the wrapper's own.
     *
     * @return whether some are; if not, nothing is added
     */
    public boolean pass(Object memory, long base, long from, long to, Portions portions) {
        boolean passed = false;
        long at = from;
        while (at < to && start < end) {
            int common = common(memory, base, at, to);
            boolean whole = at == from && common == to - at;
            if (common >= ENOUGH || common > 0 && (whole || common == end - start)) {
                // It has copied them, once at least.
                portions.add(Relation.RELAYED, source, BufferKind.HEAP.ordinal(), 1, common, common, reads, nanos, 0);
                reads = 0;
                nanos = 0;
                start += common;
                at += common;
                passed = true;
            } else {
                long last = Math.min(to, at + LONGEST_HEADER);
                long next = find(memory, base, at + 1, last);
                if (next == last) {
                    break;
                }
                portions.add(Relation.OWN, next - at);
                at = next;
            }
        }
        if (passed && at < to) {
            portions.add(Relation.OWN, to - at);
        }
        return passed;
    }

    /** The first place in [from, to) where what is pending begins; {@code to} if there is none. */
    private long find(Object memory, long base, long from, long to) {
        int least = Math.min(ENOUGH, end - start);
        for (long at = from; at + least <= to; at++) {
            if (Memory.octet(memory, base, at) == bytes[start] && common(memory, base, at, at + least) == least) {
                return at;
            }
        }
        return to;
    }

    /** How many bytes from {@code from} on, and before {@code to}, are those that are pending. */
    private int common(Object memory, long base, long from, long to) {
        int most = (int) Math.min(to - from, end - start);
        if (memory instanceof byte[] array) {
            int index = (int) (from - base);
            int differs = Arrays.mismatch(array, index, index + most, bytes, start, start + most);
            return differs < 0 ? most : differs;
        }
        int count = 0;
        while (count + Long.BYTES <= most
                && Memory.word(memory, base, from + count) == Memory.word(bytes, 0, start + count)) {
            count += Long.BYTES;
        }
        while (count < most && Memory.octet(memory, base, from + count) == bytes[start + count]) {
            count++;
        }
        return count;
    }
}
