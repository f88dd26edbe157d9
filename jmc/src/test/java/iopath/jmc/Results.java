package iopath.jmc;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.openjdk.jmc.common.item.IItemCollection;
import org.openjdk.jmc.common.unit.IQuantity;
import org.openjdk.jmc.flightrecorder.JfrLoaderToolkit;
import org.openjdk.jmc.flightrecorder.rules.IResult;
import org.openjdk.jmc.flightrecorder.rules.IRule;
import org.openjdk.jmc.flightrecorder.rules.RuleRegistry;
import org.openjdk.jmc.flightrecorder.rules.TypedCollectionResult;
import org.openjdk.jmc.flightrecorder.rules.TypedResult;
import org.openjdk.jmc.flightrecorder.rules.util.RulesToolkit;

/** What JMC's rule engine makes of a recording, with the rules that it found by itself. */
record Results(Map<String, IResult> byId) {

    static IItemCollection items(Path recording) throws Exception {
        return JfrLoaderToolkit.loadEvents(new File(recording.toString()));
    }

    static Results of(Path recording) throws Exception {
        List<IRule> rules = RuleRegistry.getRules().stream()
                .filter(rule -> rule.getId().startsWith("iopath."))
                .sorted(Comparator.comparing(IRule::getId))
                .toList();
        Map<IRule, Future<IResult>> futures = RulesToolkit.evaluateParallel(rules, items(recording), null, 1);
        Map<String, IResult> byId = new LinkedHashMap<>();
        for (IRule rule : rules) {
            byId.put(rule.getId(), Objects.requireNonNull(futures.get(rule)).get());
        }
        return new Results(byId);
    }

    IResult of(String id) {
        return Objects.requireNonNull(byId.get("iopath." + id), id);
    }

    double score(String id) {
        IQuantity score = of(id).getResult(TypedResult.SCORE);
        return score.doubleValue();
    }

    /** The sentences of all findings. */
    List<String> sentences() {
        return told(IResult::getSummary, FindingRule.OTHERS);
    }

    /** What to do about them. */
    List<String> fixes() {
        return told(IResult::getSolution, FindingRule.FIXES);
    }

    private List<String> told(Function<IResult, String> alone, TypedCollectionResult<String> list) {
        List<String> told = new ArrayList<>();
        for (IResult result : byId.values()) {
            if (result.getRule() instanceof FindingRule
                    && result.getResult(TypedResult.SCORE).doubleValue() > 0) {
                String text = alone.apply(result);
                if (!text.startsWith("{")) {
                    told.add(text);
                }
                told.addAll(result.getResult(list));
            }
        }
        return told;
    }
}
