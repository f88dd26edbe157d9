package iopath.analyzer.compare;

import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Transfer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of two profiles, brought together by what they are about. */
final class Shifts {
    private final Map<Pair, Map<WayKey, Way>> pairs = new TreeMap<>();

    private record Pair(String frame, String source, String sink) implements Comparable<Pair> {
        private static final Comparator<Pair> ORDER =
                Comparator.comparing(Pair::frame).thenComparing(Pair::source).thenComparing(Pair::sink);

        @Override
        public int compareTo(Pair other) {
            return ORDER.compare(this, other);
        }
    }

    private record WayKey(String path, String reason) implements Comparable<WayKey> {
        private static final Comparator<WayKey> ORDER =
                Comparator.comparing(WayKey::path).thenComparing(WayKey::reason);

        @Override
        public int compareTo(WayKey other) {
            return ORDER.compare(this, other);
        }
    }

    /** Between kinds of endpoint, exact. */
    static List<Shift> ofTransfers(List<Transfer> before, List<Transfer> after) {
        Shifts shifts = new Shifts();
        before.forEach(row -> shifts.add(row, true));
        after.forEach(row -> shifts.add(row, false));
        return shifts.list();
    }

    /** Of methods, estimated. */
    static List<Shift> ofSites(List<Site> before, List<Site> after) {
        Shifts shifts = new Shifts();
        before.forEach(site -> shifts.add(site, true));
        after.forEach(site -> shifts.add(site, false));
        return shifts.list();
    }

    private void add(Transfer row, boolean first) {
        // What only order and sizes suggest is in no other sum either.
        if (row.bytes() > 0 && !row.isInferred()) {
            add(new Pair("", row.source(), row.sink()), row.path(), row.reason(), row.bytes(), row.nanos(), first);
        }
    }

    private void add(Site site, boolean first) {
        if (site.bytes() > 0) {
            Pair pair = new Pair(Frames.method(site.frame()), site.source(), site.sink());
            add(pair, site.path(), site.reason(), site.bytes(), 0, first);
        }
    }

    private void add(Pair pair, String path, String reason, long bytes, long nanos, boolean first) {
        Way fresh = new Way(path, reason, Way.Load.NONE, Way.Load.NONE);
        Map<WayKey, Way> ways = pairs.computeIfAbsent(pair, key -> new TreeMap<>());
        Way way = ways.getOrDefault(new WayKey(path, reason), fresh);
        ways.put(
                new WayKey(path, reason),
                first
                        ? new Way(path, reason, way.before().plus(bytes, nanos), way.after())
                        : new Way(path, reason, way.before(), way.after().plus(bytes, nanos)));
    }

    /** Most bytes of the second profile first. */
    private List<Shift> list() {
        List<Shift> shifts = new ArrayList<>();
        pairs.forEach((pair, ways) -> {
            List<Way> rows = new ArrayList<>(ways.values());
            rows.sort(Comparator.comparingLong((Way way) -> -way.after().bytes())
                    .thenComparingLong(way -> -way.before().bytes()));
            shifts.add(new Shift(pair.frame(), pair.source(), pair.sink(), rows));
        });
        shifts.sort(
                Comparator.comparingLong((Shift shift) -> -shift.after()).thenComparingLong(shift -> -shift.before()));
        return shifts;
    }
}
