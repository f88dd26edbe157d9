package iopath.analyzer.gate;

import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Place;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Stack;
import iopath.analyzer.summarize.Transfer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is judged.
 *
 * @param sites all that were seen; those of transfers too small for an estimate have 0 bytes
 */
public record Subject(Profile profile, List<Site> sites) {
    public Subject {
        sites = List.copyOf(sites);
    }

    /** Rows with bytes in a scope, whichever code moved them. */
    List<Transfer> rows(Scope scope) {
        return profile.transfers().stream()
                .filter(row -> row.bytes() > 0 && !row.isInferred() && scope.covers(row.source(), row.sink()))
                .toList();
    }

    /**
     * The sites in a scope: those that moved bytes themselves, and the callers, so that code stays in its scope when
     * something is put between it and the channel.
     */
    List<Site> sites(Scope scope) {
        List<Site> found = new ArrayList<>(sites.stream().filter(scope::covers).toList());
        for (Stack stack : profile.stacks()) {
            scope.innermost(stack)
                    .filter(site -> found.stream().noneMatch(known -> isSame(known, site)))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** A site in words, behind the application's line if the report has it. */
    String at(Site site) {
        return profile.findings().stream()
                .filter(finding -> finding.isAboutFlowOf(site))
                .flatMap(finding -> finding.places().stream())
                .filter(place -> site.frame().equals(place.by()))
                .map(Place::text)
                .findFirst()
                .orElse(site.frame());
    }

    private static boolean isSame(Site a, Site b) {
        return a.frame().equals(b.frame())
                && a.source().equals(b.source())
                && a.sink().equals(b.sink())
                && a.path().equals(b.path())
                && a.reason().equals(b.reason());
    }

    /** What to do about a reason, as the report says of the scope's flow. */
    Optional<String> fix(String reason, Scope scope) {
        return profile.findings().stream()
                .filter(finding -> finding.code().equals(reason))
                .filter(finding ->
                        finding.source() == null || scope.covers(finding.source(), String.valueOf(finding.sink())))
                .map(Finding::fix)
                .findFirst();
    }
}
