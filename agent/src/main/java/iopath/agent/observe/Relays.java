package iopath.agent.observe;

import iopath.agent.endpoint.Endpoint;
import iopath.agent.link.Memory;
import iopath.agent.link.Relay;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Follows bytes through a wrapper that a running transfer was given, whatever memory that sends them from. */
final class Relays {

    private Relays() {}

    /** Takes what a read inside the transfer, if there is one, has brought into an array. */
    static void read(@Nullable Frame frame, Endpoint source, byte[] array, int offset, int count, long nanos) {
        Relay relay = reading(frame, source);
        if (relay != null) {
            relay.read(array, offset, count, source.id(), nanos);
        }
    }

    /** Takes what a read inside the transfer, if there is one, has brought into a buffer. */
    static void read(@Nullable Frame frame, Endpoint source, ByteBuffer buffer, int from, int count, long nanos) {
        Relay relay = reading(frame, source);
        if (relay != null) {
            relay.read(Memory.of(buffer), Memory.offset(buffer) + from, count, source.id(), nanos);
        }
    }

    private static @Nullable Relay reading(@Nullable Frame frame, Endpoint source) {
        return frame == null || frame.to && source.id() != frame.endpoint ? null : frame.relay;
    }

    /**
     * Finds what the transfer, if there is one, has read in what is written inside it.
     *
     * @return whether the lane's portions have all of the write; else nothing was added
     */
    static boolean passes(
            Lane lane, @Nullable Frame frame, Endpoint sink, Object memory, long base, long from, long to) {
        Relay relay = frame == null ? null : frame.relay;
        if (frame == null || relay == null || !frame.to && sink.id() != frame.endpoint) {
            return false;
        }
        if (relay.isGiven(memory)) {
            relay.skip(to - from);
            return false;
        }
        return relay.pass(memory, base, from, to, lane.portions);
    }
}
