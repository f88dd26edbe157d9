package iopath.analyzer.read;

/** Nothing of a file can be read; the message names the file and what to do. */
public final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnreadableException(String message) {
        super(message);
    }
}
