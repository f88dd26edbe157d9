package iopath.agent.aggregate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongUnaryOperator;

/**
 * Totals of one thread: an open-addressed table from {@link Key} to four sums.
 *
 * <p>One thread adds, any thread may read. No locks, no atomic instructions; it grows by doubling up to a bound, past
 * which new keys are folded. An addition costs a few nanoseconds.
 */
public final class Cells {

    /** Longs of a row: key, bytes, operations, calls, nanoseconds, and space: a row is as long as a cache line. */
    static final int WIDTH = 8;

    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle TABLE;

    static {
        try {
            TABLE = MethodHandles.lookup().findVarHandle(Cells.class, "table", long[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int START = 16;

    private final int bound;
    private LongUnaryOperator fold;
    private long[] table = new long[START * WIDTH];
    private int used;
    private long folded;

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

    /** Hands all rows to {@code visitor}, as far as the owning thread has published them. */
    void forEach(Visitor visitor) {
        long[] t = (long[]) TABLE.getAcquire(this);
        for (int i = 0; i < t.length; i += WIDTH) {
            long key = (long) SLOT.getAcquire(t, i);
            if (key != 0) {
                visitor.visit(
                        key,
                        (long) SLOT.getOpaque(t, i + 1),
                        (long) SLOT.getOpaque(t, i + 2),
                        (long) SLOT.getOpaque(t, i + 3),
                        (long) SLOT.getOpaque(t, i + 4));
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

    /** Takes a row. */
    @FunctionalInterface
    interface Visitor {
        void visit(long key, long bytes, long operations, long calls, long nanos);
    }
}
