package iopath.agent.link;

import iopath.agent.classify.BufferKind;
import iopath.agent.link.Portions.Relation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.LongAdder;

/**
 * Remembers which read filled which memory.
 *
 * <p>A fixed table of primitives, one bucket for each granule of 16 KiB of address space that was read into. A bucket
 * holds a few extents (from where the bytes came, how many of them have been passed on) and fingerprints: the words at
 * every 256 bytes, and the first and last word of each extent. A write is linked only where the words that it sends are the
 * words that were read.
 *
 * <p>No reference to an application's object, no allocation, no blocking: a bucket is guarded by a try-lock. A bucket
 * that is taken for another granule is a lost link: its bytes show as memory, and it is counted. What is to be said or
 * asked while another thread holds the bucket is {@linkplain Deferrals left} for the next thread that has it. A thread
 * that cannot leave it marks the bucket, and the next one to have it forgets what it says. What was sent before needs
 * no lock: the lock counts, and a look at an extent is valid if the lock was free and has not been taken meanwhile.
 * Words are compared at a few places only, so a change between these is not seen; a range without such a place is not
 * linked.
 */
public final class LinkTable {

    static final int GRANULE_SHIFT = 14;
    static final int GRANULE = 1 << GRANULE_SHIFT;
    static final int EXTENTS = 7;

    /** Bytes whose extents fit into the scratch space of a copy, and one granule more at its end. */
    private static final long COPIED_AT_ONCE = 7L * GRANULE;

    /** Distance of the words that are noted. */
    static final int STEP = 256;

    /** Distance of the words that are compared in a range of {@link #LONG} bytes or more. */
    private static final int STRIDE = 1024;

    private static final int LONG = 4096;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle AGAIN = MethodHandles.arrayElementVarHandle(byte[].class);

    // A bucket, in longs: all ranges share a cache line or two, since every operation looks at them.
    private static final int KEY = 0;
    static final int LOCK = 1;
    private static final int TURN = 2;
    private static final int STALE = 3;
    private static final int FIRST = 4;
    private static final int BODIES = FIRST + EXTENTS;
    private static final int WIDTH = 7;
    private static final int WORDS = BODIES + EXTENTS * WIDTH;
    static final int BUCKET = 128;

    // An extent is named by the index of its range; the rest of it is its body.
    private static final int ORIGIN = 0;
    private static final int PLAIN = 1;
    private static final int READS = 2;
    private static final int NANOS = 3;
    private static final int HEAD = 4;
    private static final int TAIL = 5;
    private static final int COPY = 6;

    private static final long USED = 1L << 48;
    private static final long IS_TLS = 1L << 49;
    private static final long HAS_HEAD = 1L << 50;
    private static final long HAS_TAIL = 1L << 51;
    // How often the application has copied the bytes since they were read, as far as that was seen.
    private static final int COPIES_SHIFT = 52;
    private static final long COPIES = 15L << COPIES_SHIFT;

    /** What does not count as kept here was copied to {@code COPY} bytes above, and may count as kept there. */
    private static final long LENT = 1L << 56;

    /** Bytes below {@code passed} may never have been written from here, but from what they were copied from. */
    private static final long UNSENT = 1L << 57;

    private static final long SAME = IS_TLS | COPIES;
    private static final long FLAGS = USED | IS_TLS | HAS_HEAD | HAS_TAIL | COPIES | LENT | UNSENT;

    // An origin: row of the source, kind of the memory, the last digits of the read's number, number of a sample.
    private static final long END = (1L << 14) - 1;
    private static final int NUMBER_SHIFT = 14;
    private static final long NUMBER = (1L << 18) - 1;

    /** Row and number: what tells reads apart. */
    private static final long READ = 0xfff | NUMBER << NUMBER_SHIFT;

    /** Buckets that a granule may be in. */
    private static final int WAYS = 4;

    /** Tries to get a bucket: far more than its holder needs, unless it has lost its processor. */
    private static final int SPINS = 20_000;

    /** Links lost for want of room that are no reason to take more. */
    private static final int FEW_EVICTED = 16;

    /** Tries where the operation can be left for others. */
    private static final int FEW_SPINS = 500;

    // What an index of a bucket may be instead.
    private static final int NONE = -1;
    private static final int BUSY = -2;

    // What a bucket is marked with.
    private static final long CHANGED = 1;
    private static final long DEFERRED = 2;

    /** Package-private for tests, which hold a bucket as a thread that has lost its processor does. */
    long[] table;

    /** The granule of each bucket. */
    private long[] keys;

    /** Whether bytes of a bucket were used again after they had been sent, since others last wanted the bucket: 1 or 0. */
    private byte[] again;

    // Written after the arrays, which are at least as large.
    private volatile int bits;

    private final int most;
    private final int ways;
    private final LongAdder lost = new LongAdder();

    /** Links lost for want of buckets. */
    private final LongAdder evicted = new LongAdder();

    private long evictedBefore;
    private final Deferrals deferrals = new Deferrals();

    /** A table of 2^{@code bits} buckets, 1 to 20; a bucket takes 1 KiB. It does not grow. */
    public LinkTable(int bits) {
        this(bits, bits);
    }

    /** A table that {@linkplain #grow grows} to 2^{@code most} buckets, up to 20. */
    public LinkTable(int bits, int most) {
        this.bits = bits;
        this.most = most;
        this.ways = Math.min(WAYS, 1 << bits);
        this.table = new long[BUCKET << bits];
        this.keys = new long[1 << bits];
        this.again = new byte[1 << bits];
    }

    /** How often memory that was read into was forgotten before all of it was passed on. */
    public long lost() {
        return lost.sum();
    }

    /**
     * Notes that a read has filled memory.
     *
     * @param memory what {@link Memory#of} said
     * @param base what {@link Memory#base} said
     * @param from first address
     * @param to address after the last byte
     * @param source row of the endpoint
     * @param kind kind of the memory
     * @param reads read operations: 1, or 0 for the later buffers of a scattering read
     * @param nanos time that the read took, 0 if it was not measured
     * @param sample number of the sample taken, or 0
     * @param number number of the read by {@link Contents}, 0 if it has none
     */
    public void read(
            Object memory,
            long base,
            long from,
            long to,
            int source,
            BufferKind kind,
            long reads,
            long nanos,
            long sample,
            long number) {
        long length = to - from;
        long origin = origin(source, kind.ordinal(), sample) | (number & NUMBER) << NUMBER_SHIFT;
        note(memory, base, from, to, origin, 0, length, length, reads, nanos);
    }

    /**
     * Notes what a TLS engine has written.
     *
     * @param plain bytes of {@code source} that the memory carries
     * @param unpassed of these, bytes that count as kept by the application until they are written
     * @param copies how often the application has copied each byte since it was read, 0 to 15
     */
    public void tls(
            Object memory,
            long base,
            long from,
            long to,
            int source,
            int kind,
            int copies,
            long plain,
            long unpassed,
            long reads,
            long nanos,
            long sample) {
        long flags = IS_TLS | (long) copies << COPIES_SHIFT;
        note(memory, base, from, to, origin(source, kind, sample), flags, plain, unpassed, reads, nanos);
    }

