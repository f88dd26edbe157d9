package iopath.agent.link;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Recognises what was read in what is written, by its content, where the application has copied it in between.
 *
 * <p>To look at all bytes costs too much, so there is a budget for each second. While it lasts, all reads are noted and
 * all writes without a known origin are looked at. Where it does not last, five seconds' worth is saved up, and a window
 * opens at a random byte of the traffic: reads are noted for four fifths of it, then writes are looked at too. Nothing is
 * said of what an application holds for longer. The first bytes of each file are always noted: many files begin alike.
 */
public final class Contents {

    private static final int OFF = 0;
    private static final int NOTE = 1;
    private static final int LOOK = 2;

    /** Seconds of budget that a window takes to note reads before writes are looked at. */
    private static final int NOTED = 4;

    private static final int TABLE_BITS = 15;
    private static final int BEGINNING = 16 << 10;

    /** Bytes of one read or write that are looked at: its thread waits for it. */
    private static final int MOST = 256 << 10;

    private final LinkTable links;
    private final long budget;
    private final SplittableRandom random = new SplittableRandom();
    private final Chunks chunks = new Chunks(random.split());
    private final ContentTable table;
    private final AtomicInteger mode;
    private final AtomicLong left;
    private final AtomicLong reads = new AtomicLong(1);
    private final AtomicInteger samples = new AtomicInteger();
    private final AtomicInteger skip = new AtomicInteger();
    private final int[] begun = new int[1 << 12];
    private volatile boolean complete = true;
    private long saved;

    /**
     * Contents that are looked at within a budget.
     *
     * @param budget bytes a second, 0 to look at none
     */
    public Contents(LinkTable links, long budget) {
        this.links = links;
        this.budget = budget;
        this.table = new ContentTable(budget == 0 ? 1 : TABLE_BITS);
        this.mode = new AtomicInteger(budget == 0 ? OFF : LOOK);
        this.left = new AtomicLong((NOTED + 1) * budget);
    }

    /** What a thread needs to note and to look. */
    public ContentScan scan() {
        return new ContentScan();
    }

    /** Whether a read of {@code source} is to be noted now. */
    public boolean notes(int source, boolean file) {
        return mode.get() != OFF || file && budget != 0 && begun[source] < BEGINNING;
    }

    /** A number for a read that is to be noted, above 0. */
    public long number() {
        return reads.getAndIncrement();
    }

    /** Notes what the read {@code number} has brought to [from, to). */
    public void note(
            ContentScan scan, Object memory, long base, long from, long to, int source, int kind, long number) {
        int now = mode.get();
        // Two threads may add to it at once: then somewhat more is noted.
        int start = begun[source];
        long length = Math.min(to - from, now == OFF ? BEGINNING - start : MOST);
        begun[source] = (int) Math.min(start + length, BEGINNING);
        if (length > 0) {
            scan.note(table, chunks, memory, base, from, from + length, source, kind, number);
        }
        if (now != OFF) {
            complete &= length == to - from;
            spend(length);
        }
    }

    /** Whether writes are looked at now. */
    public boolean looks() {
        return mode.get() == LOOK;
    }

    /**
     * Looks for what was read in [from, to); what is found moves from the portions without an origin to others.
     *
     * @return bytes looked at, from the first on
     */
    public long look(ContentScan scan, Object memory, long base, long from, long to, Portions portions) {
        long length = Math.min(to - from, MOST);
        scan.look(table, links, chunks, memory, base, from, from + length, portions, number());
        spend(length);
        return length;
    }

    /**
     * Notes what is written of a range in which some bytes have an origin and some do not: what no read has brought may
     * come back by one, and be written once more from where it was made.
     */
    public void noteOwn(ContentScan scan, Object memory, long base, long from, long to) {
        long length = Math.min(to - from, MOST);
        scan.noteOwn(table, chunks, memory, base, from, from + length, number());
        spend(length);
    }

    /** Whether all reads of this window were noted, so that bytes which are not found were brought by none of them. */
    public boolean isComplete() {
        return complete;
    }

    private void spend(long bytes) {
        if (left.addAndGet(-bytes) < 0) {
            if (mode.compareAndSet(NOTE, LOOK)) {
                left.set(budget);
            } else {
                mode.compareAndSet(LOOK, OFF);
            }
        }
    }

    /** Begins a new second. */
    public void refill() {
        int sampled = samples.getAndSet(0);
        if (mode.get() != OFF) {
            // While the budget lasts there is no gap between windows.
            left.set(Math.min(left.get() + budget, (NOTED + 1) * budget));
            return;
        }
        saved += budget;
        if (budget != 0 && saved >= (NOTED + 1) * budget) {
            saved = 0;
            int after = sampled == 0 ? 0 : random.nextInt(sampled);
            skip.set(after);
            if (after == 0) {
                open();
            }
        }
    }

    /** Tells that one of the bytes that are sampled at random has passed. */
    public void sampled() {
        samples.incrementAndGet();
        if (skip.get() > 0 && skip.decrementAndGet() == 0) {
            open();
        }
    }

    private void open() {
        complete = true;
        left.set(NOTED * budget);
        mode.compareAndSet(OFF, NOTE);
    }
}
