package iopath.analyzer.summarize;

import java.util.Comparator;
import java.util.List;

/**
 * An endpoint whose reads, or writes, are many and small.
 *
 * @param direction {@code read} or {@code write}
 */
public record SmallIo(String kind, String name, String direction, long bytes, long operations) {
    /** Most operations first, and what stands for others last. */
    static final Comparator<SmallIo> ORDER = Comparator.<SmallIo, Boolean>comparing(
                    row -> row.kind().equals(Words.OTHER))
            .thenComparing(Comparator.comparingLong(SmallIo::operations).reversed())
            .thenComparing(SmallIo::kind)
            .thenComparing(SmallIo::name)
            .thenComparing(SmallIo::direction);

    /** Below this a call's fixed cost outweighs its copy: some 700 ns against 100 ns for 2 KiB. */
    private static final long SMALL_BYTES = 2048;

    private static final long MANY = 1000;

    static boolean isSmall(long bytes, long operations) {
        return operations >= MANY && bytes / operations < SMALL_BYTES;
    }

    /** The last row of a list of one direction, for all that did not fit. */
    static SmallIo others(List<SmallIo> rest) {
        long bytes = rest.stream().mapToLong(SmallIo::bytes).reduce(0, Saturated::add);
        long operations = rest.stream().mapToLong(SmallIo::operations).reduce(0, Saturated::add);
        return new SmallIo(Words.OTHER, Words.OTHER, rest.get(0).direction, bytes, operations);
    }
}