    private static long origin(int source, int kind, long sample) {
        return source | (long) kind << 12 | sample << 32;
    }

    private void note(
            Object memory,
            long base,
            long from,
            long to,
            long origin,
            long flags,
            long plain,
            long unpassed,
            long reads,
            long nanos) {
        long length = to - from;
        long at = from;
        while (at < to) {
            long key = at >>> GRANULE_SHIFT;
            long start = at & -GRANULE;
            long end = Math.min(to, start + GRANULE);
            long plainHere = share(plain, end - from, length) - share(plain, at - from, length);
            long unpassedHere = share(unpassed, end - from, length) - share(unpassed, at - from, length);
            boolean first = at == from;
            int a = (int) (at - start);
            int b = (int) (end - start);
            long originHere = first ? origin : origin & 0xffffffffL;
            long readsHere = first ? reads : 0;
            long nanosHere = first ? nanos : 0;
            int o = claim(key, FEW_SPINS);
            if (o >= 0) {
                try {
                    put(o, memory, base, start, a, b, originHere, flags, plainHere, unpassedHere, readsHere, nanosHere);
                } finally {
                    unlock(o);
                }
            } else {
                Deferral note = deferrals.take(Deferral.Task.NOTE, key, a, b);
                if (note == null) {
                    lost.increment();
                    mark(key, CHANGED);
                } else {
                    note.copy(memory, base, start);
                    note.origin = originHere;
                    note.flags = flags;
                    note.plain = plainHere;
                    note.unpassed = unpassedHere;
                    note.reads = readsHere;
                    note.nanos = nanosHere;
                    leave(note);
                }
            }
            at = end;
        }
    }

    /** The part of {@code total} that lies below {@code upTo} of {@code length}; sums of differences are exact. */
    private static long share(long total, long upTo, long length) {
        return total == length ? upTo : total * upTo / length;
    }

    private void put(
            int o,
            Object memory,
            long base,
            long granule,
            int a,
            int b,
            long origin,
            long flags,
            long plain,
            long unpassed,
            long reads,
            long nanos) {
        int only = o + FIRST;
        if (bound(o) == only + 1 && (int) table[only] == (a | b << 16) && (table[only] & USED) != 0) {
            // The same range of the same buffer again: what a copy loop does.
            set(only, memory, base, granule, a, b, origin, flags, plain, unpassed, reads, nanos);
        } else {
            carve(o, a, b);
            int e = extension(o, a, origin, flags);
            if (e >= 0) {
                extend(e, memory, base, granule, a, b, origin, plain, unpassed, reads, nanos);
            } else {
                set(slot(o), memory, base, granule, a, b, origin, flags, plain, unpassed, reads, nanos);
            }
        }
        int first = up(a, STEP);
        Memory.words(memory, base, granule + first, granule + b, STEP, table, o + WORDS + first / STEP);
    }

    private void set(
            int e,
            Object memory,
            long base,
            long granule,
            int a,
            int b,
            long origin,
            long flags,
            long plain,
            long unpassed,
            long reads,
            long nanos) {
        int body = body(e);
        long range = a | (long) b << 16 | (long) a << 32 | flags | USED | HAS_TAIL;
        if (b - a >= Long.BYTES) {
            table[body + HEAD] = Memory.word(memory, base, granule + a);
            range |= HAS_HEAD;
        }
        table[body + TAIL] = Memory.tail(memory, base, granule + a, granule + b);
        table[body + ORIGIN] = origin;
        table[body + PLAIN] = plain | unpassed << 32;
        table[body + READS] = reads;
        table[body + NANOS] = nanos;
        table[e] = range;
    }

    private void extend(
            int e,
            Object memory,
            long base,
            long granule,
            int a,
            int b,
            long origin,
            long plain,
            long unpassed,
            long reads,
            long nanos) {
        int body = body(e);
        setEnd(e, b);
        table[body + PLAIN] += plain | unpassed << 32;
        table[body + ORIGIN] |= origin & ~(NUMBER << NUMBER_SHIFT);
        table[body + READS] += reads;
        table[body + NANOS] += nanos;
        table[body + TAIL] = Memory.word(memory, base, granule + b - Long.BYTES);
        table[e] |= HAS_TAIL;
    }

    /**
     * An extent of the same origin that ends where the new one begins; -1 if there is none. One whose end has been cut
     * off is what is left of older bytes: a copy too short to be followed may have changed it, so it stays apart.
     */
    private int extension(int o, int a, long origin, long flags) {
        if ((a & STEP - 1) != 0 && (a & STEP - 1) < Long.BYTES) {
            // The word at this place lies across the seam: neither read has noted it.
            return -1;
        }
        for (int e = o + FIRST, bound = bound(o); e < bound; e++) {
            long range = table[e];
            if ((range & USED) != 0
                    && end(e) == a
                    && (range & SAME) == (flags & SAME)
                    && ((table[body(e) + ORIGIN] ^ origin) & END) == 0
                    && (table[body(e) + ORIGIN] >>> 32 == 0 || origin >>> 32 == 0)
                    && (range & HAS_HEAD) != 0
                    && (range & HAS_TAIL) != 0) {
                return e;
            }
        }
        return -1;
    }

    /** A free extent; if there is none, one that has been passed on, else the next in turn. */
    private int slot(int o) {
        int free = freeSlot(o);
        if (free >= 0) {
            return free;
        }
        int passed = -1;
        for (int e = o + FIRST; e < o + BODIES; e++) {
            if (passed(e) == end(e)) {
                passed = e;
            }
        }
        if (passed >= 0) {
            return passed;
        }
        lost.increment();
        int turn = (int) table[o + TURN] & 0xff;
        table[o + TURN] = table[o + TURN] & ~0xffL | (turn + 1) % EXTENTS;
        return o + FIRST + turn;
    }

    /** Removes [a, b) from all extents. */
    private void carve(int o, int a, int b) {
        for (int e = o + FIRST, bound = bound(o); e < bound; e++) {
            if ((table[e] & USED) == 0 || end(e) <= a || start(e) >= b) {
                continue;
            }
            if (start(e) >= a && end(e) <= b) {
                table[e] = 0;
            } else if (start(e) < a && end(e) > b) {
                split(e, b);
                cutTail(e, a);
            } else if (start(e) < a) {
                cutTail(e, a);
            } else {
                cutHead(e, b);
            }
        }
    }

    /** An unused extent, -1 if there is none. */
    private int freeSlot(int o) {
        int bound = bound(o);
        for (int e = o + FIRST; e < bound; e++) {
            if ((table[e] & USED) == 0) {
                return e;
            }
        }
        if (bound == o + BODIES) {
            return -1;
        }
        table[o + TURN] += 1 << 8;
        return bound;
    }

