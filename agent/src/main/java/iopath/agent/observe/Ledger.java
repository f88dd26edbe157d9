package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.Fallback;
import iopath.agent.classify.Loop;
import iopath.agent.classify.Path;
import iopath.agent.classify.Reason;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.link.Deferral;
import iopath.agent.link.Portions;
import iopath.agent.link.Portions.Relation;
import org.jspecify.annotations.Nullable;

/** Adds operations, and the transfers that they were found to be part of, to the totals of a lane. */
final class Ledger {

    private static final BufferKind[] KINDS = BufferKind.values();

    private final Endpoints endpoints;
    private final Sampler sampler;
    private final Fallbacks fallbacks;
    private final int jdk = Runtime.version().feature();
    private final int tlsFraming;
    private final int tooShort;
    private final int sentAgain;

    Ledger(Endpoints endpoints, Details details, Sampler sampler) {
        this.endpoints = endpoints;
        this.sampler = sampler;
        this.fallbacks = new Fallbacks(details);
        this.tlsFraming = details.number(Details.TLS_FRAMING);
        this.tooShort = details.number(Details.TOO_SHORT);
        this.sentAgain = details.number(Details.SENT_AGAIN);
    }

    /** Whether an operation of {@code bytes} is the runtime's own; then these are counted apart. */
    boolean isIgnored(Endpoint endpoint, @Nullable Frame frame, long bytes) {
        if (frame != null) {
            frame.saw(endpoint, bytes);
        }
        if (!endpoint.ignored() && (frame == null || !frame.ignored)) {
            return false;
        }
        endpoints.ignored(Math.max(bytes, 0));
        return true;
    }

    /**
     * Counts what a system call tracer would.
     *
     * @param calls 1, or 0 for the later buffers of one call
     * @return whether it is the first of its kind on this lane
     */
    static boolean operation(
            Lane lane, Endpoint endpoint, boolean write, BufferKind kind, long result, int calls, long nanos) {
        long moved = Math.max(result, 0);
        return lane.cells.add(Key.operation(endpoint.id(), write, kind), moved, moved > 0 ? calls : 0, calls, nanos);
    }

    /** Counts both sides of what moved inside the kernel. */
    static void operations(
            Lane lane, Endpoint source, Endpoint sink, long bytes, long operations, long calls, long nanos) {
        lane.cells.add(Key.operation(source.id(), false, BufferKind.KERNEL), bytes, operations, calls, nanos);
        lane.cells.add(Key.operation(sink.id(), true, BufferKind.KERNEL), bytes, operations, calls, nanos);
    }

    /** Counts a write that failed, or one of a record, whose bytes count as the application's own until its end. */
    void untraced(Lane lane, Endpoint sink, BufferKind kind, @Nullable Frame frame, int result, long nanos) {
        if (frame == null || !frame.record || result <= 0) {
            operation(lane, sink, true, kind, result, 1, nanos);
            return;
        }
        lane.cells.begin();
        try {
            operation(lane, sink, true, kind, result, 1, nanos);
            ofRecord(lane, sink, result, 1, nanos);
        } finally {
            lane.cells.end();
        }
        frame.wrote(sink, result, nanos);
    }

    /** Counts bytes of a record that is not complete; to take them back, all numbers are below 0. */
    static void ofRecord(Lane lane, Endpoint sink, long bytes, int writes, long nanos) {
        lane.cells.add(Key.own(sink.id(), BufferKind.HEAP, Reason.NONE), bytes, writes, writes, nanos);
    }

    /** Counts a write of which the lane's portions say where its bytes came from. */
    void traced(
            Lane lane, Endpoint sink, BufferKind kind, @Nullable Frame frame, boolean stream, int bytes, long nanos) {
        if (lane.portions.isOwn()) {
            ownWrite(lane, sink, kind, bytes, nanos);
        } else {
            lane.cells.begin();
            try {
                operation(lane, sink, true, kind, bytes, 1, nanos);
                written(lane, sink, kind, frame, stream, 1, nanos);
            } finally {
                lane.cells.end();
            }
        }
    }

    /**
     * Counts what the JDK has copied out of an array for a call that did not take it, and will copy again for the next.
     * It counts with the transfer of that call; where that moved nothing, with that of the last call that did, if that
     * went to the same sink.
     */
    static void copiedInVain(Lane lane, Endpoint sink, boolean moved, long bytes) {
        if (moved) {
            lane.heapTransfer = lane.counted;
        }
        long last = lane.heapTransfer;
        boolean same = Key.isTransfer(last) && Key.sink(last) == sink.id();
        lane.cells.addExtra(same ? last : Key.own(sink.id(), BufferKind.HEAP, Reason.NONE), bytes);
    }

