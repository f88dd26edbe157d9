package iopath.agent.link;

import iopath.agent.classify.BufferKind;
import org.jspecify.annotations.Nullable;

/**
 * Where the bytes of one write came from: a short list of origins, reused for every operation of a thread.
 *
 * <p>A portion is an index below {@link #size()}.
 */
public final class Portions {

    /** Origins at most in one write; past it bytes are of unknown origin. */
    private static final int LIMIT = 32;

    /** Questions at most of one write that wait for a bucket. */
    private static final int MOST_DEFERRED = 4;

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
        /** The bytes are those that were read from the source, which the application has copied. */
        CONTENT,
        /** The bytes are those that the running transfer has read; the wrapper it was given has copied them. */
        RELAYED,
        /** More origins than the list holds. */
        UNKNOWN,
        /** Nothing yet: the question waits for a bucket that another thread holds. */
        DEFERRED
    }

    // A portion lies in one piece, since a write that is linked looks at all of it.
    private static final int WHAT = 0;
    private static final int BYTES = 1;
    private static final int FIRST_PASSED = 2;
    private static final int READS = 3;
    private static final int NANOS = 4;
    private static final int SAMPLE = 5;
    private static final int WIDTH = 8;

    // The first field of a portion: its relation, kind of buffer, source (16 bits), and copies.
    private static final int COPIES_SHIFT = 32;

    private static final Relation[] RELATIONS = Relation.values();

    private final long[] rows = new long[LIMIT * WIDTH];
    private int size;
    private long framing;

    // The ends of a write, where a granule's border leaves less than a word of them.
    private final long[] postponed = new long[4];
    private int postponedCount;

    /** The questions about bytes that wait for their buckets. */
    private final @Nullable Deferral[] deferrals = new Deferral[MOST_DEFERRED];

    private int deferred;
    private @Nullable LinkTable asked;

    /** What of the bytes counts as kept in a copy of theirs. */
    final Lent lent = new Lent();

    private @Nullable Portions kept;

    /** Forgets all portions. */
    public void clear() {
        size = 0;
        framing = 0;
        lent.clear();
        if (deferred > 0) {
            leave(false, 0, BufferKind.HEAP, false, 0, 0);
        }
    }

    /** Whether another question may wait for a bucket. */
    boolean mayDefer() {
        return deferred < MOST_DEFERRED;
    }

    /** Takes a question that waits for its bucket as soon as it is {@linkplain #counted counted} how it was answered. */
    void defer(LinkTable links, Deferral question) {
        asked = links;
        deferrals[deferred++] = question;
        add(Relation.DEFERRED, question.length());
    }

    /** Whether some questions wait for a bucket. */
    public boolean isDeferred() {
        return deferred > 0;
    }

    /**
     * Says how the bytes were counted whose questions wait: as the application's own. From now on they may be answered.
     *
     * @param sink row of the endpoint that was written to
     * @param writes write operations that were counted with these bytes, which took {@code nanos}
     */
    public void counted(int sink, BufferKind kind, boolean stream, int writes, long nanos) {
        leave(true, sink, kind, stream, writes, nanos);
    }

    private void leave(boolean counted, int sink, BufferKind kind, boolean stream, int writes, long nanos) {
        LinkTable links = asked;
        for (int i = 0; i < deferred; i++) {
            Deferral question = deferrals[i];
            deferrals[i] = null;
            if (question == null || links == null) {
                continue;
            }
            if (counted) {
                question.counted(sink, kind, stream, i == 0 ? writes : 0, i == 0 ? nanos : 0);
                links.leave(question);
            } else {
                links.giveUp(question);
            }
        }
        deferred = 0;
        asked = null;
    }

    /** Has the same portions as another from now on. */
    public void set(Portions other) {
        clear();
        System.arraycopy(other.rows, 0, rows, 0, other.size * WIDTH);
        size = other.size;
        framing = other.framing;
    }

    /** Adds bytes without an origin. */
    void add(Relation how, long count) {
        add(how, 0, 0, 0, count, 0, 0, 0, 0);
    }

    void add(
            Relation how,
            int from,
            int buffer,
            int copied,
            long count,
            long newlyPassed,
            long carriedReads,
            long carriedNanos,
            long sampled) {
        add(what(how, from, buffer, copied), count, newlyPassed, carriedReads, carriedNanos, sampled);
    }

    /** What tells a portion from others. */
    static long what(Relation how, int from, int buffer, int copied) {
        return how.ordinal() | (long) buffer << 8 | (long) from << 16 | (long) copied << COPIES_SHIFT;
    }

    private void add(long what, long count, long newlyPassed, long carriedReads, long carriedNanos, long sampled) {
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

    /** Counts bytes of a portion that is there already as passed on for the first time: they were kept in a copy. */
    void first(long what, Portions kept) {
        for (int i = 0; i < kept.size; i++) {
            add(what, 0, kept.firstPassed(i), kept.reads(i), kept.nanos(i), kept.sample(i));
        }
    }

    /** Scratch space. */
    Portions kept() {
        Portions scratch = kept;
        if (scratch == null) {
            scratch = new Portions();
            kept = scratch;
        }
        return scratch;
    }

    /** Adds bytes that lie in a mapped file: no read call brought them. */
    public void mapped(int file, long count) {
        add(Relation.READ, file, BufferKind.MAPPED.ordinal(), 0, count, 0, 0, 0, 0);
    }

    /**
     * Adds bytes that were found to be what was read, and takes them from those without an origin.
     *
     * @param gone of these, bytes whose read is not known any more
     * @param goneReads reads that brought them
     * @param credited what is known of the read of the rest
     */
    void content(int source, int kind, long count, long gone, long goneReads, Portions credited) {
        long first = gone;
        long carriedReads = goneReads;
        long carriedNanos = 0;
        long sampled = 0;
        for (int i = 0; i < credited.size; i++) {
            first += credited.firstPassed(i);
            carriedReads += credited.reads(i);
            carriedNanos += credited.nanos(i);
            sampled = Math.max(sampled, credited.sample(i));
        }
        long left = count;
        for (int row = 0; row < size * WIDTH; row += WIDTH) {
            if (isUnlinked(row)) {
                long taken = Math.min(left, rows[row + BYTES]);
                rows[row + BYTES] -= taken;
                left -= taken;
            }
        }
        add(
                Relation.CONTENT,
                source,
                kind,
                0,
                count - left,
                Math.min(first, count - left),
                carriedReads,
                carriedNanos,
                sampled);
    }

    /** Bytes that have an origin, or that a cipher added. */
    public long linked() {
        long sum = framing;
        for (int row = 0; row < size * WIDTH; row += WIDTH) {
            if (!isUnlinked(row)) {
                sum += rows[row + BYTES];
            }
        }
        return sum;
    }

    private boolean isUnlinked(int row) {
        int relation = (int) rows[row + WHAT] & 0xff;
        return relation == Relation.OWN.ordinal()
                || relation == Relation.MODIFIED.ordinal()
                || relation == Relation.UNPROVEN.ordinal();
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

    /** Puts the decision on a range off until the rest of the write is known; returns false if there are too many. */
    boolean postpone(long from, long to) {
        if (2 * postponedCount == postponed.length) {
            return false;
        }
        postponed[2 * postponedCount] = from;
        postponed[2 * postponedCount++ + 1] = to;
        return true;
    }

    int postponed() {
        return postponedCount;
    }

    long postponedFrom(int i) {
        return postponed[2 * i];
    }

    long postponedTo(int i) {
        return postponed[2 * i + 1];
    }

    void clearPostponed() {
        postponedCount = 0;
    }

    /** Whether some bytes are what was read from {@code source}. */
    boolean isRead(int source) {
        for (int i = 0; i < size; i++) {
            if (source(i) == source && (relation(i) == Relation.READ || relation(i) == Relation.TLS)) {
                return true;
            }
        }
        return false;
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
        return (int) (rows[i * WIDTH + WHAT] >>> 16) & 0xffff;
    }

    /** Ordinal of the kind of buffer that portion {@code i} was read into. */
    public int kind(int i) {
        return (int) (rows[i * WIDTH + WHAT] >>> 8) & 0xff;
    }

    /** How often the application has copied each byte of portion {@code i} since it was read, as far as that was seen. */
    public int copies(int i) {
        return (int) (rows[i * WIDTH + WHAT] >>> COPIES_SHIFT) & 15;
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
