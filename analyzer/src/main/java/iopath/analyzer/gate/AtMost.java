package iopath.analyzer.gate;

import iopath.analyzer.compare.Sent;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * A measure of the transfers in a scope has an upper bound.
 *
 * @param scope without a site: measures are exact, sites are estimates
 * @param everywhere whether the scope was left out
 * @param limit at least 0
 */
public record AtMost(Scope scope, boolean everywhere, Measure measure, double limit) implements Rule {

    /** Sums of many bytes; a limit of 4 holds for four copies of each. */
    private static final double ROUNDING = 1e-9;

    /** What can be measured. */
    public enum Measure {
        COPIED_PER_BYTE("copied bytes per byte sent"),
        CALLS_PER_MEGABYTE("calls per megabyte sent"),
        UNKNOWN("unknown bytes");

        private final String text;

        Measure(String text) {
            this.text = text;
        }

        /** As it is written in a file. */
        public String text() {
            return text;
        }
    }

    @Override
    public Outcome check(Subject subject) {
        List<Transfer> rows = subject.rows(scope);
        return switch (measure) {
            case COPIED_PER_BYTE -> ofSent(rows, Sent.of(rows).copiesPerByte(), copying(rows));
            case CALLS_PER_MEGABYTE -> ofSent(rows, Sent.of(rows).callsPerMegabyte(), calling(rows));
            case UNKNOWN -> unknown(subject, rows);
        };
    }

    private Outcome ofSent(List<Transfer> rows, double value, List<String> details) {
        double sent = Sent.of(rows).bytes();
        if (sent == 0) {
            return Outcome.absent(toString(), "nothing was sent" + (everywhere ? "" : " there"), List.of());
        }
        String sentence = number(value) + " over " + Amount.bytes((long) sent);
        return value <= limit + ROUNDING
                ? Outcome.held(toString(), sentence)
                : Outcome.broken(toString(), sentence, details);
    }

    private Outcome unknown(Subject subject, List<Transfer> rows) {
        if (rows.isEmpty()) {
            return Outcome.absent(toString(), "no bytes moved" + (everywhere ? "" : " there"), List.of());
        }
        long bytes = everywhere
                ? subject.profile().summary().unknown()
                : rows.stream()
                        .filter(row -> row.path().equals("unknown"))
                        .mapToLong(Transfer::bytes)
                        .sum();
        String sentence = Amount.bytes(bytes);
        return bytes <= limit
                ? Outcome.held(toString(), sentence)
                : Outcome.broken(
                        toString(),
                        sentence,
                        subject.fix("unknown-path", scope)
                                .map(fix -> List.of("Fix: " + fix))
                                .orElse(List.of()));
    }

    private static List<String> copying(List<Transfer> rows) {
        return lines(rows, Comparator.comparingLong(Transfer::copiedBytes), row -> row.copiedBytes() > 0);
    }

    private static List<String> calling(List<Transfer> rows) {
        return lines(rows, Comparator.comparingLong(Transfer::calls), row -> row.calls() > 0);
    }

    private static List<String> lines(List<Transfer> rows, Comparator<Transfer> most, Predicate<Transfer> wanted) {
        List<Transfer> sorted = new ArrayList<>(rows);
        sorted.removeIf(row -> row.sink().equals("memory") || !wanted.test(row));
        sorted.sort(most.reversed());
        return sorted.stream()
                .limit(3)
                .map(row -> row.source() + " -> " + row.sink() + ": " + Amount.bytes(row.bytes()) + " by " + row.path()
                        + (row.reason().equals("none") ? "" : ", " + row.reason()) + ", "
                        + Amount.bytes(row.copiedBytes()) + " copied, " + Amount.count(row.calls(), "call"))
                .toList();
    }

    /** Without zeros at the end: as somebody would write it. */
    private static String number(double value) {
        return new BigDecimal(value)
                .setScale(3, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** As it is written in a file. */
    @Override
    public String toString() {
        return (everywhere ? "" : scope + " ") + measure.text() + " at most " + number(limit);
    }
}
