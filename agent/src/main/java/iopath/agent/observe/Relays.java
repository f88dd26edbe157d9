package iopath.agent.observe;

import iopath.agent.endpoint.Endpoint;
import iopath.agent.link.Relay;

/** Follows bytes through a wrapper that a running transfer was given, whatever memory that sends them from. */
final class Relays {

    private Relays() {}

    /** Takes what a read inside the transfer has brought. */
    static void read(Frame frame, Relay relay, Endpoint source, Object memory, int offset, int count, long nanos) {
        if (!frame.to || source.id() == frame.endpoint) {
            relay.read(memory, offset, count, source.id(), nanos);
        }
    }

    /**
     * Finds what the transfer has read in what is written inside it.
     *
     * @return whether the lane's portions have all of the write; else nothing was added
     */
    static boolean passes(
            Lane lane, Frame frame, Relay relay, Endpoint sink, Object memory, long base, long from, long to) {
        if (!frame.to && sink.id() != frame.endpoint) {
            return false;
        }
        if (relay.isGiven(memory)) {
            relay.skip(to - from);
            return false;
        }
        return relay.pass(memory, base, from, to, lane.portions);
    }
}
