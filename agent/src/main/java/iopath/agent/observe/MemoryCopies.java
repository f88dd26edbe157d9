package iopath.agent.observe;

import iopath.agent.classify.BufferKind;
import iopath.agent.link.LinkTable;
import iopath.agent.link.Mappings;
import iopath.agent.link.Memory;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Observes copies from memory to memory: what is known of bytes goes with them.
 *
 * <p>Copies inside an operation, a TLS engine, a TLS record or a datagram are the JDK's own; there the operation itself
 * says where the bytes come from.
 */
final class MemoryCopies {

    private final Lanes lanes;
    private final LinkTable links;
    private final Tracer tracer;

    MemoryCopies(Lanes lanes, LinkTable links, Tracer tracer) {
        this.lanes = lanes;
        this.links = links;
        this.tracer = tracer;
    }

    void copiedArray(byte[] source, int from, byte[] target, int to, int length) {
        if (Memory.isNameless(source)) {
            replaced(target, to, length);
            return;
        }
        Lane lane = lanes.current();
        if (isFollowed(lane)) {
            long base = Memory.base(target);
            links.copied(target, base, base + to, Memory.base(source) + from, length, lane.moved());
        }
    }

    void copiedIn(byte[] source, int from, ByteBuffer target, int to, int length) {
        if (target.isDirect() || !Memory.isNameless(source)) {
            Lane lane = lanes.current();
            if (isFollowed(lane)) {
                into(lane, target, to, Memory.base(source) + from, length, Memory.isNameless(source));
            }
        } else {
            Object array = Memory.of(target);
            replaced((byte[]) array, Memory.offset(target) + to, length);
        }
    }

    void copiedOut(ByteBuffer source, int from, byte[] target, int to, int length) {
        Lane lane = lanes.current();
        if (isFollowed(lane)) {
            long base = Memory.base(target);
            out(lane, source, from, target, base, base + to, length);
        }
    }

    void copiedBuffer(ByteBuffer source, int from, ByteBuffer target, int to, int length) {
        Lane lane = lanes.current();
        if (isFollowed(lane) && Memory.mapping(target) == null) {
            Object memory = Memory.of(target);
            long base = Memory.base(memory);
            out(lane, source, from, memory, base, base + Memory.offset(target) + to, length);
        }
    }

    void copiedMemory(byte @Nullable [] source, long from, byte @Nullable [] target, long to, long length) {
        Lane lane = lanes.current();
        if (!isFollowed(lane)) {
            return;
        }
        Object memory = target == null ? Memory.NATIVE : target;
        long base = target == null ? 0 : Memory.base(target);
        long first = source == null ? from : Memory.base(source) + from;
        links.copied(memory, base, base + to, first, length, lane.moved());
    }

    /** Follows bytes out of a buffer, which may show a file. */
    private void out(Lane lane, ByteBuffer source, int from, Object memory, long base, long to, int length) {
        if (Memory.kind(source) == BufferKind.MAPPED) {
            Mappings.Entry file = tracer.mapping(lane, source);
            if (file != null && !file.copied()) {
                links.copiedFromFile(memory, base, to, length, file.endpoint());
                return;
            }
        }
        Object origin = Memory.of(source);
        if (origin instanceof byte[] && Memory.isNameless((byte[]) origin)) {
            links.forget(to, to + length);
        } else {
            long first = Memory.base(origin) + Memory.offset(source) + from;
            links.copied(memory, base, to, first, length, lane.moved());
        }
    }

    private void into(Lane lane, ByteBuffer target, int to, long from, int length, boolean isNameless) {
        if (Memory.mapping(target) != null) {
            return;
        }
        Object memory = Memory.of(target);
        long base = Memory.base(memory);
        long first = base + Memory.offset(target) + to;
        if (isNameless) {
            links.forget(first, first + length);
        } else {
            links.copied(memory, base, first, from, length, lane.moved());
        }
    }

    /** Forgets what an array held that was overwritten with what nothing is known of. */
    private void replaced(byte[] target, int to, int length) {
        if (!Memory.isNameless(target)) {
            long first = Memory.base(target) + to;
            links.forget(first, first + length);
        }
    }

    private boolean isFollowed(Lane lane) {
        if (lane.inside || lane.muted != 0) {
            return false;
        }
        Frame frame = lanes.frame(lane);
        return frame == null || !frame.record && frame.packet == null;
    }
}
