package iopath.jmc;

import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Finding.Severity;
import iopath.analyzer.summarize.Profile;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.flightrecorder.rules.ResultBuilder;
import org.openjdk.jmc.flightrecorder.rules.TypedCollectionResult;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/**
 * A rule that tells the findings of one family: their sentences and fixes as in any report of iopath.
 *
 * <p>The score is that of the first finding, more for a larger share of the bytes that moved; 0 without a finding.
 */
abstract class FindingRule extends IoPathRule {
    static final TypedCollectionResult<String> OTHERS = list("otherFindings", "Other Findings");
    static final TypedCollectionResult<String> FIXES = list("fixes", "Fixes");

    private final Family family;

    FindingRule(Family family) {
        super(family.name().toLowerCase(Locale.ROOT), family.title(), List.of(TypedResult.SCORE, OTHERS, FIXES));
        this.family = family;
    }

    @Override
    final ResultBuilder judge(Profile profile, ResultBuilder result) {
        List<Finding> findings =
                profile.findings().stream().filter(f -> family.has(f.code())).toList();
        return findings.isEmpty()
                ? score(result, 0).setSummary("Nothing was found.")
                : tell(findings, profile.summary().moved(), result);
    }

    /** The most severe finding gives the summary; JMC puts lists where their names stand in braces. */
    private static ResultBuilder tell(List<Finding> findings, long moved, ResultBuilder result) {
        Finding first = findings.get(0);
        score(result, score(first, moved)).setSummary(harmless(first.sentence()));
        if (findings.size() > 1) {
            result.setExplanation("{" + OTHERS.getIdentifier() + "}")
                    .addResult(OTHERS, words(findings.subList(1, findings.size()), Finding::sentence));
        }
        List<String> fixes = words(findings, Finding::fix);
        return fixes.size() == 1
                ? result.setSolution(fixes.get(0))
                : result.setSolution("{" + FIXES.getIdentifier() + "}").addResult(FIXES, fixes);
    }

    static double score(Finding finding, long moved) {
        return finding.severity() == Severity.WARNING
                ? between(WARNING, HIGHEST, finding.bytes(), moved)
                : between(INFO, HIGHEST_INFO, finding.bytes(), moved);
    }

    private static List<String> words(List<Finding> findings, Function<Finding, String> part) {
        return findings.stream().map(part).distinct().map(IoPathRule::harmless).toList();
    }

    private static TypedCollectionResult<String> list(String id, String name) {
        return new TypedCollectionResult<>(id, name, name, UnitLookup.PLAIN_TEXT, String.class);
    }
}
