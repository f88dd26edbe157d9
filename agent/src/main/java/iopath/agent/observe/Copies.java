package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.KernelCall;
import iopath.agent.classify.Path;
import iopath.agent.classify.Reason;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;

/** Observes copies of whole files. */
final class Copies {

    /** What Linux moves with one sendfile or copy_file_range (sendfile(2)). */
    private static final long MOST_AT_ONCE = 0x7ffff000L;

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final Ledger ledger;
    private final Sampler sampler;
    private final int jdk = Runtime.version().feature();

    Copies(Lanes lanes, Endpoints endpoints, Ledger ledger, Sampler sampler) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.ledger = ledger;
        this.sampler = sampler;
    }

    void copied(int source, int target, int bufferSize) {
        copied(endpoints.ofNumber(source), endpoints.ofNumber(target), endpoints.size(target), bufferSize);
    }

    void copiedPath(Object source, Object target) {
        // No descriptor is seen, but what JDK 17 makes of them: sendfile, and if that is refused a loop
        // (UnixCopyFile.c).
        Endpoint from = endpoints.ofPath(source.toString());
        Endpoint to = endpoints.ofPath(target.toString());
        copied(from, to, endpoints.size(target.toString()), 0);
    }

    /** Counts the copy of a whole file, and the end of the file that the JDK's loops ask for. */
    private void copied(Endpoint source, Endpoint sink, long bytes, int bufferSize) {
        Lane lane = lanes.current();
        if (lane.muted != 0 || ledger.isIgnored(source, lanes.frame(lane), bytes) || sink.ignored()) {
            return;
        }
        lane.cells.begin();
        try {
            if (bufferSize > 0) {
                copiedByLoop(lane, source, sink, bytes, bufferSize);
            } else {
                copiedByKernel(lane, source, sink, bytes);
            }
        } finally {
            lane.cells.end();
        }
    }

    private void copiedByLoop(Lane lane, Endpoint source, Endpoint sink, long bytes, int bufferSize) {
        BufferKind kind = BufferKind.DIRECT;
        long writes = (bytes + bufferSize - 1) / bufferSize;
        lane.cells.add(Key.operation(source.id(), false, kind), bytes, writes, writes + 1, 0);
        lane.cells.add(Key.operation(sink.id(), true, kind), bytes, writes, writes, 0);
        lane.cells.add(Key.kept(source.id(), kind), -bytes, -writes, -writes, 0);
        Reason reason = source.regular() ? Reason.KERNEL_REFUSED : Reason.NOT_A_REGULAR_FILE;
        long key = Key.transfer(
                source.id(), sink.id(), kind.path(), reason, Evidence.SAME_CALL, 2 * kind.copies(), Details.NONE);
        sampler.sample(lane, key, bytes, lane.cells.add(key, bytes, 2 * writes, 2 * writes, 0));
    }

    private void copiedByKernel(Lane lane, Endpoint source, Endpoint sink, long bytes) {
        KernelCall call = KernelCall.of(jdk, true, source.device() == sink.device());
        long moves = (bytes + MOST_AT_ONCE - 1) / MOST_AT_ONCE;
        long calls = moves + call.calls();
        // Whether sendfile takes a file of /proc depends on the kernel, and JDK 17 does not let it be seen.
        long key = source.regular()
                ? Key.transfer(source.id(), sink.id(), call.path(), Reason.NONE, Evidence.KERNEL, 1, Details.NONE)
                : Key.transfer(
                        source.id(), sink.id(), Path.UNKNOWN, Reason.UNKNOWN, Evidence.SAME_CALL, 1, Details.NONE);
        sampler.sample(lane, key, bytes, lane.cells.add(Key.whole(key), bytes, moves, calls, 0));
    }
}