    /** Counts a write of several pieces, which the lane has with where they came from. */
    void gathered(Lane lane, Endpoint sink, @Nullable Frame frame, long bytes, int calls, long nanos) {
        BufferKind largest = lane.pieces.largest();
        if (lane.portions.isOwn() && lane.pieces.of(largest) == bytes && calls == 1) {
            ownWrite(lane, sink, largest, (int) bytes, nanos);
            return;
        }
        lane.cells.begin();
        try {
            long others = 0;
            for (BufferKind kind : KINDS) {
                long own = kind == largest ? 0 : lane.pieces.of(kind);
                if (own > 0) {
                    operation(lane, sink, true, kind, own, 0, 0);
                    others += own;
                }
            }
            operation(lane, sink, true, largest, bytes - others, calls, nanos);
            written(lane, sink, largest, frame, false, calls, nanos);
        } finally {
            lane.cells.end();
        }
    }

    /** Counts what most writes of most applications are: operation and transfer are one row. */
    void ownWrite(Lane lane, Endpoint sink, BufferKind kind, int bytes, long nanos) {
        boolean fresh = lane.cells.add(Key.ownWrite(sink.id(), kind), bytes, 1, 1, nanos);
        long own = Key.own(sink.id(), kind, Reason.NONE);
        lane.counted = own;
        sampler.sample(lane, own, bytes, fresh);
    }

    /** Counts a transfer. */
    void count(Lane lane, long key, long bytes, long calls, long nanos) {
        if (calls > 0) {
            lane.counted = key;
        }
        sampler.sample(lane, key, bytes, lane.cells.add(key, bytes, calls, calls, nanos));
    }

    /** Counts the portions of one write, or of the {@code writes} of one record; these belong to the largest. */
    void written(
            Lane lane, Endpoint sink, BufferKind kind, @Nullable Frame frame, boolean stream, int writes, long nanos) {
        Portions portions = lane.portions;
        int largest = portions.largest();
        if (largest >= 0 && portions.framing() > portions.bytes(largest)) {
            largest = -1;
        }
        for (int i = 0; i < portions.size(); i++) {
            portion(lane, sink, kind, frame, stream, i, i == largest ? writes : 0, i == largest ? nanos : 0);
        }
        if (portions.framing() > 0) {
            long key = Key.transfer(0, sink.id(), kind.path(), Reason.NONE, Evidence.NONE, kind.copies(), tlsFraming);
            count(lane, key, portions.framing(), largest < 0 ? writes : 0, largest < 0 ? nanos : 0);
        }
        if (portions.isDeferred() && frame == null) {
            boolean most = largest >= 0 && portions.relation(largest) == Relation.DEFERRED;
            portions.counted(sink.id(), kind, stream, most ? writes : 0, most ? nanos : 0);
        }
    }

    /** Counts where the bytes of a write came from, which were counted as the application's own until now. */
    void answered(Lane lane, Deferral found) {
        Endpoint sink = endpoints.row(found.sink());
        lane.cells.begin();
        try {
            long own = Key.own(sink.id(), found.kind(), Reason.NONE);
            lane.cells.add(own, -found.length(), -found.writes(), -found.writes(), -found.nanos());
            lane.portions.set(found.found());
            written(lane, sink, found.kind(), null, found.stream(), found.writes(), found.nanos());
        } finally {
            lane.cells.end();
        }
    }

    private void portion(
            Lane lane,
            Endpoint sink,
            BufferKind kind,
            @Nullable Frame frame,
            boolean stream,
            int i,
            int writes,
            long nanos) {
        Portions portions = lane.portions;
        long bytes = portions.bytes(i);
        switch (portions.relation(i)) {
            case OWN, DEFERRED -> own(lane, Key.own(sink.id(), kind, Reason.NONE), bytes, writes, nanos);
            case MODIFIED -> own(lane, Key.own(sink.id(), kind, Reason.MODIFIED), bytes, writes, nanos);
            case UNPROVEN -> {
                long key =
                        Key.transfer(0, sink.id(), kind.path(), Reason.UNKNOWN, Evidence.NONE, kind.copies(), tooShort);
                own(lane, key, bytes, writes, nanos);
            }
            case UNKNOWN -> {
                long key = Key.transfer(
                        0, sink.id(), Path.UNKNOWN, Reason.UNKNOWN, Evidence.NONE, kind.copies(), Details.NONE);
                count(lane, key, bytes, writes, nanos);
            }
            case READ, TLS, CONTENT, RELAYED -> passedOn(lane, sink, kind, frame, stream, i, writes, nanos);
        }
    }