    /** Where the extents end that were ever used in this bucket: most have one. */
    private int bound(int o) {
        return o + FIRST + (int) (table[o + TURN] >>> 8);
    }

    private void cutTail(int e, int a) {
        int length = end(e) - start(e);
        int keep = a - start(e);
        table[body(e) + PLAIN] = share(plain(e), keep, length) | share(unpassed(e), keep, length) << 32;
        setEnd(e, a);
        setPassed(e, Math.min(passed(e), a));
        table[e] &= ~HAS_TAIL;
        if (keep < Long.BYTES) {
            table[e] &= ~HAS_HEAD;
        }
    }

    private void cutHead(int e, int b) {
        int length = end(e) - start(e);
        int gone = b - start(e);
        table[body(e) + PLAIN] =
                plain(e) - share(plain(e), gone, length) | (unpassed(e) - share(unpassed(e), gone, length)) << 32;
        setStart(e, b);
        setPassed(e, Math.max(passed(e), b));
        table[e] &= ~HAS_HEAD;
        if (end(e) - b < Long.BYTES) {
            table[e] &= ~HAS_TAIL;
        }
    }

    /**
     * Finds where the bytes of a write came from.
     *
     * @param from first address
     * @param to address after the last byte
     * @param portions gets an entry for each origin; not cleared
     */
    public void write(Object memory, long base, long from, long to, Portions portions) {
        find(memory, base, from, to, true, false, portions);
    }

    /**
     * Finds where the bytes of a write came from, as {@link #write} does, but where a bucket cannot be had now its
     * question waits: then it is to be said {@linkplain Portions#counted how} its bytes were counted.
     */
    public void ask(Object memory, long base, long from, long to, Portions portions) {
        find(memory, base, from, to, true, true, portions);
    }

    /**
     * Finds where bytes came from that have been overwritten since, but were {@linkplain #isUnchanged unchanged}
     * before: a TLS engine may decrypt in place. A range without a noted word is linked as well: its authentication tag
     * has told the engine that nobody has changed it. Or a send may have let its memory go, which was {@linkplain
     * #isProven proven} before.
     */
    public void consumed(Object memory, long base, long from, long to, Portions portions) {
        find(memory, base, from, to, false, false, portions);
    }

    /** Whether everything that is known of this memory is what it holds, as far as words were noted of it. */
    public boolean isUnchanged(Object memory, long base, long from, long to) {
        return holdsAll(memory, base, from, to, false);
    }

    /** Whether it is proven that everything that is known of this memory is what it holds. */
    public boolean isProven(Object memory, long base, long from, long to) {
        return holdsAll(memory, base, from, to, true);
    }

    private boolean holdsAll(Object memory, long base, long from, long to, boolean proven) {
        for (long at = from; at < to; ) {
            long start = at & -GRANULE;
            long end = Math.min(to, start + GRANULE);
            int o = find(at >>> GRANULE_SHIFT);
            if (o >= 0) {
                try {
                    if (!holdsAll(o, memory, base, start, (int) (at - start), (int) (end - start), proven)) {
                        return false;
                    }
                } finally {
                    unlock(o);
                }
            }
            at = end;
        }
        return true;
    }

    private boolean holdsAll(int o, Object memory, long base, long granule, int a, int b, boolean proven) {
        for (int at = a, e; at < b && (e = next(o, at, b)) >= 0; ) {
            int y = Math.min(end(e), b);
            int x = Math.max(start(e), at);
            Relation found = compare(o, e, memory, base, granule, x, y, 0);
            if (found == Relation.MODIFIED || proven && found == Relation.UNPROVEN) {
                return false;
            }
            at = y;
        }
        return true;
    }

    private void find(
            Object memory, long base, long from, long to, boolean compare, boolean defers, Portions portions) {
        long at = from;
        while (at < to) {
            long key = at >>> GRANULE_SHIFT;
            long start = at & -GRANULE;
            long end = Math.min(to, start + GRANULE);
            int a = (int) (at - start);
            int b = (int) (end - start);
            int o = bucket(key);
            if (o < 0 || !compare || !again(o, key, memory, base, start, a, b, portions)) {
                o = o < 0 ? NONE : lockIf(o, key, defers && portions.mayDefer() ? FEW_SPINS : SPINS);
                if (o >= 0) {
                    try {
                        resolve(o, memory, base, start, a, b, compare, portions);
                    } finally {
                        unlock(o);
                    }
                } else if (o == NONE && !deferrals.waits(key)
                        || !defers
                        || !defer(key, memory, base, start, a, b, portions)) {
                    if (o == BUSY) {
                        lost.increment();
                    }
                    portions.add(Relation.OWN, end - at);
                }
            }
            at = end;
        }
        finish(portions);
    }

    /** Leaves a question for those who can have the bucket; returns false if too many wait. */
    private boolean defer(long key, Object memory, long base, long granule, int a, int b, Portions portions) {
        Deferral question = portions.mayDefer() ? deferrals.take(Deferral.Task.FIND, key, a, b) : null;
        if (question == null) {
            return false;
        }
        question.copy(memory, base, granule);
        portions.defer(this, question);
        return true;
    }

    /**
     * Finds [a, b) where all of it lies in one extent and has been sent before: then nothing changes, and no lock is
     * needed, whoever else sends it at the same time.
     *
     * @return whether that was so
     */
    private boolean again(int o, long key, Object memory, long base, long granule, int a, int b, Portions portions) {
        long lock = (long) SLOT.getAcquire(table, o + LOCK);
        int e = sentBefore(o, key, lock, a, b);
        if (e < 0) {
            return false;
        }
        long range = table[e];
        long origin = table[body(e) + ORIGIN];
        long plain = plain(e, range, a, b);
        if (!holds(o, e, range, memory, base, granule, a, b) || isChanged(o, lock)) {
            return false;
        }
        useAgain(o);
        int source = (int) origin & 0xfff;
        int kind = (int) origin >>> 12 & 3;
        boolean isTls = (range & IS_TLS) != 0;
        if (isTls) {
            portions.addFraming(b - a - plain);
        }
        if (!isTls || plain > 0) {
            Relation how = isTls ? source == 0 ? Relation.OWN : Relation.TLS : Relation.READ;
            portions.add(how, source, kind, 0, plain, 0, 0, 0, 0);
        }
        return true;
    }

    /**
     * The extent that [a, b) lies in, if all of it has been sent before, and no copy of it has more to say; -1 else.
     *
     * @param lock the lock of the bucket before; what is found holds only if it {@linkplain #isChanged has not changed}
     */
    private int sentBefore(int o, long key, long lock, int a, int b) {
        if ((lock & 1) == 0 && table[o + KEY] == key && table[o + STALE] == 0) {
            for (int e = o + FIRST, bound = Math.min(bound(o), o + BODIES); e < bound; e++) {
                long range = table[e];
                if ((range & (USED | LENT | UNSENT)) == USED
                        && ((int) range & 0xffff) <= a
                        && ((int) (range >>> 32) & 0xffff) >= b) {
                    return e;
                }
            }
        }
        return -1;
    }

