package iopath.agent.classify;

/** How it is known that what was written is what was read. */
public enum Evidence {
    NONE("none"),
    KERNEL("kernel"),
    SAME_CALL("same-call"),
    SAME_BUFFER("same-buffer"),
    TLS_WRAP("tls-wrap"),
    SAME_BYTES("same-bytes"),
    SAME_THREAD("same-thread"),
    /** The copies that the application made in between were followed. */
    COPIED("copied");

    private static final Evidence[] VALUES = values();

    private final String text;

    Evidence(String text) {
        this.text = text;
    }

    /** The evidence with this ordinal. */
    public static Evidence of(int ordinal) {
        return VALUES[ordinal];
    }

    /** The name in events. */
    public String text() {
        return text;
    }
}
