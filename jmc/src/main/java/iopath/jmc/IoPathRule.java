package iopath.jmc;

import iopath.analyzer.summarize.Profile;
import iopath.analyzer.text.PlainText;
import java.util.List;
import java.util.Map;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.unit.UnitLookup;
import org.openjdk.jmc.common.util.IPreferenceValueProvider;
import org.openjdk.jmc.flightrecorder.rules.AbstractRule;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IResultValueProvider;
import org.openjdk.jmc.flightrecorder.rules.ResultBuilder;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit.EventAvailability;

/**
 * A rule over the events of iopath; JMC leaves it out where no agent was loaded.
 *
 * <p>JMC's scale: 0 is nothing, from 25 on it is information, from 75 to 100 a warning.
 */
abstract class IoPathRule extends AbstractRule {
    /** Of all rules, and of the pages that show what they judge. */
    static final String TOPIC = "I/O Path";

    static final double INFO = 25;
    static final double HIGHEST_INFO = 74;
    static final double WARNING = 75;
    static final double HIGHEST = 100;

    /** Where the agent was loaded its types are known, whether or not bytes moved. */
    private static final Map<String, EventAvailability> REQUIRED =
            Map.of("iopath.TransferTotals", EventAvailability.NONE);

    IoPathRule(String id, String name, List<TypedResult<?>> results) {
        super("iopath." + id, name, TOPIC, List.of(), results, REQUIRED);
    }

    /** Judges a recording. */
    abstract ResultBuilder judge(Profile profile, ResultBuilder result);

    @Override
    protected final IResult getResult(
            IItemCollection items, IPreferenceValueProvider preferences, IResultValueProvider otherRules) {
        return judge(ParsedRecording.profile(items), ResultBuilder.createFor(this, preferences))
                .build();
    }

    /** Sets how much a result matters, from 0 to {@link #HIGHEST}. */
    static ResultBuilder score(ResultBuilder result, double score) {
        return result.setSeverity(Severity.get(score))
                .addResult(TypedResult.SCORE, UnitLookup.NUMBER_UNITY.quantity(score));
    }

    /** Between two scores, by the share that some bytes have of all. */
    static double between(double lowest, double highest, long part, long whole) {
        double share = whole <= 0 ? 0 : Math.min(1, (double) part / whole);
        return lowest + share * (highest - lowest);
    }

    /** A sentence as JMC shows it; {@code [words](address)}, which a file's name can hold, would be a link that runs. */
    static String harmless(String sentence) {
        return PlainText.of(sentence).replace("](", "] (");
    }
}