    /** Counts bytes without an origin, if some are left that were not found to be what was read. */
    private void own(Lane lane, long key, long bytes, int writes, long nanos) {
        if (bytes > 0) {
            count(lane, key, bytes, writes, nanos);
        }
    }

    private void passedOn(
            Lane lane,
            Endpoint sink,
            BufferKind kind,
            @Nullable Frame frame,
            boolean stream,
            int i,
            int writes,
            long nanos) {
        Portions portions = lane.portions;
        Endpoint source = endpoints.row(portions.source(i));
        BufferKind readInto = BufferKind.of(portions.kind(i));
        long reads = portions.reads(i);
        long readNanos = portions.nanos(i);
        boolean mappedFile = readInto == BufferKind.MAPPED;
        if (!mappedFile && (portions.firstPassed(i) | reads | readNanos) != 0) {
            long kept = Key.kept(source.id(), readInto);
            lane.cells.add(kept, -portions.firstPassed(i), -reads, -reads, -readNanos);
            sampler.takeBack(lane, kept, portions.sample(i), portions.firstPassed(i));
        }
        // A copy out of a mapped file is the one that reads it.
        int copied = portions.copies(i);
        boolean once = mappedFile && (kind == BufferKind.MAPPED || copied > 0);
        int copies = once ? kind.copies() : readInto.copies() + kind.copies();
        long again = 0;
        long key;
        if (portions.relation(i) == Relation.TLS) {
            key = Key.transfer(
                    source.id(), sink.id(), Path.TLS, Reason.TLS, Evidence.TLS_WRAP, Math.max(copies, 2), Details.NONE);
        } else if (portions.relation(i) == Relation.CONTENT) {
            Reason reason = Loop.reason(source.kind(), source.regular(), sink.kind(), stream, jdk);
            // The application has copied them, once at least.
            key = Key.transfer(
                    source.id(), sink.id(), kind.path(), reason, Evidence.SAME_BYTES, copies + 1, Details.NONE);
            lane.cells.add(Key.look(source.id(), sink.id()), portions.bytes(i), 0, 0, 0);
        } else if (frame != null && Fallbacks.belongs(frame, source, sink)) {
            Fallback why = fallbacks.of(frame, source, sink);
            key = Key.transfer(
                    source.id(), sink.id(), kind.path(), why.reason(), Evidence.SAME_CALL, copies, frame.detail);
        } else {
            // What is no regular file has no pages to map; its row may stand for many files, and not know.
            boolean regular = mappedFile || source.regular();
            Reason reason = Loop.reason(source.kind(), regular, sink.kind(), stream, jdk);
            Evidence evidence = copied > 0 ? Evidence.COPIED : Evidence.SAME_BUFFER;
            key = Key.transfer(source.id(), sink.id(), kind.path(), reason, evidence, copies, Details.NONE);
            again = mappedFile ? 0 : portions.bytes(i) - portions.firstPassed(i);
        }
        key = Key.copied(key, copied);
        if (again > 0) {
            sentAgain(lane, key, kind, portions.bytes(i), again, reads, readNanos, writes, nanos);
        } else {
            count(lane, key, portions.bytes(i), reads + writes, readNanos + nanos);
        }
    }

    /** Counts bytes of which some have been passed on before: these were not read for this write. */
    private void sentAgain(
            Lane lane,
            long key,
            BufferKind kind,
            long bytes,
            long again,
            long reads,
            long readNanos,
            int writes,
            long nanos) {
        long first = bytes - again;
        int writesOfFirst = first >= again ? writes : 0;
        long nanosOfFirst = first >= again ? nanos : 0;
        if ((first | reads) != 0) {
            count(lane, key, first, reads + writesOfFirst, readNanos + nanosOfFirst);
        }
        long repeated = Key.repeated(key, kind.copies(), sentAgain);
        count(lane, repeated, again, writes - writesOfFirst, nanos - nanosOfFirst);
    }
}
