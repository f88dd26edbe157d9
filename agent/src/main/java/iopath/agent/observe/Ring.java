package iopath.agent.observe;

import iopath.agent.classify.Request;
import iopath.agent.link.NativeMemory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a ring of io_uring has been asked for and has not completed yet.
 *
 * <p>A table by the request's id, which only the thread that drives the ring uses. It grows with the requests that are
 * under way at the same time; a request allocates nothing once there were as many before. A row is half a cache line of
 * numbers: endpoints and kinds stored as objects would cost a fence each with G1.
 */
final class Ring {

    /** Requests under way at most; what is asked for past it completes unknown. */
    static final int LIMIT = 1 << 17;

    /** More pieces than this in one request are refused by the kernel (IOV_MAX). */
    private static final int MOST_PIECES = 1024;

    private static final int FIRST = 64;

    // A row, in longs; the last one is space.
    private static final int ID = 0;
    private static final int STATE = 1;
    private static final int ADDRESS = 2;
    private static final int WIDTH = 4;

    // A state, 0 where no request is: what is asked for, what may be said of its memory, rows of two endpoints.
    private static final long USED = 1;
    private static final int REQUEST_SHIFT = 1;
    private static final int LOOK_SHIFT = 8;
    private static final int END_SHIFT = 16;
    private static final int SOURCE_SHIFT = 32;
    private static final long LOOK = 0xffL << LOOK_SHIFT;
    private static final long IN_PIECES = 1L << 48;

    /** What may be said of the memory of a send. */
    enum Look {
        /** It can be looked at when the send has completed. */
        LATER,
        /** It may be gone by then, but held what was read into it as far as that is known. */
        PROVEN,
        /** It may be gone by then, and did not. */
        UNPROVEN;

        private static final Look[] ALL = values();
    }

    private long[] rows = new long[FIRST * WIDTH];

    /** Pairs of address and length, and their count in front, of the requests that are in pieces. */
    private long[] @Nullable [] pieces = new long[FIRST][];

    private long[] @Nullable [] spares = new long[8][];
    private int spareCount;
    private int size;

    /**
     * Adds a request, in place of one with the same id; returns its index, -1 if there are too many.
     *
     * @param end row of the endpoint that it is about; the target of a splice
     */
    int add(long id, Request request, int end) {
        int at = find(id);
        if (at >= 0) {
            giveBack(at);
        } else {
            if (2 * size >= capacity() && !grow()) {
                return -1;
            }
            at = free(id);
            size++;
        }
        int row = at * WIDTH;
        rows[row + ID] = id;
        rows[row + STATE] = USED | (long) request.ordinal() << REQUEST_SHIFT | (long) end << END_SHIFT;
        rows[row + ADDRESS] = 0;
        return at;
    }

    /** Adds a splice, which takes its bytes from the endpoint of the row {@code source}. */
    void add(long id, Request request, int end, int source) {
        int at = add(id, request, end);
        if (at >= 0) {
            rows[at * WIDTH + STATE] |= (long) source << SOURCE_SHIFT;
        }
    }

    /** Sets what may be said of the memory of a send. */
    void look(int at, Look look) {
        int row = at * WIDTH;
        rows[row + STATE] = rows[row + STATE] & ~LOOK | (long) look.ordinal() << LOOK_SHIFT;
    }

    /** What may be said of the memory of a send. */
    Look look(int at) {
        return Look.ALL[(int) (state(at) >>> LOOK_SHIFT) & 0xff];
    }

    /** Sets where the bytes lie, in one piece. */
    void address(int at, long address) {
        rows[at * WIDTH + ADDRESS] = address;
    }

    /** Sets where the bytes lie, in the {@code count} pieces of an iovec, which is valid only now (readv(2)). */
    void vector(int at, long vector, long count) {
        if (count < 0 || count > MOST_PIECES) {
            return;
        }
        int length = (int) count;
        long[] copy = borrow(1 + 2 * length);
        copy[0] = length;
        for (int i = 0; i < 2 * length; i++) {
            copy[1 + i] = NativeMemory.word(vector + (long) Long.BYTES * i);
        }
        pieces[at] = copy;
        rows[at * WIDTH + STATE] |= IN_PIECES;
    }

