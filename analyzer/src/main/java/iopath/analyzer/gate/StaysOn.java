package iopath.analyzer.gate;

import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * All bytes of a scope take one of some paths.
 *
 * <p>Without a site the judgement is exact. A site is judged by the samples of its transfers, the first of each kind
 * among them.
 *
 * @param paths words of the contract, at least one
 */
public record StaysOn(Scope scope, List<String> paths) implements Rule {
    private static final int SHOWN = 5;

    public StaysOn {
        paths = List.copyOf(paths);
    }

    @Override
    public Outcome check(Subject subject) {
        return Doubt.about(subject, scope).over(scope.site() == null ? ofRows(subject) : ofSites(subject));
    }

    private Outcome ofRows(Subject subject) {
        List<Transfer> rows = subject.rows(scope);
        if (rows.isEmpty()) {
            return Outcome.absent(toString(), "nothing went " + way(), moved(subject));
        }
        List<Transfer> others =
                rows.stream().filter(row -> !paths.contains(row.path())).toList();
        long all = sum(rows);
        long astray = sum(others);
        if (others.isEmpty()) {
            return Outcome.held(toString(), "all of " + Amount.bytes(all));
        }
        List<String> details = new ArrayList<>();
        for (Transfer row : others.subList(0, Math.min(SHOWN, others.size()))) {
            details.add(line(row, row.source() + " -> " + row.sink() + ": " + Amount.bytes(row.bytes()) + " by "));
            seenAt(subject, row, details);
        }
        fixes(subject, others.stream().map(Transfer::reason).toList(), details);
        return Outcome.broken(
                toString(), Amount.share(astray, all) + " of " + Amount.bytes(all) + " took another path", details);
    }

    private Outcome ofSites(Subject subject) {
        List<Site> sites = subject.sites(scope);
        if (sites.isEmpty()) {
            return Outcome.absent(toString(), "nothing was seen to go " + way() + " there", elsewhere(subject));
        }
        List<Site> others =
                sites.stream().filter(site -> !paths.contains(site.path())).toList();
        if (others.isEmpty()) {
            return Outcome.held(toString(), "all that was seen of it");
        }
        List<String> details = new ArrayList<>();
        for (Site site : others.subList(0, Math.min(SHOWN, others.size()))) {
            details.add(line(site));
        }
        for (Transfer row : subject.rows(scope)) {
            if (row.detail() != null && others.stream().anyMatch(site -> site.isOf(row))) {
                details.add(line(row, "All code together: " + Amount.bytes(row.bytes()) + " by "));
            }
        }
        fixes(subject, others.stream().map(Site::reason).toList(), details);
        return Outcome.broken(
                toString(), "bytes were seen there on " + others.get(0).path(), details);
    }

    private String way() {
        return "from " + scope.source() + " to " + scope.sink();
    }

    private static long sum(List<Transfer> rows) {
        return rows.stream().mapToLong(Transfer::bytes).sum();
    }

    private static String line(Transfer row, String start) {
        String copies = row.path().equals("unknown")
                ? ""
                : ", " + Amount.count(row.cpuCopies(), "CPU copy", "CPU copies") + " of each byte";
        return start + row.path() + why(row.reason(), row.detail()) + copies;
    }

    private static String line(Site site) {
        String bytes = site.bytes() > 0 ? ", about " + Amount.bytes(site.bytes()) : "";
        return site.frame() + ": " + site.source() + " -> " + site.sink() + " by " + site.path()
                + why(site.reason(), null) + bytes;
    }

    private static String why(String reason, @Nullable String detail) {
        String named = detail == null ? "" : " (" + detail + ")";
        return reason.equals("none") ? named : ", " + reason + named;
    }

    private static void seenAt(Subject subject, Transfer row, List<String> details) {
        subject.sites().stream()
                .filter(site -> site.isOf(row) && !site.frame().startsWith("("))
                .findFirst()
                .ifPresent(site -> details.add("Seen at " + subject.at(site)));
    }

    private void fixes(Subject subject, List<String> reasons, List<String> details) {
        new TreeSet<>(reasons)
                .forEach(reason -> subject.fix(reason, scope).ifPresent(fix -> details.add("Fix: " + fix)));
    }

    /** What there was instead: a link that was lost shows as two halves. */
    private static List<String> moved(Subject subject) {
        return subject.profile().transfers().stream()
                .filter(row -> row.bytes() > 0)
                .limit(SHOWN)
                .map(row -> line(row, row.source() + " -> " + row.sink() + ": " + Amount.bytes(row.bytes()) + " by "))
                .toList();
    }

    private List<String> elsewhere(Subject subject) {
        Scope anyEnd = new Scope(Scope.ANY, Scope.ANY, scope.site());
        List<Site> there = subject.sites(anyEnd);
        List<Site> shown = there.isEmpty() ? subject.sites(new Scope(scope.source(), scope.sink(), null)) : there;
        return shown.stream().limit(SHOWN).map(StaysOn::line).toList();
    }

    /** As it is written in a file. */
    @Override
    public String toString() {
        return scope + " stays on " + String.join(", ", paths);
    }
}
