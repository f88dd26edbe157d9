package iopath.analyzer.summarize;

import java.util.Comparator;
import java.util.List;

/**
 * Bytes that left and entered one file, socket address or pipe, with a system call or through a mapping.
 *
 * @param readBytes bytes that left it
 * @param writtenBytes bytes that entered it
 */
public record EndpointUse(String kind, String name, long readBytes, long writtenBytes) {
    /** Most bytes first, and what stands for others last. */
    static final Comparator<EndpointUse> ORDER = Comparator.<EndpointUse, Boolean>comparing(
                    row -> row.kind().equals(Words.OTHER))
            .thenComparing(Comparator.comparingLong(EndpointUse::bytes).reversed())
            .thenComparing(EndpointUse::kind)
            .thenComparing(EndpointUse::name);

    long bytes() {
        return Saturated.add(readBytes, writtenBytes);
    }

    /** The last row of a list, for all that did not fit. */
    public static EndpointUse others(List<EndpointUse> rest) {
        long read = 0;
        long written = 0;
        for (EndpointUse row : rest) {
            read = Saturated.add(read, row.readBytes);
            written = Saturated.add(written, row.writtenBytes);
        }
        return new EndpointUse(Words.OTHER, Words.OTHER, read, written);
    }
}
