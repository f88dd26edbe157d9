package iopath.analyzer.attach;

/** A JVM cannot be reached; the message is one line that says which, why, and what to do. */
public final class UnreachableException extends Exception {
    private static final long serialVersionUID = 1;

    UnreachableException(String message) {
        super(Told.line(message));
    }
}
