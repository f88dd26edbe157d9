package iopath.agent.link;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * Which file is mapped at an address, for writes and reads that know nothing but an address.
 *
 * <p>A sorted array that is replaced as a whole: looking up is a binary search, mapping and unmapping copies it.
 * Thread-safe without locks. Private mappings are not in it, since they may hold other bytes than the file.
 */
public final class MappedMemory {

    private static final Range[] NONE = {};

    private static final AtomicReferenceFieldUpdater<MappedMemory, Range[]> RANGES =
            AtomicReferenceFieldUpdater.newUpdater(MappedMemory.class, Range[].class, "ranges");

    private volatile Range[] ranges = NONE;

    /** A mapped file. */
    public static final class Range {

        private final long from;
        private final long to;
        private final @Nullable String path;
        private volatile int endpoint;

        /** The range [from, to) of a file whose row is known. */
        public Range(long from, long to, int endpoint) {
            this(from, to, endpoint, null);
        }

        /** The range [from, to) of a file of which the path alone is known. */
        public Range(long from, long to, String path) {
            this(from, to, -1, path);
        }

        private Range(long from, long to, int endpoint, @Nullable String path) {
            this.from = from;
            this.to = to;
            this.endpoint = endpoint;
            this.path = path;
        }

        /** Row of the file, -1 while it is not known. */
        public int endpoint() {
            return endpoint;
        }

        /** The path of a file whose row was not known when it was found; {@code null} for others. */
        public @Nullable String path() {
            return path;
        }

        /** Takes the row of the file. */
        public void resolve(int row) {
            endpoint = row;
        }
    }

    /** The file at [from, to), {@code null} if none is mapped there as a whole. */
    public @Nullable Range find(long from, long to) {
        Range[] all = ranges;
        int at = last(all, from);
        return at >= 0 && to <= all[at].to ? all[at] : null;
    }

    /** Remembers a mapping, in the place of all that it overlaps. */
    public void add(Range range) {
        Range[] before;
        Range[] after;
        do {
            before = ranges;
            Range[] left = without(before, range.from, range.to);
            int at = last(left, range.from) + 1;
            after = Arrays.copyOf(left, left.length + 1);
            System.arraycopy(left, at, after, at + 1, left.length - at);
            after[at] = range;
        } while (!RANGES.compareAndSet(this, before, after));
    }

    /** Forgets what was mapped in [from, to). */
    public void remove(long from, long to) {
        Range[] before;
        Range[] after;
        do {
            before = ranges;
            after = without(before, from, to);
        } while (after != before && !RANGES.compareAndSet(this, before, after));
    }

    /** What is known now, to be handed to {@link #replace}. */
    public Object state() {
        return ranges;
    }

    /** Takes {@code found}, in the order of addresses, in the place of all, unless something has changed since. */
    public boolean replace(Object state, Range[] found) {
        return RANGES.compareAndSet(this, (Range[]) state, found);
    }

    /** Forgets all. */
    public void clear() {
        ranges = NONE;
    }

    private static Range[] without(Range[] all, long from, long to) {
        int first = last(all, from);
        if (first < 0 || all[first].to <= from) {
            first++;
        }
        int end = first;
        while (end < all.length && all[end].from < to) {
            end++;
        }
        if (first == end) {
            return all;
        }
        Range[] left = Arrays.copyOf(all, all.length - (end - first));
        System.arraycopy(all, end, left, first, all.length - end);
        return left;
    }

    /** Place of the last range that begins at or before {@code address}, -1 if there is none. */
    private static int last(Range[] all, long address) {
        int low = 0;
        int high = all.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (all[middle].from <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
