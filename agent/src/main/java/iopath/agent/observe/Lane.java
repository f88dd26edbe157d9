package iopath.agent.observe;

import iopath.agent.aggregate.Cells;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.link.ContentScan;
import iopath.agent.link.Contents;
import iopath.agent.link.Moved;
import iopath.agent.link.Portions;
import iopath.agent.link.Relay;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What one thread needs to observe its operations: sums, clocks and scratch space.
 *
 * <p>A virtual thread uses the lane of its carrier: nothing here is kept while a thread can unmount, but the frames of
 * {@link Lanes}.
 */
final class Lane {

    /** Operations that are timed one by one before a sample of them is. */
    private static final int TIMED_FIRST = 128;

    /** After that, one of this many on average is timed. */
    private static final int TIMED_MASK = 127;

    /** The token of an operation that is not timed. */
    static final long UNTIMED = 1;

    /** A thread that takes this many samples in less than the shortest time takes fewer, heavier ones. */
    private static final int RATE_WINDOW = 32;

    private static final long SHORTEST_WINDOW_NANOS = 400_000_000;
    private static final int MOST_DOUBLINGS = 16;

    private static final int SPARES = 4;

    final Cells cells;
    final Portions portions = new Portions();
    final Pieces pieces = new Pieces();

    /** When the operation in progress began, as {@link #token} has it. */
    long started;

    /** Above 0 while the thread works for the agent. */
    int muted;

    /**
     * Whether an operation or a TLS engine is under way, whose copies are the JDK's own. A virtual thread may leave its
     * carrier meanwhile: then copies of others are not followed until the next one ends here.
     */
    boolean inside;

    /** The calls that are running on this platform thread. */
    final Frames frames = new Frames(2);

    /** One buffer as an array, while a TLS engine uses it. */
    final @Nullable ByteBuffer[] one = new ByteBuffer[1];

    /** Row of the file whose end the last attempts of a transfer in the kernel have met. */
    private int endedSource;

    /** Row of what it was to be sent to. */
    private int endedSink;

    /** How often, one after the other. */
    private int ended;

    /** Key of the transfer that was counted last, of those that a write or read belongs to. */
    long counted;

    /** Key of the transfer that the last write counted with which left some of a heap buffer. */
    long heapTransfer;

    /** Where the next splice takes its bytes from in the end, if it is half of a file region's way. */
    @Nullable
    Endpoint spliceSource;

    /** Where it brings them in the end. */
    @Nullable
    Endpoint spliceSink;

    /** Whether it is the first half. */
    boolean spliceIn;

    /** Where the bytes come from that the completion in progress has put into a buffer of its ring. */
    @Nullable
    Endpoint provider;

    /** Whether it is the first of its kind on this lane. */
    boolean providerIsFresh;

    private @Nullable Moved moved;
    private @Nullable ContentScan scan;

    private @Nullable Relay relay;

    private final long[][] spares = new long[SPARES][];
    private int spareCount;

    private long random;
    private int timedFirst = TIMED_FIRST;
    private int untilTimed;
    private final long leastMean;
    private long mean;
    private long intervalMean;
    private long untilSample;
    private int samples;
    private long samplesSince;

    /** A lane with a mean of {@code mean} bytes between samples, more where samples come too often. */
    Lane(Cells cells, long seed, long mean) {
        this.cells = cells;
        this.leastMean = mean;
        this.mean = mean;
        this.random = seed == 0 ? 1 : seed;
        this.samplesSince = System.nanoTime();
        this.untilSample = interval();
    }

    /** Begins an operation. */
    void start() {
        inside = true;
        started = token();
    }

    /** The token of an operation: the time for a sample of them. */
    long token() {
        if (timedFirst > 0) {
            return System.nanoTime() | 1;
        }
        if (--untilTimed > 0) {
            return UNTIMED;
        }
        untilTimed = 1 + (int) (next() & TIMED_MASK);
        return System.nanoTime() | 1;
    }

    /** Nanoseconds since the token, weighted by how rarely they are measured; 0 for an operation that is not timed. */
    long nanos(long token) {
        if (token == UNTIMED) {
            return 0;
        }
        long elapsed = System.nanoTime() - token;
        if (timedFirst > 0) {
            timedFirst--;
            return Math.max(elapsed, 0);
        }
        // The intervals are uniform on 1..128, their mean is 64.5.
        return Math.max(elapsed, 0) * (TIMED_MASK + 2) / 2;
    }

    /**
     * Bytes that stand for the samples which fall into the next {@code bytes} bytes; 0 if none does.
     *
     * <p>Samples are the arrivals of a Poisson process over bytes. Each stands for the mean of the interval that it
     * ends, so the sum estimates the bytes without bias, however they are split into transfers and however the mean
     * follows the rate.
     */
    long sampleWeight(long bytes) {
        untilSample -= bytes;
        long weight = 0;
        while (untilSample < 0) {
            weight += intervalMean;
            adapt();
            untilSample += interval();
        }
        return weight;
    }

    /** Doubles the mean while samples come too often, halves it while they are rare. */
    private void adapt() {
        if (++samples < RATE_WINDOW) {
            return;
        }
        long now = System.nanoTime();
        long elapsed = now - samplesSince;
        if (elapsed < SHORTEST_WINDOW_NANOS) {
            mean = Math.min(mean * 2, leastMean << MOST_DOUBLINGS);
        } else if (elapsed > 4 * SHORTEST_WINDOW_NANOS && mean > leastMean) {
            mean /= 2;
        }
        samples = 0;
        samplesSince = now;
    }

    private long interval() {
        intervalMean = mean;
        // (0, 1]: the logarithm is finite.
        double uniform = ((next() >>> 11) + 1) * 0x1.0p-53;
        return (long) (-Math.log(uniform) * mean) + 1;
    }

    private long next() {
        // xorshift64 (Marsaglia 2003)
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return random;
    }

    /** Scratch space for a compaction; few threads ever need it. */
    Moved moved() {
        Moved scratch = moved;
        if (scratch == null) {
            scratch = new Moved();
            moved = scratch;
        }
        return scratch;
    }

    /** What it takes to look at contents; made at its first use. */
    ContentScan scan(Contents contents) {
        ContentScan known = scan;
        if (known == null) {
            known = contents.scan();
            scan = known;
        }
        return known;
    }

    /** An attempt has met the end of a file. Returns how often it was the same, with nothing else in between. */
    int ended(int source, int sink) {
        if (source != endedSource || sink != endedSink) {
            ended = 0;
            endedSource = source;
            endedSink = sink;
        }
        return ++ended;
    }

    /** An attempt has met something else. */
    void notEnded() {
        ended = 0;
    }

    /** What follows bytes through a wrapper; the spare one if there is one. */
    Relay borrowRelay() {
        Relay spare = relay;
        relay = null;
        return spare == null ? new Relay() : spare;
    }

    /** Takes it back. */
    void giveBack(Relay used) {
        used.clear();
        relay = used;
    }

    /** An array of at least {@code length}; from the spares if there is one. */
    long[] borrow(int length) {
        while (spareCount > 0) {
            long[] spare = spares[--spareCount];
            if (spare.length >= length) {
                return spare;
            }
        }
        return new long[Math.max(length, 20)];
    }

    /** Takes an array back. */
    void giveBack(long[] array) {
        if (spareCount < SPARES) {
            spares[spareCount++] = array;
        }
    }
}
