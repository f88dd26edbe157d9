package iopath.analyzer.gate;

import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Finding.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * The report has no finding of a kind.
 *
 * @param code of the finding; empty for all warnings
 */
public record NoFinding(String code) implements Rule {

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
            return Outcome.held(toString(), "none");
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
