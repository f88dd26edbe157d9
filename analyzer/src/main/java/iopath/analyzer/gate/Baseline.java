package iopath.analyzer.gate;

import iopath.analyzer.compare.Frames;
import iopath.analyzer.compare.PathRank;
import iopath.analyzer.compare.Shift;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Finding.Severity;
import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An earlier profile that a later one must not fall behind.
 *
 * <p>Between two kinds of endpoint, no more of the bytes than before may be on a path as bad as any; methods may take
 * no path that is worse than their worst before; there may be no warning that was not there.
 */
public record Baseline(Subject before) {
    /** A pair with a smaller share of the bytes may be missing: files of settings are read in one run, not another. */
    private static final double NEGLIGIBLE = 0.01;

    /** Judges all there is to compare: pairs, then methods, then findings. */
    public List<Outcome> check(Subject now) {
        List<Outcome> outcomes = new ArrayList<>();
        pairs().forEach(pair -> outcomes.add(pair(pair, now)));
        methods(before).forEach((method, worst) -> method(method, worst, now, outcomes));
        outcomes.add(findings(now));
        return outcomes;
    }

    /** The pairs of endpoints that matter. */
    private List<Scope> pairs() {
        List<Transfer> ends = before.rows(new Scope(Scope.ANY, Scope.ANY, null)).stream()
                .filter(Transfer::isEndToEnd)
                .toList();
        double all = bytes(ends);
        return ends.stream()
                .map(row -> new Scope(row.source(), row.sink(), null))
                .distinct()
                .filter(scope -> bytes(before.rows(scope)) >= NEGLIGIBLE * all)
                .sorted(Comparator.comparing(Scope::toString))
                .toList();
    }

    private Outcome pair(Scope pair, Subject now) {
        String rule = pair + " is no worse than in the baseline";
        List<Transfer> then = before.rows(pair);
        List<Transfer> rows = now.rows(pair);
        if (rows.isEmpty()) {
            return Outcome.absent(rule, "nothing went from " + pair.source() + " to " + pair.sink(), List.of());
        }
        for (int rank = PathRank.count() - 1; rank > 0; rank--) {
            double more = shareFrom(rank, rows) - shareFrom(rank, then);
            if (more >= Shift.NOISE) {
                return worse(rule, pair, then, now, rank);
            }
        }
        return Outcome.held(rule, "was " + words(then) + ", is " + words(rows));
    }

    private static Outcome worse(String rule, Scope pair, List<Transfer> then, Subject now, int rank) {
        List<Transfer> rows = now.rows(pair);
        List<String> fine = rows.stream()
                .map(Transfer::path)
                .filter(path -> PathRank.of(path) < rank)
                .distinct()
                .toList();
        List<String> details = new StaysOn(pair, fine).check(now).details();
        return Outcome.broken(rule, "was " + words(then) + ", is " + words(rows), details);
    }

    private static double shareFrom(int rank, List<Transfer> rows) {
        List<Transfer> bad =
                rows.stream().filter(row -> PathRank.of(row.path()) >= rank).toList();
        return bytes(bad) / bytes(rows);
    }

    private static double bytes(List<Transfer> rows) {
        return rows.stream().mapToDouble(Transfer::bytes).sum();
    }

    /** As {@code 60 % sendfile, 40 % heap}. */
    private static String words(List<Transfer> rows) {
        Map<String, Long> paths = new TreeMap<>();
        rows.forEach(row -> paths.merge(row.path(), row.bytes(), Long::sum));
        long all = paths.values().stream().mapToLong(Long::longValue).sum();
        return paths.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .map(path -> Amount.share(path.getValue(), all) + " " + path.getKey())
                .collect(Collectors.joining(", "));
    }

    private record Method(String frame, String source, String sink) implements Comparable<Method> {
        @Override
        public int compareTo(Method other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return new Scope(source, sink, frame).toString();
        }
    }

    /** The worst that each method was seen to do between two endpoints. */
    private static Map<Method, Site> methods(Subject subject) {
        Map<Method, Site> worst = new TreeMap<>();
        for (Site site : subject.sites()) {
            boolean ends = !site.source().equals("memory") && !site.sink().equals("memory");
            if (ends && !site.frame().startsWith("(")) {
                worst.merge(
                        new Method(Frames.method(site.frame()), site.source(), site.sink()),
                        site,
                        (a, b) -> PathRank.of(b.path()) > PathRank.of(a.path()) ? b : a);
            }
        }
        return worst;
    }

    /** A method that is not seen any more has been renamed, or was not called: that alone is no loss. */
    private static void method(Method method, Site then, Subject now, List<Outcome> outcomes) {
        Site worst = methods(now).get(method);
        if (worst == null) {
            return;
        }
        String rule = method + " is no worse than in the baseline";
        if (PathRank.of(worst.path()) <= PathRank.of(then.path())) {
            outcomes.add(Outcome.held(rule, "was at worst " + then.path() + ", is " + worst.path()));
            return;
        }
        List<String> details = new ArrayList<>(List.of("Seen at " + now.at(worst)));
        now.fix(worst.reason(), new Scope(worst.source(), worst.sink(), null))
                .ifPresent(fix -> details.add("Fix: " + fix));
        outcomes.add(Outcome.broken(
                rule, "was at worst " + then.path() + ", is " + worst.path() + " (" + worst.reason() + ")", details));
    }

    private Outcome findings(Subject now) {
        String rule = "no warning that is not in the baseline";
        Set<String> known = new TreeSet<>();
        before.profile().findings().stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .forEach(finding -> known.add(finding.code()));
        List<Finding> fresh = now.profile().findings().stream()
                .filter(finding -> finding.severity() == Severity.WARNING && !known.contains(finding.code()))
                .toList();
        if (fresh.isEmpty()) {
            return Outcome.held(rule, "none");
        }
        String codes = fresh.stream().map(Finding::code).distinct().collect(Collectors.joining(", "));
        return Outcome.broken(rule, "new: " + codes, NoFinding.details(fresh));
    }
}
