package iopath.agent.aggregate;

import iopath.agent.classify.BufferKind;
import iopath.agent.classify.Reason;
import iopath.agent.endpoint.Endpoints;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * The sum over all threads, taken at drain.
 *
 * <p>A drain reads every thread's cells and hands out what is new since the last one, so nothing is lost or counted
 * twice however often, by whom, or when it is called. Bytes that were read count as kept by the application, less what
 * was counted as passed on, writes of the application's own bytes as transfers, and transfers in the kernel as a read
 * and a write: these rows are made here, so that such an operation adds to one row only. Cells of ended threads are
 * added to a remainder. Only drains lock each other; adding never waits.
 */
public final class Totals {

    /** Bytes, operations, calls, nanoseconds, bytes copied for calls that did not take them. */
    private static final int SUMS = 5;

    private final ConcurrentLinkedQueue<Stripe> stripes = new ConcurrentLinkedQueue<>();
    private final Map<Long, long[]> ended = new HashMap<>();
    private final Map<Long, long[]> handedOut = new HashMap<>();
    private final Endpoints endpoints;
    private final int bound;
    private long foldedInEnded;

    /** Totals with at most {@code bound} keys a thread before keys are folded into {@code (other)}. */
    public Totals(Endpoints endpoints, int bound) {
        this.endpoints = endpoints;
        this.bound = bound;
    }

    /** Cells for one thread, which counts as ended when {@code alive} says so. */
    public Cells stripe(BooleanSupplier alive) {
        Cells cells = new Cells(bound, this::fold);
        stripes.add(new Stripe(cells, alive));
        return cells;
    }

    private long fold(long key) {
        int source = endpoints.row(Key.source(key)).kind().ordinal();
        int sink =
                Key.isOperation(key) ? 0 : endpoints.row(Key.sink(key)).kind().ordinal();
        return Key.withEndpoints(key, source, sink);
    }

    /** What has been added since the last drain, one row a key. */
    public synchronized List<Row> drain() {
        Map<Long, long[]> sums = new HashMap<>();
        ended.forEach((key, sum) -> sums.put(key, sum.clone()));
        Rows read = new Rows();
        for (Stripe stripe : stripes) {
            boolean over = !stripe.alive.getAsBoolean();
            stripe.cells.forEach(read);
            read.addTo(sums);
            if (over) {
                read.addTo(ended);
                foldedInEnded += stripe.cells.folded();
                stripes.remove(stripe);
            }
        }
        addImplied(sums);
        List<Row> rows = new ArrayList<>();
        sums.forEach((key, sum) -> {
            long[] last = handedOut.computeIfAbsent(key, k -> new long[SUMS]);
            long bytes = sum[0] - last[0];
            long operations = sum[1] - last[1];
            long calls = sum[2] - last[2];
            long nanos = sum[3] - last[3];
            long extra = sum[4] - last[4];
            if ((bytes | operations | calls | nanos | extra) != 0) {
                rows.add(new Row(key, bytes, operations, calls, nanos, extra));
                System.arraycopy(sum, 0, last, 0, SUMS);
            }
        });
        return rows;
    }

    /**
     * Adds the transfers that follow from operations: what was read into the application's memory is kept there, unless
     * another row says that it was passed on, and what was written of its own came from there.
     */
    private static void addImplied(Map<Long, long[]> sums) {
        for (Map.Entry<Long, long[]> row : List.copyOf(sums.entrySet())) {
            long key = row.getKey();
            long[] sum = row.getValue();
            if (Key.isOwnWrite(key)) {
                sums.remove(key);
                add(sums, Key.operation(Key.source(key), true, Key.buffer(key)), sum[0], sum[1], sum[2], sum[3]);
                add(sums, Key.own(Key.source(key), Key.buffer(key), Reason.NONE), sum[0], sum[1], sum[2], sum[3]);
            } else if (Key.isWhole(key)) {
                sums.remove(key);
                add(sums, Key.operation(Key.source(key), false, BufferKind.KERNEL), sum[0], sum[1], sum[2], sum[3]);
                add(sums, Key.operation(Key.sink(key), true, BufferKind.KERNEL), sum[0], sum[1], sum[2], sum[3]);
                add(sums, Key.plain(key), sum[0], sum[1], sum[2], sum[3]);
            } else if (Key.isReadToMemory(key) && sum[1] > 0) {
                // A call that moved nothing (the end of a file, would-block) is no part of a transfer.
                add(sums, Key.kept(Key.source(key), Key.buffer(key)), sum[0], sum[1], sum[1], sum[3]);
            }
        }
        // Bytes that were passed on twice, the second time out of a copy that was made before their memory was read
        // into again, are taken off twice.
        sums.forEach((key, sum) -> sum[0] = Key.isTransfer(key) ? Math.max(sum[0], 0) : sum[0]);
    }

    /** Lets go of all rows: threads keep their cells as long as they live, these shall be empty. */
    public synchronized void release() {
        stripes.forEach(stripe -> stripe.cells.release());
        stripes.clear();
        ended.clear();
        handedOut.clear();
    }

    /** How many keys or endpoints were counted under {@code (other)}. */
    public synchronized long folded() {
        long sum = foldedInEnded + endpoints.folded();
        for (Stripe stripe : stripes) {
            sum += stripe.cells.folded();
        }
        return sum;
    }

    private static void add(Map<Long, long[]> sums, long key, long bytes, long operations, long calls, long nanos) {
        add(sums, key, bytes, operations, calls, nanos, 0);
    }

    private static void add(
            Map<Long, long[]> sums, long key, long bytes, long operations, long calls, long nanos, long extra) {
        long[] sum = sums.computeIfAbsent(key, k -> new long[SUMS]);
        sum[0] += bytes;
        sum[1] += operations;
        sum[2] += calls;
        sum[3] += nanos;
        sum[4] += extra;
    }

    /** The rows of one thread, copied while it goes on. */
    private static final class Rows implements Cells.Visitor {

        private static final int LONGS = 1 + SUMS;

        private long[] rows = new long[LONGS << 6];
        private int used;

        @Override
        public void restart() {
            used = 0;
        }

        @Override
        public void visit(long key, long bytes, long operations, long calls, long nanos, long extra) {
            if (used == rows.length) {
                rows = Arrays.copyOf(rows, 2 * used);
            }
            rows[used++] = key;
            rows[used++] = bytes;
            rows[used++] = operations;
            rows[used++] = calls;
            rows[used++] = nanos;
            rows[used++] = extra;
        }

        void addTo(Map<Long, long[]> sums) {
            for (int i = 0; i < used; i += LONGS) {
                add(sums, rows[i], rows[i + 1], rows[i + 2], rows[i + 3], rows[i + 4], rows[i + 5]);
            }
        }
    }

    /**
     * What is new for a key.
     *
     * @param extra bytes that the JDK copied for calls that did not take them
     */
    public record Row(long key, long bytes, long operations, long calls, long nanos, long extra) {}

    /** One thread's cells. */
    private record Stripe(Cells cells, BooleanSupplier alive) {}
}