    private boolean isChanged(int o, long lock) {
        VarHandle.acquireFence();
        return (long) SLOT.getOpaque(table, o + LOCK) != lock;
    }

    /** Bytes of the source that [a, b) of an extent carries, which may change meanwhile. */
    private long plain(int e, long range, int a, int b) {
        int s = (int) range & 0xffff;
        int length = Math.max(((int) (range >>> 16) & 0xffff) - s, 1);
        long plain = table[body(e) + PLAIN] & 0xffffffffL;
        return share(plain, b - s, length) - share(plain, a - s, length);
    }

    /** Whether [a, b) of an extent that may change meanwhile is what was read. Only memory in [a, b) is looked at. */
    private boolean holds(int o, int e, long range, Object memory, long base, long granule, int a, int b) {
        int s = (int) range & 0xffff;
        int t = (int) (range >>> 16) & 0xffff;
        boolean proven = false;
        if ((range & HAS_HEAD) != 0 && a == s && b >= s + Long.BYTES) {
            if (Memory.word(memory, base, granule + s) != table[body(e) + HEAD]) {
                return false;
            }
            proven = true;
        }
        if ((range & HAS_TAIL) != 0 && b == t && a <= Math.max(s, t - Long.BYTES)) {
            if (Memory.tail(memory, base, granule + s, granule + t) != table[body(e) + TAIL]) {
                return false;
            }
            proven = true;
        }
        int step = b - a < LONG ? STEP : STRIDE;
        int first = up(a, step);
        if (first + Long.BYTES > b) {
            return proven;
        }
        int noted = o + WORDS + first / STEP;
        return Memory.holds(memory, base, granule + first, granule + b, step, table, noted, step / STEP);
    }

    /** What can be said only when all of a write has been looked at. */
    private void finish(Portions portions) {
        for (int i = 0; i < portions.postponed(); i++) {
            decide(portions.postponedFrom(i), portions.postponedTo(i), portions);
        }
        portions.clearPostponed();
        if (portions.lent.size() > 0) {
            Lent lent = portions.lent;
            Portions kept = portions.kept();
            for (int i = 0; i < lent.size(); i++) {
                kept.clear();
                reclaim(lent, i, 0, kept);
                portions.first(lent.of(i), kept);
            }
            lent.clear();
        }
    }

    /**
     * Takes what counts as kept in a copy from there.
     *
     * @param lent gets the range where a copy of the copy has it
     * @param next how far the copy that gets it lies above what was asked for; 0 if it is passed on
     * @param kept gets what was found
     */
    private void reclaim(Lent lent, int i, long next, Portions kept) {
        for (long at = lent.from(i); at < lent.to(i); ) {
            long start = at & -GRANULE;
            long end = Math.min(lent.to(i), start + GRANULE);
            int o = find(at >>> GRANULE_SHIFT);
            if (o >= 0) {
                try {
                    reclaim(o, (int) (at - start), (int) (end - start), lent, i, next, kept);
                } finally {
                    unlock(o);
                }
            }
            at = end;
        }
    }

    private void reclaim(int o, int a, int b, Lent lent, int i, long next, Portions kept) {
        for (int at = a, e; at < b && (e = next(o, at, b)) >= 0; ) {
            int x = Math.max(start(e), at);
            int y = Math.min(end(e), b);
            if (((table[body(e) + ORIGIN] ^ lent.origin(i)) & END) == 0) {
                pass(e, x, y, kept);
                for (int k = 0; k < kept.lent.size(); k++) {
                    long further = lent.distance(i) + kept.lent.distance(k);
                    lent.add(kept.lent.from(k), kept.lent.to(k), lent.origin(i), further, lent.of(i));
                }
                kept.lent.clear();
                if (next != 0) {
                    lend(o, x, y, next - lent.distance(i));
                } else {
                    mark(o, x, y, UNSENT);
                }
            }
            at = y;
        }
    }

    /** Marks [x, y), which is one extent or a part of one, as copied to where it counts as kept. */
    private void lend(int o, int x, int y, long distance) {
        int e = mark(o, x, y, LENT);
        if (e >= 0) {
            table[body(e) + COPY] = distance;
        }
    }

    private int mark(int o, int x, int y, long flag) {
        int e = next(o, x, y);
        if (e >= 0) {
            table[e] |= flag;
        }
        return e;
    }

    /** A range too short for a word is what was read if the rest of the write is, of the same source. */
    private void decide(long from, long to, Portions portions) {
        long granule = from & -GRANULE;
        int o = find(from >>> GRANULE_SHIFT);
        int known = 0;
        if (o >= 0) {
            try {
                int a = (int) (from - granule);
                int e = next(o, a, (int) (to - granule));
                if (e >= 0 && start(e) <= a && portions.isRead((int) table[body(e) + ORIGIN] & 0xfff)) {
                    known = Math.min(end(e), (int) (to - granule)) - a;
                    pass(e, a, a + known, portions);
                }
            } finally {
                unlock(o);
            }
        }
        if (known < to - from) {
            portions.add(Relation.UNPROVEN, to - from - known);
        }
    }

    private void resolve(
            int o, Object memory, long base, long granule, int a, int b, boolean compare, Portions portions) {
        int at = a;
        while (at < b) {
            int e = next(o, at, b);
            if (e < 0) {
                portions.add(Relation.OWN, b - at);
                return;
            }
            int x = Math.max(start(e), at);
            int y = Math.min(end(e), b);
            if (x > at) {
                portions.add(Relation.OWN, x - at);
            }
            Relation found = compare ? compare(o, e, memory, base, granule, x, y, 0) : Relation.READ;
            if (found == Relation.READ) {
                pass(e, x, y, portions);
            } else if (found != Relation.UNPROVEN
                    || y - x >= Long.BYTES
                    || !portions.postpone(granule + x, granule + y)) {
                portions.add(found, y - x);
            }
            at = y;
        }
    }

    /** The extent with the lowest start that reaches into [a, b); -1 if there is none. */
    private int next(int o, int a, int b) {
        int best = -1;
        for (int e = o + FIRST, bound = bound(o); e < bound; e++) {
            if ((table[e] & USED) != 0 && end(e) > a && start(e) < b && (best < 0 || start(e) < start(best))) {
                best = e;
            }
        }
        return best;
    }

