package iopath.analyzer.summarize;

import java.util.List;

/**
 * Bytes by path over time.
 *
 * @param startNanos when the first slot begins, nanoseconds since the epoch
 * @param slotNanos length of a slot, at least a second
 * @param series one for each path, most bytes first
 */
public record Timeline(long startNanos, long slotNanos, List<Series> series) {
    public Timeline {
        series = List.copyOf(series);
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

        long sum() {
            return bytes.stream().mapToLong(Long::longValue).reduce(0, Saturated::add);
        }
    }
}
