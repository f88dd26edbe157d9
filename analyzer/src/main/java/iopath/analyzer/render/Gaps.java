package iopath.analyzer.render;

import iopath.analyzer.summarize.Blind;
import iopath.analyzer.summarize.Estimate;
import iopath.analyzer.summarize.Hook;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What a profile does not tell, in words. */
final class Gaps {
    private Gaps() {}

    /** A sentence each, without its end; none if nothing is known to be missing. */
    static List<String> of(Profile profile) {
        List<String> gaps = new ArrayList<>();
        Blind blind = profile.blind();
        hooks(gaps, profile.hooks());
        profile.estimates().forEach(estimate -> gaps.add(sentence(estimate)));
        amount(gaps, profile.summary().unknown(), "on an unknown path");
        amount(gaps, profile.summary().inferred(), "inferred from order and sizes, in none of the sums");
        amount(
                gaps,
                blind.runtimeBytes(),
                "moved by the Java runtime for itself (classes, its files, JFR), not counted");
        blind.suppressed()
                .forEach(row -> gaps.add(Amount.count(row.calls(), "call") + " of " + row.target()
                        + " in which the hook failed by " + row.thrown() + ": sums are a lower bound"));
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
