package iopath.analyzer.event;

/**
 * Bytes that no hook follows.
 *
 * @param kind {@code handed} or {@code taken}: by a transfer with a channel that is not the JDK's; {@code mapped}
 * @param name class of the channel, or path of the mapped file
 * @param bytes through the channel; of a file the size of its largest mapping
 * @param followed what hooks saw on the other side of the channel in the same calls
 */
public record Unseen(String kind, String name, long bytes, long followed) {}