    /** Sets where the bytes lie, in the pieces that a msghdr of a 64-bit system names (recvmsg(2)). */
    void message(int at, long header) {
        vector(at, NativeMemory.word(header + 16), NativeMemory.word(header + 24));
    }

    /** The index of a request, -1 if it is not known. */
    int find(long id) {
        int mask = capacity() - 1;
        int at = hash(id, mask);
        for (int i = 0; i <= mask && state(at) != 0; i++) {
            if (rows[at * WIDTH + ID] == id) {
                return at;
            }
            at = at + 1 & mask;
        }
        return -1;
    }

    /** What the request at an index that {@link #find} gave does. */
    Request request(int at) {
        return Request.ofOrdinal((int) (state(at) >>> REQUEST_SHIFT) & 0x7f);
    }

    /** Row of the endpoint that it is about; the target of a splice. */
    int end(int at) {
        return (int) (state(at) >>> END_SHIFT) & 0xffff;
    }

    /** Row of the endpoint that a splice takes its bytes from. */
    int source(int at) {
        return (int) (state(at) >>> SOURCE_SHIFT) & 0xffff;
    }

    /** Count of the pieces that the request's memory is in. */
    int pieces(int at) {
        long[] several = several(at);
        return several == null ? 1 : (int) several[0];
    }

    /** Address of piece {@code i}; 0 if it is not known. */
    long address(int at, int i) {
        long[] several = several(at);
        return several == null ? rows[at * WIDTH + ADDRESS] : several[1 + 2 * i];
    }

    /** Bytes of piece {@code i}, of {@code left} that were moved and lie there or behind. */
    long length(int at, int i, long left) {
        long[] several = several(at);
        return several == null ? left : Math.min(several[2 + 2 * i], left);
    }

    private long @Nullable [] several(int at) {
        return (state(at) & IN_PIECES) == 0 ? null : pieces[at];
    }

    /** Forgets a request that has completed. */
    void remove(int at) {
        giveBack(at);
        size--;
        int mask = capacity() - 1;
        int hole = at;
        int next = at + 1 & mask;
        while (state(next) != 0) {
            // What could have been put at the hole, had it been free, moves there.
            if ((next - hash(rows[next * WIDTH + ID], mask) & mask) >= (next - hole & mask)) {
                move(rows, pieces, next, hole);
                hole = next;
            }
            next = next + 1 & mask;
        }
        rows[hole * WIDTH + STATE] = 0;
    }

    /** Copies the row {@code from} of a table, which may be an older one, to the row {@code to}. */
    private void move(long[] table, long[] @Nullable [] itsPieces, int from, int to) {
        System.arraycopy(table, from * WIDTH, rows, to * WIDTH, WIDTH);
        if ((state(to) & IN_PIECES) != 0) {
            pieces[to] = itsPieces[from];
        }
    }

    private boolean grow() {
        if (size >= LIMIT) {
            return false;
        }
        long[] oldRows = rows;
        long[] @Nullable [] oldPieces = pieces;
        int before = capacity();
        rows = new long[2 * before * WIDTH];
        pieces = new long[2 * before][];
        for (int i = 0; i < before; i++) {
            if (oldRows[i * WIDTH + STATE] != 0) {
                move(oldRows, oldPieces, i, free(oldRows[i * WIDTH + ID]));
            }
        }
        return true;
    }

    private int capacity() {
        return pieces.length;
    }

    private long state(int at) {
        return rows[at * WIDTH + STATE];
    }

    private int free(long id) {
        int mask = capacity() - 1;
        int at = hash(id, mask);
        while (state(at) != 0) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** Fibonacci hashing: ids count up in both halves. */
    private static int hash(long id, int mask) {
        return (int) (id * 0x9E3779B97F4A7C15L >>> 40) & mask;
    }

    private long[] borrow(int length) {
        while (spareCount > 0) {
            long[] spare = spares[--spareCount];
            if (spare != null && spare.length >= length) {
                return spare;
            }
        }
        return new long[Math.max(Integer.highestOneBit(length) * 2, 16)];
    }

    private void giveBack(int at) {
        long[] done = several(at);
        if (done != null) {
            if (spareCount == spares.length) {
                spares = Arrays.copyOf(spares, Math.min(2 * spareCount, LIMIT));
            }
            if (spareCount < spares.length) {
                spares[spareCount++] = done;
            }
        }
    }
}
