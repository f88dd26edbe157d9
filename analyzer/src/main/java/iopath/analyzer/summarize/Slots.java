package iopath.analyzer.summarize;

import iopath.analyzer.event.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Bytes by path in slots of time, which double in length when there would be too many. */
final class Slots {
    private static final int MAX_PATHS = 16;

    /** Totals tell of the second before them. */
    private static final long SECOND = 1_000_000_000;

    private final Set<String> paths = new TreeSet<>();
    private TreeMap<Long, Map<String, Long>> slots = new TreeMap<>();
    private long slotNanos = SECOND;

    /**
     * Adds bytes, spread over the second before they were told: a clock that drifts leaves no slot empty.
     *
     * @param atNanos nanoseconds since the epoch
     */
    void add(long atNanos, Route route, long bytes) {
        if (bytes == 0) {
            return;
        }
        String path = path(route);
        long slot = Math.floorDiv(atNanos, slotNanos);
        long inSlot = Math.min(SECOND, Math.floorMod(atNanos, slotNanos));
        long late = Math.round(bytes * ((double) inSlot / SECOND));
        put(slot - 1, path, Saturated.add(bytes, -late));
        put(slot, path, late);
        shrink();
    }

    private String path(Route route) {
        boolean endToEnd = !route.source().isMemory() && !route.sink().isMemory();
        String path = endToEnd ? route.path() : Words.MEMORY;
        if (paths.size() >= MAX_PATHS && !paths.contains(path)) {
            path = Words.OTHER;
        }
        paths.add(path);
        return path;
    }

    private void put(long slot, String path, long bytes) {
        if (bytes != 0) {
            slots.computeIfAbsent(slot, s -> new HashMap<>()).merge(path, bytes, Saturated::add);
        }
    }

    private void shrink() {
        while (!slots.isEmpty() && slots.lastKey() - slots.firstKey() >= Timeline.MAX_SLOTS) {
            TreeMap<Long, Map<String, Long>> wider = new TreeMap<>();
            slots.forEach((slot, sums) -> {
                Map<String, Long> into = wider.computeIfAbsent(Math.floorDiv(slot, 2), s -> new HashMap<>());
                sums.forEach((path, bytes) -> into.merge(path, bytes, Saturated::add));
            });
            slots = wider;
            slotNanos *= 2;
        }
    }

    /** What was added so far, from the begin of the recording to its end; nothing lies before it. */
    Timeline timeline(long startNanos, long endNanos) {
        cover(startNanos);
        cover(Math.max(startNanos, endNanos - 1));
        long first = Math.floorDiv(startNanos, slotNanos);
        long last = Math.max(first, slots.lastKey());
        List<Timeline.Series> series = new ArrayList<>();
        for (String path : paths) {
            Long[] bytes = new Long[(int) (last - first) + 1];
            Arrays.fill(bytes, 0L);
            slots.forEach((slot, sums) -> {
                int i = (int) (Math.max(slot, first) - first);
                bytes[i] = Saturated.add(bytes[i], sums.getOrDefault(path, 0L));
            });
            series.add(new Timeline.Series(path, List.of(bytes)));
        }
        series.sort(Timeline.Series.ORDER);
        return new Timeline(first * slotNanos, slotNanos, series);
    }

    private void cover(long nanos) {
        slots.computeIfAbsent(Math.floorDiv(nanos, slotNanos), s -> new HashMap<>());
        shrink();
    }
}
