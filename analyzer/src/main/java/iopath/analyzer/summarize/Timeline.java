package iopath.analyzer.summarize;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/**
 * Bytes by path over time.
 *
 * @param startNanos when the first slot begins, nanoseconds since the epoch
 * @param slotNanos length of a slot, at least a second
 * @param series one for each path, most bytes first
 */
public record Timeline(long startNanos, long slotNanos, List<Series> series) {
    /** The most slots of a timeline; they double in length when there would be more. */
    public static final int MAX_SLOTS = 240;

    /** The longest that a slot can get: {@value #MAX_SLOTS} of them span all of time that can be told. */
    public static final long MAX_SLOT_SECONDS = 1L << 26;

    public Timeline {
        series = List.copyOf(series);
    }

    /**
     * All of them in one, in slots as short as the widest of them and the number of slots allow.
     *
     * @param lines one at least; their slots lie on multiples of their lengths, which are powers of two in seconds
     */
    static Timeline of(Collection<Timeline> lines) {
        List<Timeline> told =
                lines.stream().filter(line -> !line.series.isEmpty()).toList();
        Collection<Timeline> all = told.isEmpty() ? lines : told;
        long slotNanos = all.stream().mapToLong(Timeline::slotNanos).max().orElseThrow();
        long from = all.stream().mapToLong(Timeline::startNanos).min().orElseThrow();
        if (told.isEmpty()) {
            return new Timeline(Math.floorDiv(from, slotNanos) * slotNanos, slotNanos, List.of());
        }
        long last = all.stream().mapToLong(Timeline::lastSlotNanos).max().orElseThrow();
        while (Math.floorDiv(last, slotNanos) - Math.floorDiv(from, slotNanos) >= MAX_SLOTS) {
            slotNanos *= 2;
        }
        long first = Math.floorDiv(from, slotNanos);
        TreeMap<String, Long[]> sums = new TreeMap<>();
        for (Timeline line : told) {
            line.addTo(sums, first, (int) (Math.floorDiv(last, slotNanos) - first) + 1, slotNanos);
        }
        List<Series> series = new ArrayList<>();
        sums.forEach((path, bytes) -> series.add(new Series(path, List.of(bytes))));
        series.sort(Series.ORDER);
        return new Timeline(first * slotNanos, slotNanos, series);
    }

    private void addTo(TreeMap<String, Long[]> sums, long first, int slots, long toSlotNanos) {
        for (Series line : series) {
            Long[] bytes = sums.computeIfAbsent(line.path, path -> {
                Long[] none = new Long[slots];
                Arrays.fill(none, 0L);
                return none;
            });
            for (int i = 0; i < line.bytes.size(); i++) {
                int slot = (int) (Math.floorDiv(startNanos + i * slotNanos, toSlotNanos) - first);
                bytes[slot] = Saturated.add(bytes[slot], line.bytes.get(i));
            }
        }
    }

    private long lastSlotNanos() {
        return startNanos + (series.get(0).bytes.size() - 1) * slotNanos;
    }

    /**
     * What went one way.
     *
     * @param path a path from endpoint to endpoint, or {@code memory} for all that the application itself read or wrote
     * @param bytes in each slot; of {@code memory} they are negative where bytes read in an earlier slot were passed on
     */
    public record Series(String path, List<Long> bytes) {
        public Series {
            bytes = List.copyOf(bytes);
        }

        static final Comparator<Series> ORDER =
                Comparator.comparingLong(Series::sum).reversed().thenComparing(Series::path);

        long sum() {
            return bytes.stream().mapToLong(Long::longValue).reduce(0, Saturated::add);
        }
    }
}