    /**
     * Compares the words that were read with those that [x, y) of an extent holds, moved down by {@code shift}.
     *
     * @return {@code READ}, {@code MODIFIED}, or {@code UNPROVEN} where no noted word lies in the range
     */
    private Relation compare(int o, int e, Object memory, long base, long granule, int x, int y, long shift) {
        long place = granule - shift;
        int s = start(e);
        int t = end(e);
        Relation found = Relation.UNPROVEN;
        if (reachesHead(e, x, y)) {
            if (Memory.word(memory, base, place + s) != table[body(e) + HEAD]) {
                return Relation.MODIFIED;
            }
            found = Relation.READ;
        }
        if (reachesTail(e, x, y)) {
            if (Memory.tail(memory, base, place + s, place + t) != table[body(e) + TAIL]) {
                return Relation.MODIFIED;
            }
            found = Relation.READ;
        }
        int step = y - x < LONG ? STEP : STRIDE;
        int first = up(x, step);
        if (first + Long.BYTES > y) {
            return found;
        }
        int noted = o + WORDS + first / STEP;
        return Memory.holds(memory, base, place + first, place + y, step, table, noted, step / STEP)
                ? Relation.READ
                : Relation.MODIFIED;
    }

    private boolean reachesHead(int e, int x, int y) {
        return (table[e] & HAS_HEAD) != 0 && x <= start(e) && y >= start(e) + Long.BYTES;
    }

    private boolean reachesTail(int e, int x, int y) {
        return (table[e] & HAS_TAIL) != 0 && y >= end(e) && x <= Math.max(start(e), end(e) - Long.BYTES);
    }

    /**
     * Credits [x, y) of an extent to a write. Where bytes before it have not been passed on, they become an extent of
     * their own; where there is no room for one, what lies behind them is forgotten after this write.
     */
    private void pass(int extent, int x, int y, Portions portions) {
        boolean skips = x > passed(extent);
        int split = skips ? split(extent, x) : extent;
        boolean forgets = split < 0;
        int e = forgets ? extent : split;
        int length = end(e) - start(e);
        long origin = table[body(e) + ORIGIN];
        long plain = share(plain(e), y - start(e), length) - share(plain(e), x - start(e), length);
        int begin = forgets ? x : Math.max(x, passed(e));
        long first = 0;
        long reads = 0;
        long nanos = 0;
        long sample = 0;
        if (y > begin) {
            first = share(unpassed(e), y - start(e), length) - share(unpassed(e), begin - start(e), length);
            setPassed(e, forgets ? passed(e) : y);
            reads = table[body(e) + READS];
            nanos = table[body(e) + NANOS];
            sample = origin >>> 32;
            table[body(e) + READS] = 0;
            table[body(e) + NANOS] = 0;
            table[body(e) + ORIGIN] = origin & 0xffffffffL;
        } else {
            useAgain(e & -BUCKET);
        }
        boolean isTls = (table[e] & IS_TLS) != 0;
        boolean isLent = (table[e] & LENT) != 0 && first < y - x;
        // What is sent again from the same memory was not copied for it.
        int copies = y > begin || isLent || (table[e] & UNSENT) != 0 ? copies(e) : 0;
        if (forgets) {
            lost.increment();
            cutTail(e, x);
        } else if (skips) {
            join(e);
        }
        int source = (int) origin & 0xfff;
        int kind = (int) origin >>> 12 & 3;
        if (isLent) {
            long what = Portions.what(isTls ? Relation.TLS : Relation.READ, source, kind, copies);
            lent(e, x, first > 0 ? begin : y, what, portions.lent);
        }
        if (!isTls) {
            portions.add(Relation.READ, source, kind, copies, plain, first, reads, nanos, sample);
        } else {
            portions.addFraming(y - x - plain);
            if (plain > 0 || reads > 0) {
                Relation how = source == 0 ? Relation.OWN : Relation.TLS;
                portions.add(how, source, kind, copies, plain, first, reads, nanos, sample);
            }
        }
    }

    /** Says where [x, y) of an extent counts as kept, which is part of the portion {@code what}. */
    private void lent(int e, int x, int y, long what, Lent lent) {
        long granule = table[(e & -BUCKET) + KEY] << GRANULE_SHIFT;
        long distance = table[body(e) + COPY];
        lent.add(granule + x + distance, granule + y + distance, table[body(e) + ORIGIN] & END, distance, what);
    }

    /** Parts an extent in two; returns the part from {@code x} on, -1 if there is no room for it. */
    private int split(int e, int x) {
        int right = freeSlot(e & -BUCKET);
        if (right >= 0) {
            table[right] = table[e];
            System.arraycopy(table, body(e), table, body(right), WIDTH);
            table[body(right) + READS] = 0;
            table[body(right) + NANOS] = 0;
            table[body(right) + ORIGIN] &= 0xffffffffL;
            cutHead(right, x);
            cutTail(e, x);
        }
        return right;
    }

    /** Adds the next extent to one, if all of both has been passed on: pieces may be sent from the last to the first. */
    private void join(int e) {
        int seam = end(e);
        if (passed(e) < seam || (seam & STEP - 1) != 0 && (seam & STEP - 1) < Long.BYTES) {
            return;
        }
        int o = e & -BUCKET;
        for (int f = o + FIRST, bound = bound(o); f < bound; f++) {
            if ((table[f] & USED) != 0
                    && start(f) == seam
                    && passed(f) == end(f)
                    && ((table[e] ^ table[f]) & (SAME | LENT)) == 0
                    && ((table[e] & LENT) == 0 || table[body(e) + COPY] == table[body(f) + COPY])
                    && (int) (table[body(e) + ORIGIN] ^ table[body(f) + ORIGIN]) == 0) {
                table[body(e) + PLAIN] += table[body(f) + PLAIN];
                table[body(e) + READS] += table[body(f) + READS];
                table[body(e) + NANOS] += table[body(f) + NANOS];
                table[body(e) + TAIL] = table[body(f) + TAIL];
                table[e] = table[e] & ~HAS_TAIL | table[f] & HAS_TAIL;
                setEnd(e, end(f));
                setPassed(e, end(f));
                table[f] = 0;
                return;
            }
        }
    }

    /**
     * Counts bytes as passed on that were copied out of [from, to), as far as it still holds what was read.
     *
     * @param source row of the endpoint that was read from
     * @param read number of that read
     * @param portions gets an entry for each origin; not cleared
     * @return bytes of the range of which that is not known any more
     */
    long credit(long from, long to, int source, long read, Portions portions) {
        long gone = to - from;
        long origin = source | (read & NUMBER) << NUMBER_SHIFT;
        for (long at = from; at < to; ) {
            long start = at & -GRANULE;
            long end = Math.min(to, start + GRANULE);
            int o = find(at >>> GRANULE_SHIFT);
            if (o >= 0) {
                try {
                    gone -= credit(o, (int) (at - start), (int) (end - start), origin, portions);
                } finally {
                    unlock(o);
                }
            }
            at = end;
        }
        return gone;
    }

    private long credit(int o, int a, int b, long origin, Portions portions) {
        long known = 0;
        for (int at = a, e; at < b && (e = next(o, at, b)) >= 0; ) {
            int x = Math.max(start(e), at);
            int y = Math.min(end(e), b);
            if (((table[body(e) + ORIGIN] ^ origin) & READ) == 0) {
                pass(e, x, y, portions);
                known += y - x;
            }
            at = y;
        }
        return known;
    }

