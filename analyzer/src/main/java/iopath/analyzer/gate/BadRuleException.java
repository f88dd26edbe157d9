package iopath.analyzer.gate;

/** A line of a rules file is no rule; the message names file, line and what can stand there. */
public final class BadRuleException extends Exception {
    private static final long serialVersionUID = 1;

    BadRuleException(String message) {
        super(message);
    }
}
