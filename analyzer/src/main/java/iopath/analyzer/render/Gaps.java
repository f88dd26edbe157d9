package iopath.analyzer.render;

import iopath.analyzer.summarize.Blind;
import iopath.analyzer.summarize.BlindSpot;
import iopath.analyzer.summarize.Estimate;
import iopath.analyzer.summarize.Hook;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Sight;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a profile does not tell, in words. */
final class Gaps {
    private static final int MOST_FILES = 5;

    /** Of all that was written: what a program prints is no gap. */
    private static final double NEGLIGIBLE = 0.01;

    private Gaps() {}

    /** A sentence each, without its end; none if nothing is known to be missing. */
    static List<String> of(Profile profile) {
        List<String> gaps = new ArrayList<>();
        Blind blind = profile.blind();
        hooks(gaps, profile.hooks());
        profile.estimates().forEach(estimate -> gaps.add(sentence(estimate)));
        long written = profile.transfers().stream()
                .filter(row -> !row.sink().equals("memory"))
                .mapToLong(Transfer::bytes)
                .sum();
        blind.sights().stream()
                .filter(sight -> sight.state() != Sight.State.FOUND && sight.writtenBytes() >= NEGLIGIBLE * written)
                .forEach(sight -> gaps.add(sentence(sight)));
        amount(gaps, profile.summary().unknown(), "on an unknown path");
        amount(gaps, profile.summary().inferred(), "inferred from order and sizes, in none of the sums");
        amount(
                gaps,
                blind.runtimeBytes(),
                "moved by the Java runtime for itself (classes, its files, JFR), not counted");
        blind.suppressed()
                .forEach(row -> gaps.add(Amount.count(row.calls(), "call") + " of " + row.target()
                        + " in which the hook failed by " + row.thrown() + ": sums are a lower bound"));
        spots(gaps, blind.spots());
        gaps.addAll(blind.cautions());
        number(gaps, blind.linksLost(), "read", "forgotten before their bytes could be recognised");
        number(gaps, blind.rowsFolded(), "row", "counted under (other) by the agent");
        number(gaps, blind.namesFolded(), "row", "counted under (other) by this report");
        number(gaps, blind.samplesDropped(), "sample", "dropped, sites are estimated from " + blind.samples());
        if (!blind.agentSeen()) {
            gaps.add("no word of an agent in the recording");
        }
        gaps.addAll(blind.warnings());
        return gaps;
    }

    private static String sentence(Estimate estimate) {
        return "of the bytes from memory to " + estimate.sink() + ", an estimated " + Amount.bytes(estimate.bytes())
                + " (95 %: " + Amount.bytes(estimate.lowBytes()) + " to " + Amount.bytes(estimate.highBytes())
                + ") was read from " + estimate.source()
                + " and copied by the application, in none of the sums: so was " + Amount.bytes(estimate.provenBytes())
                + " of " + Amount.bytes(estimate.lookedBytes()) + " whose content was looked at";
    }

    /** Nothing looked at, nothing decidable and nothing found are three things. */
    private static String sentence(Sight sight) {
        String what = "of the " + Amount.bytes(sight.writtenBytes()) + " from memory to " + sight.sink();
        return switch (sight.state()) {
            case NOT_LOOKED ->
                what + " the content of none was looked at: whether some of it was read elsewhere and copied by the"
                        + " application is not known";
            case NOT_DECIDABLE ->
                what + ", " + Amount.bytes(sight.lookedBytes())
                        + " was looked at, and its content cannot be told from any other (all alike, or too short):"
                        + " whether some of it was read elsewhere and copied by the application is not known";
            case NOT_FOUND, FOUND ->
                what + ", " + Amount.bytes(sight.lookedBytes()) + " was looked at, "
                        + Amount.bytes(sight.decidedBytes())
                        + " of it could be told, and none of that was found to be read elsewhere";
        };
    }

    /** Hooks that are not in: those of one cause in one paragraph, since a family is often off as a whole. */
    private static void hooks(List<String> gaps, List<Hook> hooks) {
        Map<String, Set<String>> targets = new TreeMap<>();
        for (Hook hook : hooks) {
            if (!hook.status().equals("applied")) {
                String cause = "hook " + hook.status() + (hook.why() == null ? "" : " (" + hook.why() + ")");
                String target = hook.target();
                int parameters = target.indexOf('(');
                targets.computeIfAbsent(cause, c -> new TreeSet<>())
                        .add(parameters < 0 ? target : target.substring(0, parameters));
            }
        }
        targets.forEach((cause, names) -> gaps.add(cause + ": " + String.join(", ", names)));
    }

    /** Channels that nobody could look behind, and mapped files, these in one paragraph: some servers have thousands. */
    private static void spots(List<String> gaps, List<BlindSpot> spots) {
        for (BlindSpot spot : spots) {
            if (spot.isLost()) {
                gaps.add(
                        Amount.bytes(spot.bytes())
                                + (spot.kind().equals("handed")
                                        ? " handed by transferTo to " + spot.name() + ", which passed none of it on"
                                        : " taken by transferFrom from " + spot.name() + ", which read none of it")
                                + " where iopath could see it during the call: if its own code moves bytes, they are in no sum");
            }
        }
        List<BlindSpot> mapped = spots.stream().filter(BlindSpot::isMapped).toList();
        if (!mapped.isEmpty()) {
            gaps.add("what the application reads or writes in a mapped file without a call, in no sum: "
                    + mapped.stream()
                            .limit(MOST_FILES)
                            .map(spot -> spot.name() + " (" + Amount.bytes(spot.bytes()) + " mapped)")
                            .collect(Collectors.joining(", "))
                    + (mapped.size() > MOST_FILES ? " and " + (mapped.size() - MOST_FILES) + " more" : ""));
        }
    }

    private static void amount(List<String> gaps, long bytes, String what) {
        if (bytes > 0) {
            gaps.add(Amount.bytes(bytes) + " " + what);
        }
    }

    private static void number(List<String> gaps, long count, String thing, String what) {
        if (count > 0) {
            gaps.add(Amount.count(count, thing) + " " + what);
        }
    }
}