    /** Forgets what is known of memory that has been handed to a new owner. */
    public void forget(long from, long to) {
        long first = from >>> GRANULE_SHIFT;
        long last = to - 1 >>> GRANULE_SHIFT;
        long[] granules = keys;
        if (last - first < granules.length) {
            for (long key = first; key <= last; key++) {
                forgetIn(find(key, FEW_SPINS), key, from, to);
            }
        } else {
            for (long key : granules) {
                if (key >= first && key <= last) {
                    forgetIn(find(key, FEW_SPINS), key, from, to);
                }
            }
        }
    }

    private void forgetIn(int o, long key, long from, long to) {
        long start = key << GRANULE_SHIFT;
        int a = (int) Math.max(from - start, 0);
        int b = (int) Math.min(to - start, GRANULE);
        if (o >= 0) {
            try {
                carve(o, a, b);
            } finally {
                unlock(o);
            }
        } else if (o == BUSY || deferrals.waits(key)) {
            Deferral forgets = deferrals.take(Deferral.Task.FORGET, key, a, b);
            if (forgets == null) {
                lost.increment();
                mark(key, CHANGED);
            } else {
                leave(forgets);
            }
        }
    }

    /** Leaves an operation for the next thread that has the bucket. */
    void leave(Deferral deferral) {
        deferrals.leave(deferral);
        mark(deferral.key, DEFERRED);
    }

    /** Takes a question back: its bytes stay without an origin. */
    void giveUp(Deferral question) {
        lost.increment();
        deferrals.free(question);
    }

    /** Gets the origins of bytes that were counted as the application's own meanwhile. */
    public interface Answers {

        /** The origins of a write's bytes are known. {@code found} is reused after this call. */
        void found(Deferral found);
    }

    /** Does what waits for buckets, as far as these can be had now, and hands out what was asked. Never waits. */
    public void settle(Answers answers) {
        if (!deferrals.any()) {
            return;
        }
        for (long key : deferrals.keys()) {
            int o = claim(key, SPINS);
            if (o >= 0) {
                try {
                    settle(o, key);
                } finally {
                    unlock(o);
                }
            }
        }
        for (Deferral found; (found = deferrals.done()) != null; ) {
            finish(found.found);
            answers.found(found);
            deferrals.free(found);
        }
    }

    /** Forgets what waits for buckets, with what it was about. */
    public void forgetDeferred() {
        settle(found -> {});
        for (long key : deferrals.keys()) {
            for (Deferral left; (left = deferrals.next(key)) != null; ) {
                giveUp(left);
                mark(key, CHANGED);
            }
        }
    }

    /** Does what waits for a bucket that the caller holds. */
    private void settle(int o, long key) {
        long granule = key << GRANULE_SHIFT;
        for (Deferral next; (next = deferrals.next(key)) != null; ) {
            switch (next.task) {
                case NOTE -> {
                    put(
                            o,
                            next.bytes,
                            granule,
                            granule,
                            next.from,
                            next.to,
                            next.origin,
                            next.flags,
                            next.plain,
                            next.unpassed,
                            next.reads,
                            next.nanos);
                    deferrals.free(next);
                }
                case FORGET -> {
                    carve(o, next.from, next.to);
                    deferrals.free(next);
                }
                case FIND -> {
                    resolve(o, next.bytes, granule, granule, next.from, next.to, true, next.found);
                    deferrals.found(next);
                }
            }
        }
    }

    /**
     * Follows bytes that a compaction has moved down.
     *
     * @param memory the buffer after the move
     * @param from where the bytes began before
     * @param shift how far they were moved, above 0
     * @param length count of bytes moved
     * @param moved scratch space
     */
    public void moved(Object memory, long base, long from, long shift, long length, Moved moved) {
        moved.clear();
        long to = from + length;
        for (long at = from; at < to; ) {
            long start = at & -GRANULE;
            long end = Math.min(to, start + GRANULE);
            int o = find(at >>> GRANULE_SHIFT);
            if (o >= 0) {
                try {
                    collect(o, memory, base, start, (int) (at - start), (int) (end - start), shift, moved);
                } finally {
                    unlock(o);
                }
            }
            at = end;
        }
        forget(from - shift, to);
        note(memory, base, moved);
    }

    /**
     * Follows bytes that the application has copied to other memory, or to another place in the same. What is known of
     * them is known of the copy from now on: bytes that were kept where they lay are kept there. What the copy has
     * replaced is forgotten.
     *
     * @param memory the copy's memory, after the copy
     * @param to the copy's first address
     * @param from the first address of what was copied
     * @param length bytes copied, above 0
     * @param moved scratch space
     */
    public void copied(Object memory, long base, long to, long from, long length, Moved moved) {
        // In the order in which what is to be copied is not overwritten before, if it overlaps.
        boolean up = to < from;
        for (long done = 0; done < length; ) {
            long count = Math.min(length - done, COPIED_AT_ONCE);
            long offset = up ? done : length - done - count;
            copy(memory, base, to + offset, from + offset, count, moved);
            done += count;
        }
    }

    private void copy(Object memory, long base, long to, long from, long length, Moved moved) {
        moved.clear();
        long end = from + length;
        for (long at = from; at < end; ) {
            long start = at & -GRANULE;
            long stop = Math.min(end, start + GRANULE);
            long key = at >>> GRANULE_SHIFT;
            int a = (int) (at - start);
            int b = (int) (stop - start);
            int o = bucket(key);
            if (o >= 0 && !takeAgain(o, key, memory, base, start, a, b, from - to, moved)) {
                o = find(key);
                if (o >= 0) {
                    try {
                        take(o, memory, base, start, a, b, from - to, moved);
                    } finally {
                        unlock(o);
                    }
                }
            }
            at = stop;
        }
        if (moved.lent.size() > 0) {
            reclaim(to - from, moved);
        }
        forget(to, to + length);
        note(memory, base, moved);
    }

    /** Takes what counts as kept in earlier copies from there. What is kept in none needs no more copies to be asked. */
    private void reclaim(long distance, Moved moved) {
        Portions kept = moved.taken;
        for (int i = 0; i < moved.lent.size(); i++) {
            kept.clear();
            reclaim(moved.lent, i, distance, kept);
            moved.keep((int) moved.lent.of(i), kept);
        }
        for (int i = 0; i < moved.size(); i++) {
            if (moved.get(i, Moved.UNPASSED) == 0 && moved.get(i, Moved.READS) == 0) {
                unlend(moved.get(i, Moved.FROM) - distance, moved.get(i, Moved.TO) - distance, distance);
            }
        }
    }

