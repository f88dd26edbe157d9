package iopath.agent.classify;

/** How the bytes of a transfer travelled. */
public enum Path {
    SENDFILE("sendfile"),
    COPY_FILE_RANGE("copy-file-range"),
    SPLICE("splice"),
    MAPPED("mapped"),
    DIRECT("direct"),
    HEAP("heap"),
    TLS("tls"),
    UNKNOWN("unknown");

    private static final Path[] VALUES = values();

    private final String text;

    Path(String text) {
        this.text = text;
    }

    /** The path with this ordinal. */
    public static Path of(int ordinal) {
        return VALUES[ordinal];
    }

    /** The name in events. */
    public String text() {
        return text;
    }
}
