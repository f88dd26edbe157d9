package iopath.analyzer.gate;

import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The report has no finding of a kind.
 *
 * @param code of the finding; empty for all warnings
 */
public record NoFinding(String code) implements Rule {

    /** Findings that need it to be known where bytes were before; the empty one stands for all warnings. */
    private static final Set<String> OF_ORIGIN = Set.of("", "read-write-loop", "stream-loop", "no-jdk-path", "tls");

    @Override
    public Outcome check(Subject subject) {
        if (subject.profile().summary().moved() == 0 && !code.equals("no-events")) {
            return Outcome.absent(toString(), "no bytes moved, so there is nothing to find", List.of());
        }
        List<Finding> found = subject.profile().findings().stream()
                .filter(finding -> code.isEmpty()
                        ? finding.severity() == Severity.WARNING
                        : finding.code().equals(code))
                .toList();
        if (found.isEmpty()) {
            Outcome held = Outcome.held(toString(), "none");
            return OF_ORIGIN.contains(code)
                    ? Doubt.about(subject, new Scope(Scope.ANY, Scope.ANY, null))
                            .over(held)
                    : held;
        }
        return Outcome.broken(toString(), found.get(0).code() + " was found", details(found));
    }

    static List<String> details(List<Finding> found) {
        List<String> details = new ArrayList<>();
        for (Finding finding : found) {
            details.add(finding.severity().text() + " " + finding.code() + ": " + finding.sentence());
            details.add("Fix: " + finding.fix());
        }
        return details;
    }

    /** As it is written in a file. */
    @Override
    public String toString() {
        return code.isEmpty() ? "no warning" : "no finding " + code;
    }
}
