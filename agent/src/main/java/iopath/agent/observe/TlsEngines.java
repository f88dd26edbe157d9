package iopath.agent.observe;

import iopath.agent.classify.BufferKind;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.link.LinkTable;
import iopath.agent.link.Memory;
import iopath.agent.link.Portions;
import iopath.agent.link.Portions.Relation;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Observes TLS engines, through which bytes pass from one buffer to another. */
final class TlsEngines {

    // What is known of an engine's input, in the first field of its token.
    private static final long COMPARE = 0;
    private static final long UNCHANGED = 1;
    private static final long CHANGED = 2;

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final LinkTable links;
    private final Tracer tracer;

    TlsEngines(Lanes lanes, Endpoints endpoints, LinkTable links, Tracer tracer) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.links = links;
        this.tracer = tracer;
    }

    long @Nullable [] begin(
            boolean unwrap,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength) {
        Lane lane = lanes.current();
        long[] token = lane.borrow(1 + sourceLength + sinkLength);
        token[0] = CHANGED;
        for (int i = 0; i < sourceLength; i++) {
            token[1 + i] = sources[sourceOffset + i].position();
        }
        for (int i = 0; i < sinkLength; i++) {
            token[1 + sourceLength + i] = sinks[sinkOffset + i].position();
        }
        if (!unwrap) {
            token[0] = COMPARE;
        } else if (areUnchanged(sources, sourceOffset, sourceLength)) {
            token[0] = UNCHANGED;
        }
        lane.inside = true;
        return token;
    }

    private boolean areUnchanged(ByteBuffer[] buffers, int offset, int length) {
        for (int i = 0; i < length; i++) {
            ByteBuffer buffer = buffers[offset + i];
            Object memory = Memory.of(buffer);
            long base = Memory.base(memory);
            long start = base + Memory.offset(buffer);
            if (!links.isUnchanged(memory, base, start + buffer.position(), start + buffer.limit())) {
                return false;
            }
        }
        return true;
    }

    void end(
            long[] token,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength,
            int consumed,
            int produced) {
        Lane lane = lanes.current();
        lane.inside = false;
        try {
            if (produced <= 0 || lane.muted != 0) {
                return;
            }
            lane.portions.clear();
            long left = consumed;
            for (int i = 0; i < sourceLength && left > 0; i++) {
                ByteBuffer buffer = sources[sourceOffset + i];
                int from = (int) token[1 + i];
                int count = (int) Math.min(buffer.position() - from, left);
                if (count > 0) {
                    BufferKind kind = Memory.kind(buffer);
                    if (token[0] == COMPARE) {
                        tracer.take(lane, buffer, kind, from, from + count);
                    } else {
                        tracer.resolve(lane, buffer, kind, from, from + count, token[0] == UNCHANGED);
                    }
                    left -= count;
                }
            }
            long at = 0;
            for (int i = 0; i < sinkLength && at < produced; i++) {
                ByteBuffer buffer = sinks[sinkOffset + i];
                int from = (int) token[1 + sourceLength + i];
                int count = (int) Math.min(buffer.position() - from, produced - at);
                if (count > 0 && !buffer.isReadOnly()) {
                    note(lane, buffer, from, count, at, consumed, produced, token[0] != COMPARE);
                    at += count;
                }
            }
        } finally {
            lane.one[0] = null;
            lane.giveBack(token);
        }
    }

    @SuppressWarnings("NullAway") // the array is null inside only between operations
    ByteBuffer[] one(ByteBuffer buffer) {
        Lane lane = lanes.current();
        lane.one[0] = buffer;
        return lane.one;
    }

    /**
     * Notes what lies in a TLS engine's output: each origin of its input has a part of the output in proportion.
     *
     * @param at offset of the buffer's bytes in the whole output
     * @param unwrap whether the output is plaintext. An engine may hand out some that it took in earlier: where that
     *     came from is not known.
     */
    private void note(
            Lane lane, ByteBuffer buffer, int from, int count, long at, long consumed, long produced, boolean unwrap) {
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer) + from;
        Portions portions = lane.portions;
        if (unwrap) {
            links.forget(start, start + count);
        } else if (consumed == 0) {
            links.tls(memory, base, start, start + count, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        if (consumed == 0) {
            return;
        }
        long before = 0;
        for (int i = 0; i < portions.size(); i++) {
            long bytes = portions.bytes(i);
            long begin = Math.max(produced * before / consumed, at);
            before += bytes;
            long end = Math.min(i + 1 == portions.size() ? produced : produced * before / consumed, at + count);
            if (begin < end) {
                boolean known = portions.relation(i) == Relation.READ || portions.relation(i) == Relation.TLS;
                // What one engine took in is spread over its output buffers as the output is.
                long plain = Math.min(
                        bytes * (end - begin) / Math.max(end - begin, share(produced, bytes, consumed)), end - begin);
                links.tls(
                        memory,
                        base,
                        start + begin - at,
                        start + (unwrap ? begin + plain : end) - at,
                        known ? portions.source(i) : 0,
                        portions.kind(i),
                        portions.copies(i),
                        plain,
                        known ? Math.min(portions.firstPassed(i), plain) : 0,
                        begin == at && at > 0 ? 0 : portions.reads(i),
                        begin == at && at > 0 ? 0 : portions.nanos(i),
                        portions.sample(i));
                if (known && unwrap) {
                    Endpoint source = endpoints.row(portions.source(i));
                    BufferKind kind = BufferKind.of(portions.kind(i));
                    tracer.noteContent(
                            lane, source, memory, base, start + begin - at, start + begin - at + plain, kind);
                }
            }
        }
    }

    private static long share(long total, long part, long whole) {
        return total * part / whole;
    }
}
