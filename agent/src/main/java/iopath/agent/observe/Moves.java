package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.EndpointKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.IoStatus;
import iopath.agent.classify.KernelCall;
import iopath.agent.classify.Path;
import iopath.agent.classify.RangeAnswer;
import iopath.agent.classify.Reason;
import iopath.agent.classify.Request;
import iopath.agent.endpoint.CopyFileRange;
import iopath.agent.endpoint.Endpoint;

/** Counts what the kernel has moved by itself. */
final class Moves {

    /** What Linux moves with one sendfile or copy_file_range (sendfile(2)). */
    static final long MOST = 0x7ffff000L;

    /** To meet the end of a file a few times is how loops end; more often is a loop that does not. */
    private static final int ENDS_OF_A_LOOP = 8;

    private final Sampler sampler;
    private final CopyFileRange range = new CopyFileRange();
    private final int jdk = Runtime.version().feature();
    private final int wouldBlock;
    private final int endOfFile;
    private final int cut;

    Moves(Sampler sampler, Details details) {
        this.sampler = sampler;
        this.wouldBlock = details.number(Details.WOULD_BLOCK);
        this.endOfFile = details.number(Details.END_OF_FILE);
        this.cut = details.number(Details.CUT);
    }

    /** Which system calls an attempt of the JDK was that has ended with {@code result}. */
    KernelCall call(Lane lane, boolean transferTo, Endpoint source, Endpoint sink, long result) {
        boolean copyable = source.regular() && sink.regular() && source.device() == sink.device();
        boolean asks = jdk >= 21 && transferTo && (copyable || result == IoStatus.THROWN);
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

    /**
     * Counts one attempt to move {@code count} bytes in the kernel.
     *
     * @param count 0 where nothing was left of the file
     */
    void inKernel(
            Lane lane, Endpoint source, Endpoint sink, KernelCall call, long count, long result, boolean blocked) {
        long nanos = lane.nanos(lane.started);
        boolean ends = result == 0 && count == 0 && lane.ended(source.id(), sink.id()) > ENDS_OF_A_LOOP;
        if (result != 0 || blocked) {
            lane.notEnded();
        }
        if (result <= 0 && !blocked && !ends) {
            Ledger.operations(lane, source, sink, 0, 0, call.calls(), nanos);
            return;
        }
        long moved = Math.max(result, 0);
        // Into a socket the page is referenced; into a file it is copied once, unless the file system shares extents.
        int copies = sink.kind() == EndpointKind.FILE ? 1 : 0;
        int detail = moved == 0 ? (ends ? endOfFile : wouldBlock) : moved == MOST ? cut : Details.NONE;
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
