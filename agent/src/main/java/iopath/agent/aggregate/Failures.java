package iopath.agent.aggregate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Counts of what the agent's own code threw inside woven methods, by hook and class.
 *
 * <p>A row is made at the first of its kind; after that nothing is allocated. Thread-safe without locks. Kinds past the
 * bound are counted under one row.
 */
public final class Failures {

    /** Stands for the class of what was thrown where that could not be noted. */
    public static final String OTHER = "(other)";

    private static final int ROWS = 256;

    private final AtomicReferenceArray<@Nullable Count> counts = new AtomicReferenceArray<>(ROWS);
    private final AtomicLong others = new AtomicLong();

    /**
     * What came of one hook since the last drain.
     *
     * @param hook its number, -1 for those past the bound
     * @param thrown name of the class
     * @param count how often, 1 at least
     */
    public record Row(int hook, String thrown, long count) {}

    /** Counts one. */
    public void add(int hook, String thrown) {
        int start = (31 * hook + thrown.hashCode()) * 0x9E3779B9 >>> 24;
        for (int i = 0; i < ROWS; i++) {
            int at = (start + i) % ROWS;
            Count count = counts.get(at);
            if (count == null) {
                counts.compareAndSet(at, null, new Count(hook, thrown));
                count = counts.get(at);
            }
            if (count != null && count.hook == hook && count.thrown.equals(thrown)) {
                count.incrementAndGet();
                return;
            }
        }
        others.incrementAndGet();
    }

    /** Hands out what was counted since the last drain. */
    public List<Row> drain() {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            Count count = counts.get(i);
            long since = count == null ? 0 : count.getAndSet(0);
            if (count != null && since > 0) {
                rows.add(new Row(count.hook, count.thrown, since));
            }
        }
        long rest = others.getAndSet(0);
        if (rest > 0) {
            rows.add(new Row(-1, OTHER, rest));
        }
        return rows;
    }

    private static final class Count extends AtomicLong {

        private static final long serialVersionUID = 1;

        final int hook;
        final String thrown;

        Count(int hook, String thrown) {
            this.hook = hook;
            this.thrown = thrown;
        }
    }
}
