package iopath.agent.aggregate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/**
 * Totals of one thread: an open-addressed table from {@link Key} to five sums.
 *
 * <p>One thread adds, any thread may read. No locks, no atomic instructions; it grows by doubling up to a bound, past
 * which new keys are folded. An addition costs a few nanoseconds. Rows that belong to one operation are added between
 * {@link #begin} and {@link #end}, so that a reader sees all of them or none.
 */
public final class Cells {

    /** Longs of a row: key, bytes, operations, calls, nanoseconds, extra copies, space: as long as a cache line. */
    static final int WIDTH = 8;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle TABLE;
    private static final VarHandle TURN;

    static {
        try {
            TABLE = MethodHandles.lookup().findVarHandle(Cells.class, "table", long[].class);
            TURN = MethodHandles.lookup().findVarHandle(Cells.class, "turn", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int START = 16;

    /** What an operation takes is far less; who is in the middle of one for longer has lost its processor. */
    private static final int SPINS = 200;

    private static final int NAPS = 4000;
    private static final long NAP_NANOS = 100_000;

    private final int bound;
    private LongUnaryOperator fold;
    private long[] table = new long[START * WIDTH];
    private int used;
    private long folded;

    /** Odd while rows are added that belong together. */
    private int turn;

    /**
     * An empty table.
     *
     * @param bound keys at most before new ones are folded
     * @param fold from a key to the key that stands for all such past the bound
     */
    public Cells(int bound, LongUnaryOperator fold) {
        this.bound = bound;
        this.fold = fold;
    }

    /** Begins to add rows that belong together; {@link #end} has to follow. Called by the owning thread only. */
    public void begin() {
        TURN.setOpaque(this, turn + 1);
        VarHandle.storeStoreFence();
    }

    /** Ends what {@link #begin} began. */
    public void end() {
        TURN.setRelease(this, turn + 1);
    }

    /** Adds to the sums of a key. Called by the owning thread only. Returns whether the key is new. */
    public boolean add(long key, long bytes, long operations, long calls, long nanos) {
        long[] t = table;
        int i = slot(t, key);
        boolean fresh = t[i] != key;
        if (fresh) {
            if (used >= bound && fold.applyAsLong(key) != key) {
                folded++;
                return add(fold.applyAsLong(key), bytes, operations, calls, nanos);
            }
            if ((used + 1) * 2 * WIDTH > t.length) {
                t = grow(t);
                i = slot(t, key);
            }
            used++;
            SLOT.setRelease(t, i, key);
        }
        SLOT.setOpaque(t, i + 1, t[i + 1] + bytes);
        SLOT.setOpaque(t, i + 2, t[i + 2] + operations);
        SLOT.setOpaque(t, i + 3, t[i + 3] + calls);
        if (nanos != 0) {
            SLOT.setOpaque(t, i + 4, t[i + 4] + nanos);
        }
        return fresh;
    }

    /** Adds to the bytes of a key that were copied for calls that did not take them. Called by the owning thread only. */
    public void addExtra(long key, long bytes) {
        add(key, 0, 0, 0, 0);
        int i = slot(table, key);
        if (table[i] != key) {
            i = slot(table, fold.applyAsLong(key));
        }
        SLOT.setOpaque(table, i + 5, table[i + 5] + bytes);
    }

    /** Forgets everything, for good. An addition that is under way is lost. */
    void release() {
        fold = LongUnaryOperator.identity();
        used = 0;
        TABLE.setRelease(this, new long[START * WIDTH]);
    }

    /** How often a key was folded. */
    long folded() {
        return folded;
    }

    /**
     * Hands all rows to {@code visitor}, as far as the owning thread has published them. It may be handed some several
     * times, each time after a {@link Visitor#restart}: where the owner has added meanwhile. An owner that does not get on
     * is waited for, half a second or so at most.
     */
    void forEach(Visitor visitor) {
        int naps = 0;
        for (int i = 0; ; i++) {
            int before = (int) TURN.getAcquire(this);
            boolean patient = naps < NAPS;
            if ((before & 1) == 0 || !patient) {
                visitor.restart();
                visitRows(visitor);
                VarHandle.loadLoadFence();
                if (before == (int) TURN.getOpaque(this) || !patient) {
                    return;
                }
            }
            if (i < SPINS) {
                Thread.onSpinWait();
            } else {
                naps++;
                LockSupport.parkNanos(NAP_NANOS);
            }
        }
    }

    private void visitRows(Visitor visitor) {
        long[] t = (long[]) TABLE.getAcquire(this);
        for (int i = 0; i < t.length; i += WIDTH) {
            long key = (long) SLOT.getAcquire(t, i);
            if (key != 0) {
                visitor.visit(
                        key,
                        (long) SLOT.getOpaque(t, i + 1),
                        (long) SLOT.getOpaque(t, i + 2),
                        (long) SLOT.getOpaque(t, i + 3),
                        (long) SLOT.getOpaque(t, i + 4),
                        (long) SLOT.getOpaque(t, i + 5));
            }
        }
    }

    private long[] grow(long[] old) {
        long[] next = new long[old.length * 2];
        for (int i = 0; i < old.length; i += WIDTH) {
            if (old[i] != 0) {
                System.arraycopy(old, i, next, slot(next, old[i]), WIDTH);
            }
        }
        TABLE.setRelease(this, next);
        return next;
    }

    /** Where a key is, or the free row where it goes. The table is never more than half full. */
    private static int slot(long[] t, long key) {
        int rows = t.length / WIDTH;
        int row = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & rows - 1;
        while (t[row * WIDTH] != 0 && t[row * WIDTH] != key) {
            row = row + 1 & rows - 1;
        }
        return row * WIDTH;
    }

    /** Takes rows. */
    interface Visitor {
        /** Forget all rows so far. */
        void restart();

        void visit(long key, long bytes, long operations, long calls, long nanos, long extra);
    }
}
