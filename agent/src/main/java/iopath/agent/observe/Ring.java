package iopath.agent.observe;

import iopath.agent.classify.Request;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.link.NativeMemory;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a ring of io_uring has been asked for and has not completed yet.
 *
 * <p>A table by the request's id, which only the thread that drives the ring uses. It grows with the requests that are
 * under way at the same time; a request allocates nothing once there were as many before.
 */
final class Ring {

    /** Requests under way at most; what is asked for past it completes unknown. */
    static final int LIMIT = 1 << 17;

    /** More pieces than this in one request are refused by the kernel (IOV_MAX). */
    private static final int MOST_PIECES = 1024;

    private static final int FIRST = 64;

    private @Nullable Request[] requests = new Request[FIRST];
    private long[] ids = new long[FIRST];
    private @Nullable Endpoint[] ends = new Endpoint[FIRST];
    private @Nullable Endpoint[] sources = new Endpoint[FIRST];
    private long[] addresses = new long[FIRST];

    /** What may be said of the memory of a send. */
    enum Look {
        /** It can be looked at when the send has completed. */
        LATER,
        /** It may be gone by then, but held what was read into it as far as that is known. */
        PROVEN,
        /** It may be gone by then, and did not. */
        UNPROVEN
    }

    private Look[] looks = new Look[FIRST];

    /** Pairs of address and length, and their count in front; {@code null} for one piece. */
    private long[] @Nullable [] pieces = new long[FIRST][];

    private long[] @Nullable [] spares = new long[8][];
    private int spareCount;
    private int size;

    /** Adds a request, in place of one with the same id; returns its index, -1 if there are too many. */
    int add(long id, Request request, Endpoint end) {
        int at = find(id);
        if (at >= 0) {
            giveBack(at);
        } else {
            if (2 * size >= ids.length && !grow()) {
                return -1;
            }
            at = free(id);
            size++;
        }
        ids[at] = id;
        requests[at] = request;
        ends[at] = end;
        sources[at] = null;
        addresses[at] = 0;
        looks[at] = Look.LATER;
        return at;
    }

    /** Adds a splice. */
    void add(long id, Request request, Endpoint end, Endpoint source) {
        int at = add(id, request, end);
        if (at >= 0) {
            sources[at] = source;
        }
    }

    /** Sets what may be said of the memory of a send. */
    void look(int at, Look look) {
        looks[at] = look;
    }

    /** What may be said of the memory of a send. */
    Look look(int at) {
        return looks[at];
    }

    /** Sets where the bytes lie, in one piece. */
    void address(int at, long address) {
        addresses[at] = address;
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
    }

    /** Sets where the bytes lie, in the pieces that a msghdr of a 64-bit system names (recvmsg(2)). */
    void message(int at, long header) {
        vector(at, NativeMemory.word(header + 16), NativeMemory.word(header + 24));
    }

    /** The index of a request, -1 if it is not known. */
    int find(long id) {
        int mask = ids.length - 1;
        int at = hash(id, mask);
        for (int i = 0; i <= mask && requests[at] != null; i++) {
            if (ids[at] == id) {
                return at;
            }
            at = at + 1 & mask;
        }
        return -1;
    }

    /** What the request at an index that {@link #find} gave does. */
    Request request(int at) {
        return Objects.requireNonNull(requests[at]);
    }

    /** What it is about; the target of a splice. */
    Endpoint end(int at) {
        return Objects.requireNonNull(ends[at]);
    }

    /** Where a splice takes its bytes from. */
    Endpoint source(int at) {
        return Objects.requireNonNull(sources[at]);
    }

    /** Count of the pieces that the request's memory is in. */
    int pieces(int at) {
        long[] several = pieces[at];
        return several == null ? 1 : (int) several[0];
    }

    /** Address of piece {@code i}; 0 if it is not known. */
    long address(int at, int i) {
        long[] several = pieces[at];
        return several == null ? addresses[at] : several[1 + 2 * i];
    }

    /** Bytes of piece {@code i}, of {@code left} that were moved and lie there or behind. */
    long length(int at, int i, long left) {
        long[] several = pieces[at];
        return several == null ? left : Math.min(several[2 + 2 * i], left);
    }

    /** Forgets a request that has completed. */
    void remove(int at) {
        giveBack(at);
        size--;
        int mask = ids.length - 1;
        int hole = at;
        int next = at + 1 & mask;
        while (requests[next] != null) {
            // What could have been put at the hole, had it been free, moves there.
            if ((next - hash(ids[next], mask) & mask) >= (next - hole & mask)) {
                move(next, hole);
                hole = next;
            }
            next = next + 1 & mask;
        }
        requests[hole] = null;
        ends[hole] = null;
        sources[hole] = null;
        pieces[hole] = null;
    }

    private void move(int from, int to) {
        ids[to] = ids[from];
        requests[to] = requests[from];
        ends[to] = ends[from];
        sources[to] = sources[from];
        addresses[to] = addresses[from];
        looks[to] = looks[from];
        pieces[to] = pieces[from];
    }

    private boolean grow() {
        if (size >= LIMIT) {
            return false;
        }
        @Nullable Request[] oldRequests = requests;
        long[] oldIds = ids;
        @Nullable Endpoint[] oldEnds = ends;
        @Nullable Endpoint[] oldSources = sources;
        long[] oldAddresses = addresses;
        Look[] oldLooks = looks;
        long[] @Nullable [] oldPieces = pieces;
        int length = 2 * oldIds.length;
        requests = new Request[length];
        ids = new long[length];
        ends = new Endpoint[length];
        sources = new Endpoint[length];
        addresses = new long[length];
        looks = new Look[length];
        pieces = new long[length][];
        for (int i = 0; i < oldIds.length; i++) {
            if (oldRequests[i] != null) {
                int at = free(oldIds[i]);
                ids[at] = oldIds[i];
                requests[at] = oldRequests[i];
                ends[at] = oldEnds[i];
                sources[at] = oldSources[i];
                addresses[at] = oldAddresses[i];
                looks[at] = oldLooks[i];
                pieces[at] = oldPieces[i];
            }
        }
        return true;
    }

    private int free(long id) {
        int mask = ids.length - 1;
        int at = hash(id, mask);
        while (requests[at] != null) {
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
        long[] done = pieces[at];
        pieces[at] = null;
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
