package iopath.analyzer.event;

/**
 * What one {@code iopath.TransferTotals} event adds to its route; any of the amounts can be negative.
 *
 * @param nanos time in the operations, estimated
 */
public record TransferTotals(Route route, long bytes, long operations, long calls, long nanos) {}
