package iopath.agent.observe;

import iopath.agent.aggregate.Key;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.IoStatus;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.link.Memory;
import java.io.FileDescriptor;

/** Observes reads and writes of streams. */
final class Streams {

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final Tracer tracer;
    private final Ledger ledger;
    private final Sampler sampler;

    Streams(Lanes lanes, Endpoints endpoints, Tracer tracer, Ledger ledger, Sampler sampler) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.tracer = tracer;
        this.ledger = ledger;
        this.sampler = sampler;
    }

    void endReadArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {
        Lane lane = lanes.of(token);
        if (length == 0 || result == 0 || lane.muted != 0) {
            return;
        }
        Endpoint source = endpoints.of(fd, array);
        Frame frame = lanes.frame(lane);
        if (ledger.isIgnored(source, frame, result)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        boolean fresh = Ledger.operation(lane, source, false, BufferKind.HEAP, result, 1, nanos);
        if (result > 0) {
            Relays.read(frame, source, array, offset, result, nanos);
            tracer.note(lane, source, array, Memory.base(array), offset, BufferKind.HEAP, result, 1, nanos, fresh);
        }
    }

    void endWriteArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {
        Lane lane = lanes.of(token);
        if (length == 0 || lane.muted != 0) {
            return;
        }
        Endpoint sink = endpoints.of(fd, array);
        Frame frame = lanes.frame(lane);
        if (ledger.isIgnored(sink, frame, result)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        if (result <= 0 || frame != null && frame.record) {
            ledger.untraced(lane, sink, BufferKind.HEAP, frame, result, nanos);
        } else {
            lane.portions.clear();
            long base = Memory.base(array);
            long from = base + offset;
            tracer.trace(lane, frame, sink, array, base, from, from + result);
            ledger.traced(lane, sink, BufferKind.HEAP, frame, true, result, nanos);
        }
        if (result < length && result != IoStatus.THROWN) {
            // How much of an array was taken by an exception is not known. Else NioSocketImpl.tryWrite and
            // SocketChannelImpl.tryWrite have copied all of it before the call.
            Ledger.copiedInVain(lane, sink, result > 0, length - Math.max(result, 0));
        }
    }

    void endWriteText(Object token, FileDescriptor fd, int length, int result) {
        Lane lane = lanes.of(token);
        if (length == 0 || lane.muted != 0) {
            return;
        }
        Endpoint sink = endpoints.of(fd);
        if (ledger.isIgnored(sink, lanes.frame(lane), result)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        if (result > 0) {
            ledger.ownWrite(lane, sink, BufferKind.HEAP, result, nanos);
        } else {
            Ledger.operation(lane, sink, true, BufferKind.HEAP, result, 1, nanos);
        }
    }

    void endByte(Object token, FileDescriptor fd, boolean write, int result) {
        Lane lane = lanes.of(token);
        if (lane.muted != 0) {
            return;
        }
        Endpoint endpoint = write ? endpoints.of(fd) : endpoints.of(fd, fd);
        if (ledger.isIgnored(endpoint, lanes.frame(lane), 1)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        int moved = result < 0 ? 0 : 1;
        if (moved > 0 && write) {
            ledger.ownWrite(lane, endpoint, BufferKind.HEAP, 1, nanos);
            return;
        }
        boolean fresh = Ledger.operation(lane, endpoint, write, BufferKind.HEAP, moved, 1, nanos);
        if (moved > 0) {
            sampler.sample(lane, Key.kept(endpoint.id(), BufferKind.HEAP), 1, fresh);
        }
    }
}
