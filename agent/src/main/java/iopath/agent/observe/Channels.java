package iopath.agent.observe;

import iopath.agent.classify.BufferKind;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.link.Memory;
import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Observes reads and writes of channels. */
final class Channels {

    /** Buffers of one gathering write at most: {@code IOUtil.IOV_MAX}, which is UIO_MAXIOV of Linux. */
    private static final int MOST_PIECES = 1024;

    /** Bytes of one: {@code IOUtil.WRITEV_MAX}, which came with JDK 21. */
    private final long mostAtOnce = Runtime.version().feature() < 21 ? Long.MAX_VALUE : Integer.MAX_VALUE;

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final Tracer tracer;
    private final Ledger ledger;
    private final Packets packets;

    Channels(Lanes lanes, Endpoints endpoints, Tracer tracer, Ledger ledger, Packets packets) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.tracer = tracer;
        this.ledger = ledger;
        this.packets = packets;
    }

    long @Nullable [] beginVector(ByteBuffer[] buffers, int offset, int length) {
        Lane lane = lanes.current();
        if (lane.muted != 0) {
            return null;
        }
        long[] token = lane.borrow(length + 1);
        token[0] = lane.token();
        lane.inside = true;
        for (int i = 0; i < length; i++) {
            token[i + 1] = buffers[offset + i].position();
        }
        return token;
    }

    void endRead(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {
        Lane lane = lanes.of(token);
        if (result == 0 || lane.muted != 0) {
            // 0: the buffer was full, no call was made. The end of a file is -1.
            return;
        }
        Endpoint source = endpoints.of(fd);
        Frame frame = lanes.frame(lane);
        if (ledger.isIgnored(source, frame, result)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        if (frame != null && frame.packet != null) {
            // The JDK reads into memory of its own, and copies from there into the packet's array.
            boolean first = Ledger.operation(lane, source, false, BufferKind.HEAP, result, 1, nanos);
            frame.received(frame.packet, source, result, nanos, first);
            return;
        }
        BufferKind kind = Memory.kind(buffer);
        boolean fresh = Ledger.operation(lane, source, false, kind, result, 1, nanos);
        if (result > 0) {
            int end = buffer.position();
            tracer.read(lane, source, buffer, kind, end - result, end, 1, nanos, fresh);
            Relays.read(frame, source, buffer, end - result, result, nanos);
        }
    }

    void endWrite(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {
        Lane lane = lanes.of(token);
        if (result == 0 || lane.muted != 0) {
            return;
        }
        Endpoint sink = endpoints.of(fd);
        Frame frame = lanes.frame(lane);
        if (ledger.isIgnored(sink, frame, result)) {
            return;
        }
        if (frame != null && frame.packet != null) {
            packets.sent(lane, frame, frame.packet, sink, result);
            return;
        }
        BufferKind kind = Memory.kind(buffer);
        long nanos = lane.nanos(lane.started);
        if (result < 0 || frame != null && frame.record) {
            ledger.untraced(lane, sink, kind, frame, result, nanos);
        } else {
            int end = buffer.position();
            lane.portions.clear();
            tracer.trace(lane, frame, sink, buffer, kind, end - result, end);
            ledger.traced(lane, sink, kind, frame, false, result, nanos);
        }
        if (kind == BufferKind.HEAP && buffer.hasRemaining()) {
            // IOUtil.write has copied all that remained before the call.
            Ledger.copiedInVain(lane, sink, result > 0, buffer.remaining());
        }
    }

    void endReadVector(long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {
        Lane lane = lanes.current();
        lane.inside = false;
        try {
            if (result == 0) {
                return;
            }
            Endpoint source = endpoints.of(fd);
            if (ledger.isIgnored(source, lanes.frame(lane), result)) {
                return;
            }
            long nanos = lane.nanos(token[0]);
            if (result < 0) {
                Ledger.operation(lane, source, false, Memory.kind(buffers[offset]), result, 1, nanos);
            }
            int reads = 1;
            long left = result;
            for (int i = 0; i < length && left > 0; i++) {
                ByteBuffer buffer = buffers[offset + i];
                int from = (int) token[i + 1];
                int count = (int) Math.min(buffer.position() - from, left);
                if (count > 0) {
                    BufferKind kind = Memory.kind(buffer);
                    boolean fresh = Ledger.operation(lane, source, false, kind, count, reads, reads * nanos);
                    tracer.read(lane, source, buffer, kind, from, from + count, reads, reads * nanos, fresh);
                    reads = 0;
                    left -= count;
                }
            }
        } finally {
            lane.giveBack(token);
        }
    }

    void endWriteVector(long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {
        Lane lane = lanes.current();
        lane.inside = false;
        try {
            if (result == 0) {
                return;
            }
            Endpoint sink = endpoints.of(fd);
            Frame frame = lanes.frame(lane);
            if (ledger.isIgnored(sink, frame, result)) {
                return;
            }
            long nanos = lane.nanos(token[0]);
            BufferKind kind = largestKind(token, buffers, offset, length);
            if (result < 0) {
                Ledger.operation(lane, sink, true, kind, result, 1, nanos);
            } else {
                lane.cells.begin();
                try {
                    gathered(lane, frame, token, sink, buffers, offset, length, result, nanos);
                    ledger.written(lane, sink, kind, frame, false, 1, nanos);
                } finally {
                    lane.cells.end();
                }
            }
            if (isHeapLeft(buffers, offset, length)) {
                long copied = copiedInVain(token, buffers, offset, length);
                if (copied > 0) {
                    Ledger.copiedInVain(lane, sink, result > 0, copied);
                }
            }
        } finally {
            lane.giveBack(token);
        }
    }

    private static boolean isHeapLeft(ByteBuffer[] buffers, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            if (buffers[i].hasRemaining() && !buffers[i].isDirect()) {
                return true;
            }
        }
        return false;
    }

    /** What {@code IOUtil.write} has copied out of heap buffers for a call that left it, as far as one call reaches. */
    private long copiedInVain(long[] token, ByteBuffer[] buffers, int offset, int length) {
        long copied = 0;
        long asked = 0;
        int pieces = 0;
        for (int i = 0; i < length && pieces < MOST_PIECES && asked < mostAtOnce; i++) {
            ByteBuffer buffer = buffers[offset + i];
            long remained = Math.min(buffer.limit() - token[i + 1], mostAtOnce - asked);
            if (remained > 0) {
                pieces++;
                asked += remained;
                if (!buffer.isDirect()) {
                    copied += remained - (buffer.position() - token[i + 1]);
                }
            }
        }
        return copied;
    }

    /** Counts the buffers of a gathering write one by one, by their kinds, and finds where their bytes came from. */
    private void gathered(
            Lane lane,
            @Nullable Frame frame,
            long[] token,
            Endpoint sink,
            ByteBuffer[] buffers,
            int offset,
            int length,
            long result,
            long nanos) {
        lane.portions.clear();
        int writes = 1;
        long left = result;
        for (int i = 0; i < length && left > 0; i++) {
            ByteBuffer buffer = buffers[offset + i];
            int from = (int) token[i + 1];
            int count = (int) Math.min(buffer.position() - from, left);
            if (count > 0) {
                BufferKind own = Memory.kind(buffer);
                Ledger.operation(lane, sink, true, own, count, writes, writes * nanos);
                writes = 0;
                tracer.trace(lane, frame, sink, buffer, own, from, from + count);
                left -= count;
            }
        }
    }

    /** The kind of memory that most bytes of a gathering write lie in: transfers of that write are of this kind. */
    private static BufferKind largestKind(long[] token, ByteBuffer[] buffers, int offset, int length) {
        BufferKind kind = BufferKind.HEAP;
        long most = -1;
        for (int i = 0; i < length; i++) {
            ByteBuffer buffer = buffers[offset + i];
            long moved = buffer.position() - token[i + 1];
            if (moved > most) {
                most = moved;
                kind = Memory.kind(buffer);
            }
        }
        return kind;
    }
}
