package iopath.demo.kafka;

/** A failure whose message is the one line that the user reads. */
final class DemoException extends Exception {
    private static final long serialVersionUID = 1;

    DemoException(String message) {
        super(message);
    }
}
