package iopath.analyzer.summarize;

import java.util.Comparator;

/**
 * Calls of one hook in which the agent's own code failed; what they moved is in no sum.
 *
 * @param target class and method of the hook
 * @param thrown class of what was thrown
 * @param calls how many
 */
public record HookFailure(String target, String thrown, long calls) {
    static final Comparator<HookFailure> ORDER = Comparator.comparingLong(HookFailure::calls)
            .reversed()
            .thenComparing(HookFailure::target)
            .thenComparing(HookFailure::thrown);

    HookFailure plus(HookFailure other) {
        return new HookFailure(target, thrown, Saturated.add(calls, other.calls));
    }
}
