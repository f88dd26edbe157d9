package iopath.analyzer.event;

/**
 * What one {@code iopath.TransferTotals} event adds to its route; any of the amounts can be negative.
 *
 * @param nanos time in the operations, estimated
 * @param copiedInVain bytes that the JDK copied out of heap buffers before calls that did not take them
 */
public record TransferTotals(Route route, long bytes, long operations, long calls, long nanos, long copiedInVain) {

    /** What is added where no call left anything that had been copied for it. */
    public TransferTotals(Route route, long bytes, long operations, long calls, long nanos) {
        this(route, bytes, operations, calls, nanos, 0);
    }
}
