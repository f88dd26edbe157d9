package iopath.agent.observe;

import iopath.agent.classify.Fallback;
import org.jspecify.annotations.Nullable;

/** A transferTo or transferFrom that is running on a thread. */
final class Frame {

    /** The call around this one, if a wrapper makes transfers of its own. */
    @Nullable
    Frame outer;

    /** Whether it is a transferTo. */
    boolean to;

    /** The channel the method was called on. */
    @Nullable
    Object file;

    /** The argument. */
    @Nullable
    Object peer;

    /** Row of {@link #file}'s endpoint. */
    int endpoint;

    /** How often the JDK has asked the kernel. */
    int attempts;

    /** Why it copies, once it is seen to copy. */
    @Nullable
    Fallback fallback;

    /** Number of the fallback's detail. */
    int detail;

    /** Whether the call is not the application's. */
    boolean ignored;

    void begin(boolean isTo, Object channel, @Nullable Object argument, int row, boolean isIgnored) {
        to = isTo;
        file = channel;
        peer = argument;
        endpoint = row;
        attempts = 0;
        fallback = null;
        detail = 0;
        ignored = isIgnored;
    }

    void end() {
        file = null;
        peer = null;
        outer = null;
    }
}
