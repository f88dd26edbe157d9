package iopath.analyzer.summarize;

import java.util.Comparator;

/**
 * Exact sums of what a system call tracer would count.
 *
 * @param endpoint kind
 * @param direction {@code read} or {@code write}
 * @param buffer {@code kernel}, {@code direct}, {@code heap} or {@code mapped}
 * @param operations calls that moved bytes
 * @param calls all attempts
 */
public record Io(String endpoint, String direction, String buffer, long bytes, long operations, long calls) {
    static final Comparator<Io> ORDER = Comparator.comparingLong(Io::bytes)
            .reversed()
            .thenComparing(Io::endpoint)
            .thenComparing(Io::direction)
            .thenComparing(Io::buffer);
}
