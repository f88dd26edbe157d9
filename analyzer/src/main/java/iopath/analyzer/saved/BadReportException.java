package iopath.analyzer.saved;

/** A text is no report in JSON of this version; the message says what is wrong. */
public final class BadReportException extends Exception {
    private static final long serialVersionUID = 1;

    BadReportException(String message) {
        super(message);
    }
}