    /** Forgets that [from, to), which lies in one granule, was copied to {@code distance} bytes above. */
    private void unlend(long from, long to, long distance) {
        int o = find(from >>> GRANULE_SHIFT);
        if (o >= 0) {
            try {
                long granule = from & -GRANULE;
                int e = next(o, (int) (from - granule), (int) (to - granule));
                if (e >= 0
                        && start(e) >= from - granule
                        && end(e) <= to - granule
                        && table[body(e) + COPY] == distance) {
                    table[e] &= ~LENT;
                }
            } finally {
                unlock(o);
            }
        }
    }

    /** Passes what is known of [a, b) on to a copy of it, if all of it has been sent before: then nothing else changes. */
    private boolean takeAgain(
            int o, long key, Object memory, long base, long granule, int a, int b, long shift, Moved moved) {
        long lock = (long) SLOT.getAcquire(table, o + LOCK);
        int e = sentBefore(o, key, lock, a, b);
        if (e < 0) {
            return false;
        }
        long range = table[e];
        long place = granule - shift;
        long origin = table[body(e) + ORIGIN] & 0xffffffffL;
        long plain = plain(e, range, a, b);
        if (!holds(o, e, range, memory, base, place, a, b) || isChanged(o, lock)) {
            return false;
        }
        useAgain(o);
        moved.add(place + a, place + b, origin, copiedOnce(range), plain, 0, 0, 0);
        return true;
    }

    /** The flags of what is copied of an extent. */
    private static long copiedOnce(long range) {
        long copies = (range >>> COPIES_SHIFT & 15) + 1;
        return range & IS_TLS | Math.min(copies, 15) << COPIES_SHIFT;
    }

    /** Notes a copy of bytes that lie in a mapped file: no read call brought them. */
    public void copiedFromFile(Object memory, long base, long to, long length, int file) {
        long origin = origin(file, BufferKind.MAPPED.ordinal(), 0);
        forget(to, to + length);
        note(memory, base, to, to + length, origin, 1L << COPIES_SHIFT, length, 0, 0, 0);
    }

    private void note(Object memory, long base, Moved moved) {
        for (int i = 0; i < moved.size(); i++) {
            note(
                    memory,
                    base,
                    moved.get(i, Moved.FROM),
                    moved.get(i, Moved.TO),
                    moved.get(i, Moved.ORIGIN),
                    moved.get(i, Moved.FLAGS),
                    moved.get(i, Moved.PLAIN),
                    moved.get(i, Moved.UNPASSED),
                    moved.get(i, Moved.READS),
                    moved.get(i, Moved.NANOS));
        }
    }

    /** Passes what is known of [a, b) on to a copy of it, {@code shift} bytes below. */
    private void take(int o, Object memory, long base, long granule, int a, int b, long shift, Moved moved) {
        for (int at = a, e; at < b && (e = next(o, at, b)) >= 0; ) {
            int x = Math.max(start(e), at);
            int y = Math.min(end(e), b);
            if (goesAlong(o, e, memory, base, granule, x, y, shift)) {
                long origin = table[body(e) + ORIGIN] & 0xffffffffL;
                long flags = copiedOnce(table[e]);
                Portions taken = moved.taken;
                taken.clear();
                pass(e, x, y, taken);
                long place = granule - shift;
                for (int k = 0; k < taken.lent.size(); k++) {
                    Lent lent = taken.lent;
                    moved.lent.add(lent.from(k), lent.to(k), lent.origin(k), lent.distance(k), moved.size());
                }
                if (taken.size() > 0 && taken.firstPassed(0) > 0 || taken.lent.size() > 0) {
                    lend(o, x, y, -shift);
                }
                if (taken.size() == 0) {
                    moved.add(place + x, place + y, origin, flags, 0, 0, 0, 0);
                } else {
                    moved.add(
                            place + x,
                            place + y,
                            origin | taken.sample(0) << 32,
                            flags,
                            taken.bytes(0),
                            taken.firstPassed(0),
                            taken.reads(0),
                            taken.nanos(0));
                }
            }
            at = y;
        }
    }

    /** Whether [x, y) of an extent is at its new place what was read; a range too short to tell is taken along. */
    private boolean goesAlong(int o, int e, Object memory, long base, long granule, int x, int y, long shift) {
        Relation found = compare(o, e, memory, base, granule, x, y, shift);
        return found == Relation.READ || found == Relation.UNPROVEN && y - x < Long.BYTES;
    }

    private void collect(int o, Object memory, long base, long granule, int a, int b, long shift, Moved moved) {
        for (int at = a, e; at < b && (e = next(o, at, b)) >= 0; ) {
            int x = Math.max(start(e), at);
            int y = Math.min(end(e), b);
            if (goesAlong(o, e, memory, base, granule, x, y, shift)) {
                int length = end(e) - start(e);
                int w = Math.min(Math.max(passed(e), x), y);
                long flags = table[e] & SAME;
                if (w > x) {
                    long part = share(plain(e), w - start(e), length) - share(plain(e), x - start(e), length);
                    moved.add(
                            granule - shift + x,
                            granule - shift + w,
                            table[body(e) + ORIGIN] & 0xffffffffL,
                            flags,
                            part,
                            0,
                            0,
                            0);
                }
                if (y > w) {
                    long part = share(plain(e), y - start(e), length) - share(plain(e), w - start(e), length);
                    long kept = share(unpassed(e), y - start(e), length) - share(unpassed(e), w - start(e), length);
                    moved.add(
                            granule - shift + w,
                            granule - shift + y,
                            table[body(e) + ORIGIN],
                            flags,
                            part,
                            kept,
                            table[body(e) + READS],
                            table[body(e) + NANOS]);
                }
            }
            at = y;
        }
    }

    private static int body(int e) {
        int o = e & -BUCKET;
        return o + BODIES + (e - o - FIRST) * WIDTH;
    }

    // Fields of an extent. A range is four numbers of 16 bits: start, end, passed, flags.

    private int start(int e) {
        return (int) table[e] & 0xffff;
    }

    private int end(int e) {
        return (int) (table[e] >>> 16) & 0xffff;
    }

    private int passed(int e) {
        return (int) (table[e] >>> 32) & 0xffff;
    }

    private long plain(int e) {
        return table[body(e) + PLAIN] & 0xffffffffL;
    }

    private int copies(int e) {
        return (int) (table[e] >>> COPIES_SHIFT) & 15;
    }

    private long unpassed(int e) {
        return table[body(e) + PLAIN] >>> 32;
    }

    private void setStart(int e, int start) {
        table[e] = table[e] & ~0xffffL | start;
    }

    private void setEnd(int e, int end) {
        table[e] = table[e] & ~0xffff0000L | (long) end << 16;
    }

    private void setPassed(int e, int passed) {
        table[e] = table[e] & (FLAGS | 0xffffffffL) | (long) passed << 32;
    }

    private static int up(int a, int step) {
        return (a + step - 1) & -step;
    }

    // Buckets. A granule lies in one of a set of neighbours, whose keys lie in one cache line.

    /** The first of the set that a granule's bucket is in. */
    private int set(long key) {
        return set(key, bits);
    }

