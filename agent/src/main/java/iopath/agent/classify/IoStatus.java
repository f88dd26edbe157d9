package iopath.agent.classify;

/** What the JDK's channels return in place of a count of bytes ({@code sun.nio.ch.IOStatus}, JDK 17 to 25). */
public final class IoStatus {

    /** The kernel said EAGAIN. */
    public static final int UNAVAILABLE = -2;

    /** The call was made and ended in an exception. */
    public static final int THROWN = -5;

    /** The kernel refused the call, all ways that the JDK knows. */
    public static final int UNSUPPORTED_CASE = -6;

    private IoStatus() {}
}
