package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.CopiedBy;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.IoStatus;
import iopath.agent.classify.KernelCall;
import iopath.agent.classify.Path;
import iopath.agent.classify.Reason;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.ThreadCalls;

/** Observes copies of whole files. */
final class Copies {

    /** What the JDK asks for at a time where a copy can be interrupted ({@code LinuxNativeDispatcher.c}). */
    private static final long PIECE = 1 << 20;

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final Ledger ledger;
    private final Moves moves;
    private final Sampler sampler;

    Copies(Lanes lanes, Endpoints endpoints, Ledger ledger, Moves moves, Sampler sampler) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.ledger = ledger;
        this.moves = moves;
        this.sampler = sampler;
    }

    void copiedDirectly(int sourceNumber, int targetNumber, boolean inPieces, int result) {
        Lane lane = lanes.current();
        Endpoint source = endpoints.ofNumber(sourceNumber);
        Endpoint sink = endpoints.ofNumber(targetNumber);
        long bytes = result == 0 ? endpoints.size(targetNumber) : 0;
        if (isIgnored(lane, source, sink, bytes)) {
            return;
        }
        KernelCall call = moves.call(lane, true, source, sink, result);
        if (result == 0) {
            // Whether copy_file_range takes what the kernel has made up depends on the kernel.
            KernelCall told = source.regular() ? call : KernelCall.EITHER;
            byKernel(lane, source, sink, told, bytes, inPieces ? PIECE : Moves.MOST);
        } else if (result == IoStatus.UNSUPPORTED_CASE
                || result == IoStatus.THROWN && call.path() == Path.COPY_FILE_RANGE) {
            Ledger.operations(lane, source, sink, 0, 0, call.calls(), 0);
        }
    }

    void copied(int sourceNumber, int targetNumber, int bufferSize) {
        Lane lane = lanes.current();
        Endpoint source = endpoints.ofNumber(sourceNumber);
        Endpoint sink = endpoints.ofNumber(targetNumber);
        long bytes = endpoints.size(targetNumber);
        if (!isIgnored(lane, source, sink, bytes)) {
            long writes = (bytes + bufferSize - 1) / bufferSize;
            byLoop(lane, source, sink, bytes, writes, 0);
        }
    }

    long[] begin() {
        return callsSoFar(lanes.current());
    }

    /** No descriptor is seen, and no system call; but the kernel counts both, and the counts differ. */
    void copiedPath(long[] before, Object sourcePath, Object targetPath) {
        Lane lane = lanes.current();
        long[] after = callsSoFar(lane);
        Endpoint source = endpoints.ofPath(sourcePath.toString());
        Endpoint sink = endpoints.ofPath(targetPath.toString());
        long bytes = endpoints.size(targetPath.toString());
        if (isIgnored(lane, source, sink, bytes)) {
            return;
        }
        boolean told = before.length > 0 && after.length > 0;
        // Less the read that took the first count.
        long reads = told ? after[0] - before[0] - 1 : -1;
        long writes = told ? after[1] - before[1] : -1;
        switch (CopiedBy.of(bytes, source.regular(), reads, writes)) {
            case SENDFILE -> {
                long key = kernelKey(source, sink, Path.SENDFILE);
                count(lane, Key.whole(key), key, bytes, reads - 1, reads);
            }
            case LOOP -> byLoop(lane, source, sink, bytes, writes, 1);
            case UNKNOWN -> byKernel(lane, source, sink, KernelCall.EITHER, bytes, Moves.MOST);
        }
    }

    private long[] callsSoFar(Lane lane) {
        lane.muted++;
        try {
            return ThreadCalls.now();
        } finally {
            lane.muted--;
        }
    }

    private boolean isIgnored(Lane lane, Endpoint source, Endpoint sink, long bytes) {
        return lane.muted != 0 || ledger.isIgnored(source, lanes.frame(lane), bytes) || sink.ignored();
    }

    /** Counts a loop over native memory, and the end of the file that it asks for; {@code refused} calls came before. */
    private void byLoop(Lane lane, Endpoint source, Endpoint sink, long bytes, long writes, int refused) {
        BufferKind kind = BufferKind.DIRECT;
        Reason reason = source.regular() ? Reason.KERNEL_REFUSED : Reason.NOT_A_REGULAR_FILE;
        long key = Key.transfer(
                source.id(), sink.id(), kind.path(), reason, Evidence.SAME_CALL, 2 * kind.copies(), Details.NONE);
        lane.cells.begin();
        try {
            if (refused > 0) {
                Ledger.operations(lane, source, sink, 0, 0, refused, 0);
            }
            lane.cells.add(Key.operation(source.id(), false, kind), bytes, writes, writes + 1, 0);
            lane.cells.add(Key.operation(sink.id(), true, kind), bytes, writes, writes, 0);
            lane.cells.add(Key.kept(source.id(), kind), -bytes, -writes, -writes, 0);
            count(lane, key, key, bytes, 2 * writes, 2 * writes);
        } finally {
            lane.cells.end();
        }
    }

    /** Counts a copy by calls of at most {@code most} bytes each, the last of which meets the end of the file. */
    private void byKernel(Lane lane, Endpoint source, Endpoint sink, KernelCall call, long bytes, long most) {
        long key = kernelKey(source, sink, call.path());
        long calls = (bytes + most - 1) / most;
        count(lane, Key.whole(key), key, bytes, calls, calls + call.calls());
    }

    private static long kernelKey(Endpoint source, Endpoint sink, Path path) {
        return path == Path.UNKNOWN
                ? Key.transfer(
                        source.id(), sink.id(), Path.UNKNOWN, Reason.UNKNOWN, Evidence.SAME_CALL, 1, Details.NONE)
                : Key.transfer(source.id(), sink.id(), path, Reason.NONE, Evidence.KERNEL, 1, Details.NONE);
    }

    private void count(Lane lane, long row, long key, long bytes, long operations, long calls) {
        sampler.sample(lane, key, bytes, lane.cells.add(row, bytes, operations, calls, 0));
    }
}
