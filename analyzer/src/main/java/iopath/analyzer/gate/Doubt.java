package iopath.analyzer.gate;

import iopath.analyzer.summarize.Sight;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Whether a rule can be decided: most of what was sent may have come out of memory while nothing tells where it was
 * before.
 *
 * @param bytes that may belong to the rule's scope, and may not
 * @param sent all bytes that went to the same kinds of endpoint
 * @param words what is known of them
 */
record Doubt(long bytes, long sent, String words) {

    /** What is in doubt about a scope: no more than was read of its sources, and kept in memory. */
    static Doubt about(Subject subject, Scope scope) {
        List<Sight> blind = subject.profile().blind().sights().stream()
                .filter(sight -> sight.isBlind() && scope.covers(scope.source(), sight.sink()))
                .toList();
        long unseen = blind.stream().mapToLong(Sight::writtenBytes).sum();
        long kept = sum(subject, row -> row.sink().equals("memory") && scope.covers(row.source(), scope.sink()));
        long sent = sum(subject, row -> !row.sink().equals("memory") && scope.covers(scope.source(), row.sink()));
        String words = blind.stream()
                .map(sight -> Amount.bytes(sight.writtenBytes()) + " from memory to " + sight.sink() + " ("
                        + sight.state().text() + ")")
                .collect(Collectors.joining(", "));
        return new Doubt(Math.min(unseen, kept), sent, words);
    }

    private static long sum(Subject subject, Predicate<Transfer> which) {
        return subject.profile().transfers().stream()
                .filter(which)
                .mapToLong(Transfer::bytes)
                .sum();
    }

    /** The outcome, unless it would speak for bytes that nobody knows. */
    Outcome over(Outcome outcome) {
        boolean open = outcome.status() == Outcome.Status.HELD || outcome.status() == Outcome.Status.ABSENT;
        return open && bytes > sent / 2
                ? Outcome.undecided(
                        outcome.rule(),
                        outcome.sentence() + "; but it is not known where " + words + " was before",
                        List.of("Look at more content, with the agent's option content, or give the test data that"
                                + " differs from byte to byte."))
                : outcome;
    }
}
