package iopath.analyzer.compare;

import iopath.analyzer.event.Endpoint;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the ways between two kinds of endpoint have changed.
 *
 * @param frame the code it is about, as {@code com.example.Server.send} without a line, which moves with every edit;
 *     empty for all code together
 * @param source kind of endpoint
 * @param sink kind of endpoint
 * @param ways those with bytes in either profile, by path and reason; most bytes of the second profile first
 */
public record Shift(String frame, String source, String sink, List<Way> ways) {
    /** A share that changes by less than this is the same: no two runs are equal. */
    public static final double NOISE = 0.01;

    public Shift {
        ways = List.copyOf(ways);
    }

    /** What has become of it. */
    public enum Kind {
        SAME,
        NEW,
        GONE,
        BETTER,
        WORSE,
        OTHER
    }

    /**
     * A path that has more or less of the bytes than before.
     *
     * @param points of the share, from -1 to 1
     * @param reason of most of its bytes
     */
    public record Change(String path, String reason, double points) {}

    /** Bytes in the first profile. */
    public long before() {
        return ways.stream().mapToLong(way -> way.before().bytes()).sum();
    }

    /** Bytes in the second. */
    public long after() {
        return ways.stream().mapToLong(way -> way.after().bytes()).sum();
    }

    /** Whether both ends are files, sockets or pipes. */
    public boolean isEndToEnd() {
        return !source.equals(Endpoint.MEMORY) && !sink.equals(Endpoint.MEMORY);
    }

    /** The judgement: by the mean rank of the paths where they are not the same. */
    public Kind kind() {
        if (before() == 0) {
            return Kind.NEW;
        }
        if (after() == 0) {
            return Kind.GONE;
        }
        if (changes().isEmpty()) {
            return Kind.SAME;
        }
        double worse = changes().stream()
                .mapToDouble(change -> change.points() * PathRank.of(change.path()))
                .sum();
        return worse > NOISE ? Kind.WORSE : worse < -NOISE ? Kind.BETTER : Kind.OTHER;
    }

    /** Paths whose share is another one; those that lost first, the largest change first. */
    public List<Change> changes() {
        Map<String, Double> points = new TreeMap<>();
        for (Way way : ways) {
            points.merge(way.path(), share(way.after(), after()) - share(way.before(), before()), Double::sum);
        }
        List<Change> changes = new ArrayList<>();
        points.forEach((path, change) -> {
            if (Math.abs(change) >= NOISE) {
                changes.add(new Change(path, reason(path, change < 0), change));
            }
        });
        changes.sort(Comparator.comparing((Change change) -> change.points() > 0)
                .thenComparing(change -> -Math.abs(change.points()))
                .thenComparing(Change::path));
        return changes;
    }

    /** The share of the bytes, 0 to 1, that changed their path. */
    public double moved() {
        return changes().stream()
                .filter(change -> change.points() > 0)
                .mapToDouble(Change::points)
                .sum();
    }

    /** As {@code 50 % of the bytes went from sendfile to heap (wrapped-channel)}. */
    public String moves() {
        String share = Amount.share(Math.round(moved() * 1_000_000), 1_000_000);
        return share + " of the bytes went from " + names(false) + " to " + names(true);
    }

    private String names(boolean gained) {
        return String.join(
                " and ",
                changes().stream()
                        .filter(change -> change.points() > 0 == gained)
                        .map(change ->
                                change.path() + (change.reason().equals("none") ? "" : " (" + change.reason() + ")"))
                        .toList());
    }

    /** Of several reasons the one with most bytes, in the profile that the path had more of. */
    private String reason(String path, boolean lost) {
        Comparator<Way> byBytes = Comparator.comparingLong(way -> (lost ? way.before() : way.after()).bytes());
        return ways.stream()
                .filter(way -> way.path().equals(path))
                .max(byBytes.thenComparing(Way::reason))
                .map(Way::reason)
                .orElse("");
    }

    private static double share(Way.Load load, long whole) {
        return whole == 0 ? 0 : (double) load.bytes() / whole;
    }
}