    private int set(long key, int size) {
        return (int) (key * 0x9E3779B97F4A7C15L >>> 64 - size) & -ways;
    }

    /** The locked bucket of a granule; below 0 if there is none, or if it cannot be had, which is a lost link. */
    private int find(long key) {
        int o = find(key, SPINS);
        if (o == BUSY) {
            lost.increment();
        }
        return o;
    }

    /** The locked bucket of a granule; {@link #NONE} if there is none, {@link #BUSY} if it cannot be had. */
    private int find(long key, int spins) {
        int o = bucket(key);
        return o < 0 ? NONE : lockIf(o, key, spins);
    }

    /** The bucket of a granule, not locked; -1 if it has none. */
    private int bucket(long key) {
        int set = set(key);
        for (int i = set; i < set + ways; i++) {
            if ((long) SLOT.getOpaque(keys, i) == key) {
                return i * BUCKET;
            }
        }
        return -1;
    }

    /** The locked bucket of a granule, taken from another if need be; below 0 if it cannot be had. */
    private int claim(long key, int spins) {
        int known = bucket(key);
        if (known >= 0) {
            return lockIf(known, key, spins);
        }
        int o = dispensable(key);
        if (!lock(o, spins)) {
            return BUSY;
        }
        if (table[o + KEY] != key) {
            if ((o / BUCKET & -ways) != set(key)) {
                // The table has grown meanwhile.
                unlock(o);
                return BUSY;
            }
            if (keeps(o)) {
                evicted.increment();
            }
            empty(o);
            table[o + KEY] = key;
            SLOT.setOpaque(keys, o / BUCKET, key);
            AGAIN.setOpaque(again, o / BUCKET, (byte) 0);
            if (deferrals.any()) {
                settle(o, key);
            }
        }
        return o;
    }

    /** What is kept and sent again and again is not to make room for what is read and sent once. */
    private void useAgain(int o) {
        if ((byte) AGAIN.getOpaque(again, o / BUCKET) == 0) {
            AGAIN.setOpaque(again, o / BUCKET, (byte) 1);
        }
    }

    /**
     * The bucket that a new granule gets: an unused one, else one whose bytes have all been passed on, those last that
     * were used again, else any.
     */
    private int dispensable(long key) {
        int set = set(key);
        for (int i = set; i < set + ways; i++) {
            if ((long) SLOT.getOpaque(keys, i) == 0) {
                return i * BUCKET;
            }
        }
        int used = -1;
        for (int i = set; i < set + ways; i++) {
            if (!keeps(i * BUCKET)) {
                if ((byte) AGAIN.getOpaque(again, i) == 0) {
                    return i * BUCKET;
                }
                // It is spared once, and again if it is used until the next one comes.
                AGAIN.setOpaque(again, i, (byte) 0);
                used = i;
            }
        }
        return (used >= 0 ? used : set + (int) (key & ways - 1)) * BUCKET;
    }

    /** Whether a bucket has bytes that have not been passed on; a guess, since the bucket is not locked. */
    private boolean keeps(int o) {
        for (int e = o + FIRST, bound = Math.min(bound(o), o + BODIES); e < bound; e++) {
            if ((table[e] & USED) != 0 && passed(e) < end(e)) {
                return true;
            }
        }
        return false;
    }

    private void empty(int o) {
        for (int e = o + FIRST, bound = bound(o); e < bound; e++) {
            if ((table[e] & USED) != 0 && passed(e) < end(e)) {
                lost.increment();
            }
            table[e] = 0;
        }
        table[o + TURN] = 0;
    }

    /**
     * Makes room if links were lost for want of it since the last call: two or four times as much. To be called by one
     * thread at a time, now and then. It takes the locks of all buckets, so that nobody else is at work in the old
     * table; if a holder has lost its processor, it is tried again the next time.
     */
    public void grow() {
        long now = evicted.sum();
        long missed = now - evictedBefore;
        evictedBefore = now;
        int old = bits;
        int wanted = Math.min(old + (4 * missed > 1L << old ? 2 : 1), most);
        if (missed >= FEW_EVICTED && wanted > old && lockAll()) {
            grow(wanted);
        }
    }

    private boolean lockAll() {
        for (int o = 0; o < table.length; o += BUCKET) {
            if (!lock(o, SPINS)) {
                for (int held = 0; held < o; held += BUCKET) {
                    unlock(held);
                }
                return false;
            }
        }
        return true;
    }

    /** Moves all buckets into a larger table. The old one stays locked: who waits for it finds the new one instead. */
    private void grow(int wanted) {
        long locked = ((long) wanted << 48) + 1;
        long[] buckets = new long[BUCKET << wanted];
        long[] granules = new long[1 << wanted];
        byte[] used = new byte[1 << wanted];
        for (int o = 0; o < table.length; o += BUCKET) {
            long key = table[o + KEY];
            if (key != 0) {
                // The buckets of one set go to several.
                int i = set(key, wanted);
                while (granules[i] != 0) {
                    i++;
                }
                System.arraycopy(table, o, buckets, i * BUCKET, BUCKET);
                granules[i] = key;
                used[i] = again[o / BUCKET];
            }
        }
        for (int o = 0; o < buckets.length; o += BUCKET) {
            buckets[o + LOCK] = locked;
        }
        VarHandle.releaseFence();
        again = used;
        keys = granules;
        table = buckets;
        bits = wanted;
        for (int o = 0; o < buckets.length; o += BUCKET) {
            unlock(o);
        }
    }

    /** How many buckets there are. */
    int buckets() {
        return 1 << bits;
    }

    /** Marks the bucket of a granule, if it has one. */
    private void mark(long key, long what) {
        int o = bucket(key);
        if (o >= 0) {
            SLOT.getAndBitwiseOr(table, o + STALE, what);
        }
    }

    private int lockIf(int o, long key, int spins) {
        if (!lock(o, spins)) {
            return BUSY;
        }
        if (table[o + KEY] != key) {
            unlock(o);
            return NONE;
        }
        return o;
    }

    private boolean lock(int o, int spins) {
        for (int i = 0; i < spins; i++) {
            long lock = (long) SLOT.getOpaque(table, o + LOCK);
            if ((lock & 1) == 0 && SLOT.compareAndSet(table, o + LOCK, lock, lock + 1)) {
                if (table[o + STALE] != 0) {
                    catchUp(o);
                }
                return true;
            }
            Thread.onSpinWait();
        }
        return false;
    }

    /** Does what a bucket is marked with. */
    private void catchUp(int o) {
        // Before it is done: a mark that comes meanwhile stays.
        long marks = (long) SLOT.getAndSet(table, o + STALE, 0L);
        if ((marks & CHANGED) != 0) {
            empty(o);
        }
        settle(o, table[o + KEY]);
    }

    private void unlock(int o) {
        SLOT.setRelease(table, o + LOCK, table[o + LOCK] + 1);
    }
}
