package iopath.jmc;

import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Summary;
import java.util.List;
import org.openjdk.jmc.flightrecorder.rules.ResultBuilder;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;

/** The one sentence that heads every report; information, with a score by the share of bytes that were copied. */
public final class VerdictRule extends IoPathRule {
    /** Made by JMC. */
    public VerdictRule() {
        super("verdict", "I/O Path Verdict", List.of(TypedResult.SCORE));
    }

    @Override
    ResultBuilder judge(Profile profile, ResultBuilder result) {
        Summary summary = profile.summary();
        return score(result, between(INFO, HIGHEST_INFO, summary.userSpace(), summary.transferred()))
                .setSummary(harmless(profile.verdict()));
    }
}
