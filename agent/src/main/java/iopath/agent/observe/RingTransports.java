package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.EndpointKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.Path;
import iopath.agent.classify.Reason;
import iopath.agent.classify.Request;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.NettyInternals;
import iopath.agent.link.LinkTable;
import iopath.agent.link.Memory;
import java.io.FileDescriptor;

/** Observes requests that native libraries put into an io_uring, and their completions. */
final class RingTransports {

    // io_uring_enter(2): flags of requests and of completions, and the error of a request that was taken back.
    private static final int FIXED_FILE = 1;
    private static final int BUFFER_SELECT = 1 << 5;
    private static final int IN_PROVIDED_BUFFER = 1;
    private static final int MORE_TO_COME = 1 << 1;
    private static final int NOTIFICATION = 1 << 3;
    private static final int CANCELED = -125;

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final LinkTable links;
    private final Tracer tracer;
    private final Ledger ledger;
    private final Moves moves;
    private final Rings rings = new Rings();

    RingTransports(Lanes lanes, Endpoints endpoints, LinkTable links, Tracer tracer, Ledger ledger, Moves moves) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.links = links;
        this.tracer = tracer;
        this.ledger = ledger;
        this.moves = moves;
    }

    /** Watching begins: what was requested before was not seen. */
    void resume() {
        rings.resume();
    }

    void splicing(Object region, int socket, boolean intoPipe) {
        Lane lane = lanes.current();
        FileDescriptor file = NettyInternals.file(region);
        lane.spliceSource = file == null ? endpoints.other(EndpointKind.FILE) : endpoints.of(file);
        lane.spliceSink = endpoints.ofOpen(socket);
        lane.spliceIn = intoPipe;
    }

    void requested(
            int number,
            int operation,
            int flags,
            int descriptor,
            int from,
            long address,
            int length,
            long id,
            boolean kept) {
        Lane lane = lanes.current();
        Endpoint source = lane.spliceSource;
        Endpoint sink = lane.spliceSink;
        lane.spliceSource = null;
        lane.spliceSink = null;
        Request request = Request.of(operation);
        Ring ring = request == Request.OTHER || (flags & FIXED_FILE) != 0 ? null : rings.of(number);
        if (ring == null || lane.muted != 0) {
            return;
        }
        switch (request) {
            // From here on the number has another name.
            case CLOSE, CONNECT -> endpoints.closed(descriptor);
            case ACCEPT -> ring.add(id, request, Endpoints.MEMORY.id());
            case SPLICE -> {
                if (source != null && sink != null) {
                    ring.add(id, lane.spliceIn ? Request.SPLICE_IN : Request.SPLICE_OUT, sink.id(), source.id());
                } else {
                    ring.add(
                            id,
                            request,
                            endpoints.ofOpen(descriptor).id(),
                            endpoints.ofOpen(from).id());
                }
            }
            default -> {
                Endpoint end = endpoints.ofOpen(descriptor);
                int at = end.ignored() ? -1 : ring.add(id, request, end.id());
                if (at >= 0 && (flags & BUFFER_SELECT) == 0) {
                    memory(ring, at, request, address, length);
                    if (!kept && request.isWrite()) {
                        long bytes = request == Request.WRITE ? length : Long.MAX_VALUE;
                        ring.look(at, isProven(lane, ring, at, bytes) ? Ring.Look.PROVEN : Ring.Look.UNPROVEN);
                    }
                }
            }
        }
    }

    /** Notes where the bytes of a request lie. */
    private static void memory(Ring ring, int at, Request request, long address, int length) {
        switch (request) {
            case READ, WRITE -> ring.address(at, address);
            case READ_VECTOR, WRITE_VECTOR -> ring.vector(at, address, length);
            case READ_MESSAGE, WRITE_MESSAGE -> ring.message(at, address);
            case SPLICE, SPLICE_IN, SPLICE_OUT, ACCEPT, CONNECT, CLOSE, OTHER -> {}
        }
    }

    /** Whether memory of a send, at most {@code length} bytes of each piece, holds what was read into it. */
    private boolean isProven(Lane lane, Ring ring, int at, long length) {
        for (int i = 0; i < ring.pieces(at); i++) {
            long from = ring.address(at, i);
            long to = from + ring.length(at, i, length);
            if (tracer.kind(lane, from, to) != BufferKind.MAPPED && !links.isProven(Memory.NATIVE, 0, from, to)) {
                return false;
            }
        }
        return true;
    }

    void completed(int number, int operation, int result, int flags, long id) {
        Lane lane = lanes.current();
        lane.provider = null;
        Ring ring = rings.known(number);
        int at = ring == null ? -1 : ring.find(id);
        if (ring != null && at >= 0) {
            try {
                // The notification of a send without copies has no bytes of its own.
                if ((flags & NOTIFICATION) == 0 && result != CANCELED && lane.muted == 0) {
                    completed(lane, ring, at, result, flags);
                }
            } finally {
                if ((flags & MORE_TO_COME) == 0) {
                    ring.remove(at);
                }
            }
        } else if (result > 0 && (flags & NOTIFICATION) == 0 && lane.muted == 0) {
            completedUnknown(lane, operation, result, flags);
        }
    }

    /** Counts what was asked for before the recording: its bytes are known, its socket and its memory are not. */
    private void completedUnknown(Lane lane, int operation, int result, int flags) {
        Endpoint end = endpoints.other(EndpointKind.SOCKET);
        if ((flags & IN_PROVIDED_BUFFER) != 0) {
            receivedIntoProvided(lane, end, result);
        } else if (Request.isReceive(operation)) {
            Ledger.operation(lane, end, false, BufferKind.DIRECT, result, 1, 0);
        } else if (Request.isSend(operation)) {
            lane.cells.begin();
            try {
                Ledger.operation(lane, end, true, BufferKind.DIRECT, result, 1, 0);
                sentUnseen(lane, end, result, 1);
            } finally {
                lane.cells.end();
            }
        }
    }

    private void completed(Lane lane, Ring ring, int at, int result, int flags) {
        Endpoint end = endpoints.row(ring.end(at));
        Request request = ring.request(at);
        switch (request) {
            case READ, READ_VECTOR, READ_MESSAGE -> {
                if ((flags & IN_PROVIDED_BUFFER) != 0) {
                    receivedIntoProvided(lane, end, result);
                } else {
                    received(lane, ring, at, end, result);
                }
            }
            case WRITE, WRITE_VECTOR, WRITE_MESSAGE -> sent(lane, ring, at, end, result);
            case SPLICE, SPLICE_IN, SPLICE_OUT ->
                moves.spliced(lane, request, endpoints.row(ring.source(at)), end, result, 0);
            case ACCEPT -> {
                if (result >= 0) {
                    endpoints.acceptedNumber(result);
                }
            }
            case CONNECT, CLOSE, OTHER -> {}
        }
    }

    /** Counts a receive into memory that the request named. */
    private void received(Lane lane, Ring ring, int at, Endpoint source, int result) {
        long first = ring.pieces(at) == 0 ? 0 : ring.address(at, 0);
        BufferKind kind = first == 0
                ? BufferKind.DIRECT
                : tracer.kind(lane, first, first + Math.max(1, ring.length(at, 0, result)));
        boolean fresh = Ledger.operation(lane, source, false, kind, result, 1, 0);
        int reads = 1;
        long left = result;
        for (int i = 0; i < ring.pieces(at) && left > 0; i++) {
            long from = ring.address(at, i);
            long count = ring.length(at, i, left);
            if (from != 0 && count > 0) {
                tracer.read(lane, source, kind, from, (int) count, reads, 0, fresh);
                reads = 0;
            }
            left -= count;
        }
    }

    /** Counts a receive into a buffer that the kernel has chosen, which {@link #provided} will tell. */
    private void receivedIntoProvided(Lane lane, Endpoint source, int result) {
        lane.providerIsFresh = Ledger.operation(lane, source, false, BufferKind.DIRECT, result, 1, 0);
        lane.provider = source;
    }

    void provided(Object buffer) {
        Lane lane = lanes.current();
        Endpoint source = lane.provider;
        lane.provider = null;
        long address = NettyInternals.address(buffer);
        int length = NettyInternals.length(buffer);
        if (address == 0 || length == 0) {
            return;
        }
        if (source == null) {
            links.forget(address, address + length);
        } else {
            boolean fresh = lane.providerIsFresh;
            tracer.note(lane, source, Memory.NATIVE, address, 0, BufferKind.DIRECT, length, 1, 0, fresh);
        }
    }

    /** Counts a send. Its memory is as it was when the kernel took it: it is free for others from now on. */
    private void sent(Lane lane, Ring ring, int at, Endpoint sink, int result) {
        lane.portions.clear();
        lane.pieces.clear();
        Ring.Look look = ring.look(at);
        long left = result;
        for (int i = 0; i < ring.pieces(at) && left > 0 && look != Ring.Look.UNPROVEN; i++) {
            long from = ring.address(at, i);
            long count = ring.length(at, i, left);
            if (from != 0 && count > 0) {
                BufferKind kind = tracer.kind(lane, from, from + count);
                lane.pieces.add(kind, count);
                if (look == Ring.Look.LATER || kind == BufferKind.MAPPED) {
                    tracer.trace(lane, null, sink, from, from + count);
                } else {
                    links.consumed(Memory.NATIVE, 0, from, from + count, lane.portions);
                }
                left -= count;
            }
        }
        if (result > 0 && left == 0) {
            ledger.gathered(lane, sink, null, result, 1, 0);
            return;
        }
        lane.cells.begin();
        try {
            Ledger.operation(lane, sink, true, BufferKind.DIRECT, result, 1, 0);
            if (result > 0) {
                ledger.written(lane, sink, BufferKind.DIRECT, null, false, 1, 0);
                sentUnseen(lane, sink, left, left == result ? 1 : 0);
            }
        } finally {
            lane.cells.end();
        }
    }

    /** Counts bytes that were sent out of memory that cannot be looked at. */
    private void sentUnseen(Lane lane, Endpoint sink, long bytes, int calls) {
        int copies = BufferKind.DIRECT.copies();
        long key = Key.transfer(0, sink.id(), Path.DIRECT, Reason.UNKNOWN, Evidence.NONE, copies, Details.NONE);
        ledger.count(lane, key, bytes, calls, 0);
    }
}
