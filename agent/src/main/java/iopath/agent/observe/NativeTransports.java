package iopath.agent.observe;

import iopath.agent.classify.BufferKind;
import iopath.agent.classify.EndpointKind;
import iopath.agent.classify.IoStatus;
import iopath.agent.classify.KernelCall;
import iopath.agent.classify.Request;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.NettyInternals;
import iopath.agent.link.Memory;
import iopath.agent.link.NativeMemory;
import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Observes system calls that native libraries make. */
final class NativeTransports {

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final Tracer tracer;
    private final Ledger ledger;
    private final Moves moves;

    NativeTransports(Lanes lanes, Endpoints endpoints, Tracer tracer, Ledger ledger, Moves moves) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.tracer = tracer;
        this.ledger = ledger;
        this.moves = moves;
    }

    void endNative(
            Object token,
            Object descriptor,
            int number,
            boolean write,
            @Nullable ByteBuffer buffer,
            long address,
            int position,
            int result) {
        Lane lane = lanes.of(token);
        Endpoint endpoint = endpoints.of(descriptor, number);
        Frame frame = lanes.frame(lane);
        if (lane.muted != 0 || ledger.isIgnored(endpoint, frame, result)) {
            return;
        }
        long first = address + position;
        BufferKind kind = buffer == null ? tracer.kind(lane, first, first + Math.max(result, 1)) : Memory.kind(buffer);
        long nanos = lane.nanos(lane.started);
        if (write && result > 0) {
            lane.portions.clear();
            if (buffer != null) {
                tracer.trace(lane, frame, endpoint, buffer, kind, position, position + result);
            } else {
                tracer.trace(lane, frame, endpoint, first, first + result);
            }
            ledger.traced(lane, endpoint, kind, frame, false, result, nanos);
            return;
        }
        boolean fresh = Ledger.operation(lane, endpoint, write, kind, result, 1, nanos);
        if (result > 0 && buffer != null) {
            tracer.read(lane, endpoint, buffer, kind, position, position + result, 1, nanos, fresh);
        } else if (result > 0) {
            tracer.read(lane, endpoint, kind, first, result, 1, nanos, fresh);
        }
    }

    void endNativeVector(
            Object token,
            Object descriptor,
            int number,
            ByteBuffer @Nullable [] buffers,
            int offset,
            int length,
            long vector,
            long result) {
        Lane lane = lanes.of(token);
        Endpoint sink = endpoints.of(descriptor, number);
        Frame frame = lanes.frame(lane);
        if (lane.muted != 0 || ledger.isIgnored(sink, frame, result)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        if (result <= 0) {
            Ledger.operation(lane, sink, true, BufferKind.DIRECT, result, 1, nanos);
            return;
        }
        lane.portions.clear();
        lane.pieces.clear();
        long left = result;
        for (int i = 0; i < length && left > 0; i++) {
            long count;
            if (buffers != null) {
                ByteBuffer buffer = buffers[offset + i];
                count = Math.min(buffer.remaining(), left);
                int at = buffer.position();
                BufferKind kind = Memory.kind(buffer);
                lane.pieces.add(kind, count);
                tracer.trace(lane, null, sink, buffer, kind, at, at + (int) count);
            } else {
                count = Math.min(length(vector, i), left);
                piece(lane, sink, address(vector, i), count);
            }
            left -= count;
        }
        ledger.gathered(lane, sink, frame, result, 1, nanos);
    }

    /** Finds where a piece of a vector came from. */
    private void piece(Lane lane, Endpoint sink, long from, long bytes) {
        lane.pieces.add(tracer.kind(lane, from, from + bytes), bytes);
        tracer.trace(lane, null, sink, from, from + bytes);
    }

    /** Address of the piece {@code i} of an iovec (readv(2)). */
    private static long address(long vector, int i) {
        return NativeMemory.word(vector + 2L * Long.BYTES * i);
    }

    private static long length(long vector, int i) {
        return NativeMemory.word(vector + 2L * Long.BYTES * i + Long.BYTES);
    }

    void endReceive(
            Object token,
            Object descriptor,
            int number,
            @Nullable ByteBuffer buffer,
            long address,
            int position,
            @Nullable Object sender) {
        int result = sender == null ? IoStatus.UNAVAILABLE : NettyInternals.received(sender);
        endNative(token, descriptor, number, false, buffer, address, position, result);
    }

    void endPackets(Object token, Object descriptor, boolean write, Object[] packets, int offset, int result) {
        Lane lane = lanes.of(token);
        Endpoint endpoint = endpoints.of(descriptor, NettyInternals.number(descriptor));
        if (lane.muted != 0) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        if (result <= 0) {
            Ledger.operation(lane, endpoint, write, BufferKind.DIRECT, result, 1, nanos);
        }
        for (int i = 0; i < result; i++) {
            // One call has moved them all: it counts with the first.
            int calls = i == 0 ? 1 : 0;
            if (write) {
                sentPacket(lane, endpoint, packets[offset + i], calls, nanos * calls);
            } else {
                int bytes = NettyInternals.count(packets[offset + i]);
                receivedPacket(lane, endpoint, packets[offset + i], bytes, calls, nanos * calls);
            }
        }
    }

    void endReceivePacket(Object token, Object descriptor, Object packet, int result) {
        Lane lane = lanes.of(token);
        Endpoint source = endpoints.of(descriptor, NettyInternals.number(descriptor));
        if (lane.muted == 0) {
            receivedPacket(lane, source, packet, result, 1, lane.nanos(lane.started));
        }
    }

    /** Counts a datagram, which is sent as a whole or not at all. */
    private void sentPacket(Lane lane, Endpoint sink, Object packet, int calls, long nanos) {
        long vector = NettyInternals.vector(packet);
        int pieces = NettyInternals.count(packet);
        lane.portions.clear();
        lane.pieces.clear();
        long bytes = 0;
        for (int i = 0; i < pieces; i++) {
            long count = length(vector, i);
            piece(lane, sink, address(vector, i), count);
            bytes += count;
        }
        ledger.gathered(lane, sink, null, bytes, calls, nanos);
    }

    /** Counts a datagram that has come into the first piece of a packet's memory, the only one there is for a receipt. */
    private void receivedPacket(Lane lane, Endpoint source, Object packet, int bytes, int calls, long nanos) {
        long from = address(NettyInternals.vector(packet), 0);
        BufferKind kind = tracer.kind(lane, from, from + Math.max(bytes, 1));
        boolean fresh = Ledger.operation(lane, source, false, kind, bytes, calls, nanos);
        if (bytes > 0) {
            tracer.read(lane, source, kind, from, bytes, calls, nanos, fresh);
        }
    }

    void endSendFile(Object token, Object descriptor, Object region, long count, long result) {
        Lane lane = lanes.of(token);
        FileDescriptor file = NettyInternals.file(region);
        Endpoint source = file == null ? endpoints.other(EndpointKind.FILE) : endpoints.of(file);
        Endpoint sink = endpoints.of(descriptor, NettyInternals.number(descriptor));
        if (lane.muted != 0 || ledger.isIgnored(source, lanes.frame(lane), result)) {
            return;
        }
        moves.inKernel(lane, source, sink, KernelCall.SENDFILE, count, result, result == 0 && count > 0);
    }

    void endSplice(Object token, int source, int target, int result) {
        Lane lane = lanes.of(token);
        Endpoint from = endpoints.ofOpen(source);
        Endpoint to = endpoints.ofOpen(target);
        if (lane.muted == 0 && !ledger.isIgnored(from, lanes.frame(lane), result) && !to.ignored()) {
            moves.spliced(lane, Request.SPLICE, from, to, result, lane.nanos(lane.started));
        }
    }
}
