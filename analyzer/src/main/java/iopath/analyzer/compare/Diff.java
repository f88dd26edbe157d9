package iopath.analyzer.compare;

import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Recording;
import iopath.analyzer.summarize.Summary;
import iopath.analyzer.summarize.Transfer;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What differs between two profiles.
 *
 * @param verdict one sentence
 * @param pairs between kinds of endpoint; most bytes first
 * @param sites of methods, estimated; most bytes first
 * @param newFindings of the second profile, whose code the first has not
 * @param goneFindings of the first, whose code the second has not
 */
public record Diff(
        String verdict,
        Side before,
        Side after,
        List<Shift> pairs,
        List<Shift> sites,
        List<Finding> newFindings,
        List<Finding> goneFindings) {
    public Diff {
        pairs = List.copyOf(pairs);
        sites = List.copyOf(sites);
        newFindings = List.copyOf(newFindings);
        goneFindings = List.copyOf(goneFindings);
    }

    /** One of the two profiles, in numbers that do not depend on how much it moved. */
    public record Side(Recording recording, Summary summary, Sent sent) {
        static Side of(Profile profile) {
            List<Transfer> proven = profile.transfers().stream()
                    .filter(row -> !row.isInferred())
                    .toList();
            return new Side(profile.recording(), profile.summary(), Sent.of(proven));
        }
    }

    /** Compares a profile with an earlier one. */
    public static Diff of(Profile before, Profile after) {
        List<Shift> pairs = Shifts.ofTransfers(before.transfers(), after.transfers());
        Side first = Side.of(before);
        Side second = Side.of(after);
        return new Diff(
                new DiffVerdict(first, second, pairs).sentence(),
                first,
                second,
                pairs,
                Shifts.ofSites(before.sites(), after.sites()),
                without(after.findings(), before.findings()),
                without(before.findings(), after.findings()));
    }

    private static List<Finding> without(List<Finding> findings, List<Finding> others) {
        Set<String> known = others.stream().map(Finding::code).collect(Collectors.toCollection(TreeSet::new));
        return findings.stream()
                .filter(finding -> !known.contains(finding.code()))
                .toList();
    }
}
