package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.EndpointKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.KernelCall;
import iopath.agent.classify.Path;
import iopath.agent.classify.RangeAnswer;
import iopath.agent.classify.Reason;
import iopath.agent.classify.Request;
import iopath.agent.endpoint.CopyFileRange;
import iopath.agent.endpoint.Endpoint;

/** Counts what the kernel has moved by itself. */
final class Moves {

    /** {@code sun.nio.ch.IOStatus.THROWN}. */
    private static final int THROWN = -5;

    private final Sampler sampler;
    private final CopyFileRange range = new CopyFileRange();
    private final int jdk = Runtime.version().feature();
    private final int wouldBlock;

    Moves(Sampler sampler, Details details) {
        this.sampler = sampler;
        this.wouldBlock = details.number(Details.WOULD_BLOCK);
    }

    /** Which system calls an attempt of the JDK was that has ended with {@code result}. */
    KernelCall call(Lane lane, boolean transferTo, Endpoint source, Endpoint sink, long result) {
        boolean copyable = source.regular() && sink.regular() && source.device() == sink.device();
        boolean asks = jdk >= 21 && transferTo && (copyable || result == THROWN);
        return KernelCall.of(jdk, transferTo, copyable, asks ? answer(lane) : RangeAnswer.NOT_KNOWN, result);
    }

    private RangeAnswer answer(Lane lane) {
        lane.muted++;
        try {
            return range.answer();
        } finally {
            lane.muted--;
        }
    }

    /** Counts one attempt to move bytes in the kernel. */
    void inKernel(Lane lane, Endpoint source, Endpoint sink, KernelCall call, long result, boolean blocked) {
        long nanos = lane.nanos(lane.started);
        if (result <= 0 && !blocked) {
            Ledger.operations(lane, source, sink, 0, 0, call.calls(), nanos);
            return;
        }
        long moved = Math.max(result, 0);
        // Into a socket the page is referenced; into a file it is copied once, unless the file system shares extents.
        int copies = sink.kind() == EndpointKind.FILE ? 1 : 0;
        int detail = moved > 0 ? Details.NONE : wouldBlock;
        Reason reason = call.path() == Path.UNKNOWN ? Reason.UNKNOWN : Reason.NONE;
        long key = Key.transfer(source.id(), sink.id(), call.path(), reason, Evidence.KERNEL, copies, detail);
        sampler.sample(lane, key, moved, lane.cells.add(Key.whole(key), moved, moved > 0 ? 1 : 0, call.calls(), nanos));
    }

    /** Counts a splice, or half of the way of a file's bytes through a pipe, which is no end of its own then. */
    void spliced(Lane lane, Request half, Endpoint source, Endpoint sink, int result, long nanos) {
        long moved = Math.max(result, 0);
        int operations = moved > 0 ? 1 : 0;
        lane.cells.begin();
        try {
            if (half != Request.SPLICE_OUT) {
                lane.cells.add(Key.operation(source.id(), false, BufferKind.KERNEL), moved, operations, 1, nanos);
            }
            if (half != Request.SPLICE_IN) {
                lane.cells.add(Key.operation(sink.id(), true, BufferKind.KERNEL), moved, operations, 1, nanos);
            }
            if (moved > 0) {
                int copies = sink.kind() == EndpointKind.FILE ? 1 : 0;
                long key = Key.transfer(
                        source.id(), sink.id(), Path.SPLICE, Reason.NONE, Evidence.KERNEL, copies, Details.NONE);
                // They have arrived with the second half.
                long arrived = half == Request.SPLICE_IN ? 0 : moved;
                sampler.sample(lane, key, arrived, lane.cells.add(key, arrived, 1, 1, nanos));
            }
        } finally {
            lane.cells.end();
        }
    }
}
