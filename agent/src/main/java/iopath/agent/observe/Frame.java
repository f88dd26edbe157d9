package iopath.agent.observe;

import iopath.agent.classify.Fallback;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.link.Relay;
import java.net.DatagramPacket;
import org.jspecify.annotations.Nullable;

/**
 * A call that is running on a thread, to which the operations inside it belong: a transfer, a TLS record, or a datagram
 * socket's packet.
 */
final class Frame {

    /** Whether it is a TLS socket that writes, and not a transfer. */
    boolean record;

    /** Where the record goes, once it is seen to. */
    @Nullable
    Endpoint sink;

    /** Bytes of the record written. */
    long cipher;

    /** Calls that wrote them. */
    int writes;

    /** Nanoseconds that these took, or the receipt of the packet. */
    long nanos;

    /** Whether it is a transferTo. */
    boolean to;

    /** Row of the endpoint of the channel the method was called on. */
    int endpoint;

    /** What the argument is: ordinal of a {@link Fallback.Peer}. */
    int peer;

    /** The argument, if it is neither a file's channel nor a socket's: then its class may be told. */
    @Nullable
    Object other;

    /** What it has brought to a wrapper, if it was given one. */
    @Nullable
    Relay relay;

    /** Whether the target was opened to append. */
    boolean append;

    /** Whether both channels have one descriptor. */
    boolean same;

    /** How often the JDK has asked the kernel. */
    int attempts;

    /** Why it copies, once it is seen to copy. */
    @Nullable
    Fallback fallback;

    /** Number of the fallback's detail. */
    int detail;

    /** Whether the call is not the application's. */
    boolean ignored;

    /** Bytes that operations on other endpoints than the call's own have moved inside it. */
    long followed;

    /** The packet that a datagram socket sends or receives. */
    @Nullable
    DatagramPacket packet;

    /** Where it was received from, once it is. */
    @Nullable
    Endpoint source;

    /** The packet's memory, while that was its own. */
    byte @Nullable [] memory;

    /** Where in it the packet begins. */
    int offset;

    /** How many bytes were received. */
    int received;

    /** Whether they are the first of their kind on the lane. */
    boolean fresh;

    /**
     * Begins a transfer. Of the two channels only numbers are kept, as far as these say enough: an object stored here
     * costs a fence with G1 (a frame is old, and lies elsewhere than the object).
     */
    void begin(boolean isTo, boolean isIgnored) {
        to = isTo;
        endpoint = -1;
        peer = Fallback.Peer.WRAPPER.ordinal();
        append = false;
        same = false;
        attempts = 0;
        fallback = null;
        detail = 0;
        ignored = isIgnored;
        followed = 0;
        record = false;
    }

    /** Whether the other end is no channel of the kernel's. */
    boolean isWrapped() {
        return !record && peer == Fallback.Peer.WRAPPER.ordinal();
    }

    /** Takes an operation inside the call. */
    void saw(Endpoint at, long bytes) {
        if (at.id() != endpoint && bytes > 0) {
            followed += bytes;
        }
    }

    void beginPacket(DatagramPacket datagram) {
        begin(false, false);
        packet = datagram;
    }

    /** Takes what a datagram has brought, which the JDK copies into the packet later. */
    void received(DatagramPacket datagram, Endpoint socket, int bytes, long time, boolean isFirst) {
        source = socket;
        memory = datagram.getData();
        offset = datagram.getOffset();
        received = bytes;
        nanos = time;
        fresh = isFirst;
    }

    void beginRecord() {
        begin(false, false);
        record = true;
        sink = null;
        cipher = 0;
        writes = 0;
        nanos = 0;
    }

    /** Takes a write of the record's bytes. */
    void wrote(Endpoint socket, int bytes, long time) {
        if (sink != socket) {
            cipher = 0;
            writes = 0;
            nanos = 0;
        }
        sink = socket;
        cipher += bytes;
        writes++;
        nanos += time;
    }

    /** Lets go of all that is not the agent's own. */
    void end() {
        sink = null;
        other = null;
        relay = null;
        if (packet != null) {
            packet = null;
            source = null;
            memory = null;
        }
    }
}
