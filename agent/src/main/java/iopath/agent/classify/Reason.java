package iopath.agent.classify;

/** Why a transfer that could have stayed in the kernel did not. */
public enum Reason {
    NONE("none"),
    READ_WRITE_LOOP("read-write-loop"),
    STREAM_LOOP("stream-loop"),
    TLS("tls"),
    WRAPPED_CHANNEL("wrapped-channel"),
    APPEND_TARGET("append-target"),
    NOT_A_REGULAR_FILE("not-a-regular-file"),
    KERNEL_REFUSED("kernel-refused"),
    NO_JDK_PATH("no-jdk-path"),
    SMALL_TRANSFER("small-transfer"),
    MODIFIED("modified"),
    UNKNOWN("unknown");

    private static final Reason[] VALUES = values();

    private final String text;

    Reason(String text) {
        this.text = text;
    }

    /** The reason with this ordinal. */
    public static Reason of(int ordinal) {
        return VALUES[ordinal];
    }

    /** The name in events. */
    public String text() {
        return text;
    }
}
