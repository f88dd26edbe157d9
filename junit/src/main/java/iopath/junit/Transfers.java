package iopath.junit;

import iopath.analyzer.gate.NoFinding;
import iopath.analyzer.gate.Scope;
import iopath.analyzer.gate.Subject;
import iopath.analyzer.render.TextReport;

/** What was moved while some code ran; totals are exact. */
public final class Transfers {
    private final Subject subject;

    Transfers(Subject subject) {
        this.subject = subject;
    }

    /** The bytes from anywhere to anywhere; narrow them with {@code from} and {@code to}. */
    public Bytes allBytes() {
        return new Bytes(subject, Scope.ANY, Scope.ANY);
    }

    /**
     * Fails if the report has a finding with this code.
     *
     * @param code such as {@code wrapped-channel}
     */
    public Transfers haveNoFinding(String code) {
        Bytes.holds(new NoFinding(code), subject);
        return this;
    }

    /** The whole report, for a look at it. */
    @Override
    public String toString() {
        return TextReport.of(subject.profile());
    }
}
