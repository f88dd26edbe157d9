package iopath.agent.observe;

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
        follow(source, from, target, to, length);
    }

    void copiedIn(byte[] source, int from, ByteBuffer target, int to, int length) {
        if (Memory.mapping(target) == null) {
            follow(source, from, Memory.of(target), Memory.offset(target) + to, length);
        }
    }

    void copiedOut(ByteBuffer source, int from, byte[] target, int to, int length) {
        if (Memory.mapping(source) == null || !fromFile(source, target, to, length)) {
            follow(Memory.of(source), Memory.offset(source) + from, target, to, length);
        }
    }

    void copiedBuffer(ByteBuffer source, int from, ByteBuffer target, int to, int length) {
        if (Memory.mapping(target) != null) {
            return;
        }
        Object memory = Memory.of(target);
        int offset = Memory.offset(target) + to;
        if (Memory.mapping(source) == null || !fromFile(source, memory, offset, length)) {
            follow(Memory.of(source), Memory.offset(source) + from, memory, offset, length);
        }
    }

    void copiedMemory(byte @Nullable [] source, long from, byte @Nullable [] target, long to, long length) {
        follow(source == null ? Memory.NATIVE : source, from, target == null ? Memory.NATIVE : target, to, length);
    }

    /** Follows bytes out of a mapped buffer; returns false if what it shows is not a file's. */
    private boolean fromFile(ByteBuffer source, Object target, int to, int length) {
        Lane lane = lanes.current();
        if (!isFollowed(lane)) {
            return true;
        }
        Mappings.Entry file = tracer.mapping(lane, source);
        if (file == null || file.copied()) {
            return false;
        }
        long base = Memory.base(target);
        links.copiedFromFile(target, base, base + to, length, file.endpoint());
        return true;
    }

    /** Follows bytes from one memory to another; both places count from the base of the memory. */
    private void follow(Object source, long from, Object target, long to, long length) {
        boolean isUnknown = Memory.isNameless(source);
        if (isUnknown && Memory.isNameless(target)) {
            return;
        }
        Lane lane = lanes.current();
        if (!isFollowed(lane)) {
            return;
        }
        long base = Memory.base(target);
        if (isUnknown) {
            links.forget(base + to, base + to + length);
        } else {
            links.copied(target, base, base + to, Memory.base(source) + from, length, lane.moved());
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
