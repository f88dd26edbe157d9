package iopath.agent.observe;

import iopath.agent.classify.Fallback;
import iopath.agent.endpoint.Endpoint;
import org.jspecify.annotations.Nullable;

/** A call that is running on a thread, to which the operations inside it belong: a transfer, or a TLS record. */
final class Frame {

    /** The call around this one, if a wrapper makes transfers of its own. */
    @Nullable
    Frame outer;

    /** When it began, in switches of the probe. */
    int epoch;

    /** Whether it is a TLS socket that writes, and not a transfer. */
    boolean record;

    /** Where the record goes, once it is seen to. */
    @Nullable
    Endpoint sink;

    /** Bytes of the record written. */
    long cipher;

    /** Calls that wrote them. */
    int writes;

    /** Nanoseconds that these took. */
    long nanos;

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

    void begin(boolean isTo, @Nullable Object channel, @Nullable Object argument, int row, boolean isIgnored) {
        to = isTo;
        file = channel;
        peer = argument;
        endpoint = row;
        attempts = 0;
        fallback = null;
        detail = 0;
        ignored = isIgnored;
        record = false;
    }

    void beginRecord() {
        begin(false, null, null, -1, false);
        record = true;
        sink = null;
        cipher = 0;
        writes = 0;
        nanos = 0;
    }

    /** Takes a write of the record's bytes. */
    void wrote(Endpoint socket, int bytes, long time) {
        sink = socket;
        cipher += Math.max(bytes, 0);
        writes += bytes > 0 ? 1 : 0;
        nanos += time;
    }

    void end() {
        sink = null;
        file = null;
        peer = null;
        outer = null;
    }
}
