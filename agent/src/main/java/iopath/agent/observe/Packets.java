package iopath.agent.observe;

import iopath.agent.classify.BufferKind;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.link.Memory;
import java.net.DatagramPacket;

/** Observes packets of datagram sockets, which the JDK copies between an array of theirs and memory of its own. */
final class Packets {

    private final Lanes lanes;
    private final Tracer tracer;
    private final Ledger ledger;

    Packets(Lanes lanes, Tracer tracer, Ledger ledger) {
        this.lanes = lanes;
        this.tracer = tracer;
        this.ledger = ledger;
    }

    void beginPacket(Object packet) {
        lanes.push(lanes.current()).beginPacket((DatagramPacket) packet);
    }

    void endPacket(boolean done) {
        Lane lane = lanes.current();
        Frame frame = lanes.frame(lane);
        if (frame == null || frame.packet == null) {
            return;
        }
        Endpoint source = frame.source;
        byte[] memory = frame.memory;
        int offset = frame.offset;
        int bytes = frame.received;
        long nanos = frame.nanos;
        boolean fresh = frame.fresh;
        lanes.pop(lane);
        if (done && source != null && memory != null && bytes > 0) {
            tracer.note(lane, source, memory, Memory.base(memory), offset, BufferKind.HEAP, bytes, 1, nanos, fresh);
        }
    }

    /** Counts a datagram, which the JDK has copied from the packet's array into memory of its own. */
    void sent(Lane lane, Frame frame, DatagramPacket packet, Endpoint sink, int result) {
        long nanos = lane.nanos(lane.started);
        if (result < 0) {
            ledger.untraced(lane, sink, BufferKind.HEAP, frame, result, nanos);
            return;
        }
        byte[] array = packet.getData();
        long base = Memory.base(array);
        long from = base + packet.getOffset();
        lane.portions.clear();
        tracer.trace(lane, null, sink, array, base, from, from + result);
        ledger.traced(lane, sink, BufferKind.HEAP, frame, false, result, nanos);
    }
}
