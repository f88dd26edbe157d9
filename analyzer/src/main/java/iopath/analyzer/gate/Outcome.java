package iopath.analyzer.gate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one rule.
 *
 * @param rule as it was written
 * @param place where it is written; {@code null} if in no file
 * @param sentence what was seen
 * @param details further lines: which paths instead, which code, what to do
 */
public record Outcome(String rule, @Nullable Place place, Status status, String sentence, List<String> details) {
    public Outcome {
        details = List.copyOf(details);
    }

    /** A line of a file. */
    public record Place(String file, int line) {}

    /** The word for it. */
    public enum Status {
        HELD("held"),
        BROKEN("BROKEN"),
        /** There was nothing to judge, and the rule does not say that it may be so. */
        ABSENT("ABSENT"),
        SKIPPED("skipped"),
        /** Bytes that nobody can place decide it. */
        UNDECIDED("UNKNOWN");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** As it is printed. */
        public String text() {
            return text;
        }
    }

    static Outcome held(String rule, String sentence) {
        return new Outcome(rule, null, Status.HELD, sentence, List.of());
    }

    static Outcome broken(String rule, String sentence, List<String> details) {
        return new Outcome(rule, null, Status.BROKEN, sentence, details);
    }

    static Outcome absent(String rule, String sentence, List<String> details) {
        return new Outcome(rule, null, Status.ABSENT, sentence, details);
    }

    static Outcome undecided(String rule, String sentence, List<String> details) {
        return new Outcome(rule, null, Status.UNDECIDED, sentence, details);
    }

    /** Whether the build is to fail. */
    public boolean fails() {
        return status == Status.BROKEN || status == Status.ABSENT || status == Status.UNDECIDED;
    }

    Outcome at(Place where) {
        return new Outcome(rule, where, status, sentence, details);
    }

    Outcome skippedIfAbsent() {
        return status == Status.ABSENT ? new Outcome(rule, place, Status.SKIPPED, sentence, details) : this;
    }
}
