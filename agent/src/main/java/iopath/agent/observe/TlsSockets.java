package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.Path;
import iopath.agent.classify.Reason;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.JdkInternals;
import iopath.agent.link.LinkTable;
import iopath.agent.link.Memory;
import iopath.agent.link.Portions;
import java.io.FileDescriptor;
import org.jspecify.annotations.Nullable;

/** Observes the JDK's TLS sockets. */
final class TlsSockets {

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final LinkTable links;
    private final Tracer tracer;
    private final Ledger ledger;

    TlsSockets(Lanes lanes, Endpoints endpoints, LinkTable links, Tracer tracer, Ledger ledger) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.links = links;
        this.tracer = tracer;
        this.ledger = ledger;
    }

    void beginRecord() {
        lanes.push(lanes.current()).beginRecord();
    }

    void endRecord(byte @Nullable [] plain, int offset, int length, boolean whole) {
        Lane lane = lanes.current();
        Frame frame = lanes.frame(lane);
        if (frame == null || !frame.record) {
            return;
        }
        Endpoint sink = frame.sink;
        long cipher = frame.cipher;
        int writes = frame.writes;
        long nanos = frame.nanos;
        lanes.pop(lane);
        if (sink == null || cipher == 0) {
            return;
        }
        Portions portions = lane.portions;
        portions.clear();
        if (plain == null) {
            portions.encrypted(cipher);
        } else if (whole && cipher >= length) {
            long base = Memory.base(plain);
            tracer.take(lane, plain, base, base + offset, base + offset + length);
            portions.encrypted(cipher - length);
        }
        lane.cells.begin();
        try {
            Ledger.ofRecord(lane, sink, -cipher, -writes, -nanos);
            if (portions.size() == 0 && portions.framing() == 0) {
                // It failed on the way: how much of the plaintext is in what was written cannot be told.
                long key = Key.transfer(
                        0,
                        sink.id(),
                        Path.UNKNOWN,
                        Reason.UNKNOWN,
                        Evidence.NONE,
                        BufferKind.HEAP.copies(),
                        Details.NONE);
                ledger.count(lane, key, cipher, writes, nanos);
            } else {
                ledger.written(lane, sink, BufferKind.HEAP, null, true, writes, nanos);
            }
        } finally {
            lane.cells.end();
        }
    }

    void decrypted(Object socket, byte[] array, int offset, int length) {
        Lane lane = lanes.current();
        FileDescriptor fd = JdkInternals.tlsDescriptor(socket);
        if (fd == null || lane.muted != 0) {
            return;
        }
        Endpoint source = endpoints.of(fd);
        if (!ledger.isIgnored(source, lanes.frame(lane), 0)) {
            long base = Memory.base(array);
            long from = base + offset;
            links.tls(
                    array,
                    base,
                    from,
                    from + length,
                    source.id(),
                    BufferKind.HEAP.ordinal(),
                    0,
                    length,
                    length,
                    0,
                    0,
                    0);
            tracer.noteContent(lane, source, array, base, from, from + length, BufferKind.HEAP);
        }
    }
}
