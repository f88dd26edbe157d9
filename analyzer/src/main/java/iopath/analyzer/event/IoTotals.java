package iopath.analyzer.event;

/**
 * What one {@code iopath.IoTotals} event adds: system calls as a tracer would count them.
 *
 * @param direction {@code read} or {@code write}
 * @param buffer {@code kernel}, {@code direct}, {@code heap} or {@code mapped}
 * @param operations calls that moved bytes
 * @param calls all attempts
 */
public record IoTotals(Endpoint endpoint, String direction, String buffer, long bytes, long operations, long calls) {}
