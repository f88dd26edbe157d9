package iopath.junit;

import iopath.analyzer.gate.AtMost;
import iopath.analyzer.gate.Outcome;
import iopath.analyzer.gate.Rule;
import iopath.analyzer.gate.Scope;
import iopath.analyzer.gate.StaysOn;
import iopath.analyzer.gate.Subject;
import java.util.ArrayList;
import java.util.List;

/** The bytes between two kinds of endpoint, with assertions on them; none of these holds where no byte moved. */
public final class Bytes {
    private final Subject subject;
    private final String source;
    private final String sink;

    Bytes(Subject subject, String source, String sink) {
        this.subject = subject;
        this.source = source;
        this.sink = sink;
    }

    /** Only those that came from an endpoint of this kind. */
    public Bytes from(Endpoint kind) {
        return new Bytes(subject, kind.word(), sink);
    }

    /** Only those that went to an endpoint of this kind. */
    public Bytes to(Endpoint kind) {
        return new Bytes(subject, source, kind.word());
    }

    /** Fails unless all went on one of these paths. */
    public Bytes travelBy(TravelPath path, TravelPath... more) {
        List<String> paths = new ArrayList<>(List.of(path.word()));
        for (TravelPath other : more) {
            paths.add(other.word());
        }
        holds(new StaysOn(scope(), paths), subject);
        return this;
    }

    /**
     * Fails if the CPU copied each byte more often.
     *
     * @param copies on average, at least 0
     */
    public Bytes areCopiedAtMost(double copies) {
        holds(new AtMost(scope(), false, AtMost.Measure.COPIED_PER_BYTE, copies), subject);
        return this;
    }

    private Scope scope() {
        return new Scope(source, sink, null);
    }

    static void holds(Rule rule, Subject subject) {
        Outcome outcome = rule.check(subject);
        if (outcome.fails()) {
            List<String> lines = new ArrayList<>(List.of(outcome.rule() + ": " + outcome.sentence()));
            outcome.details().forEach(detail -> lines.add("  " + detail));
            throw new AssertionError(String.join("\n", lines));
        }
    }
}
