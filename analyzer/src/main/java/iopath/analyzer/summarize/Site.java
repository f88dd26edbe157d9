package iopath.analyzer.summarize;

import java.util.Comparator;
import java.util.List;

/**
 * Code that moved bytes.
 *
 * @param frame as {@code com.example.Server.send:42}
 * @param source kind of endpoint
 * @param sink kind of endpoint
 * @param bytes a share of exact bytes, estimated from samples
 */
public record Site(String frame, String source, String sink, String path, String reason, long bytes) {
    /** Most bytes first, and what stands for others last. */
    static final Comparator<Site> ORDER = Comparator.<Site, Boolean>comparing(
                    row -> row.path().equals(Words.OTHER))
            .thenComparing(Comparator.comparingLong(Site::bytes).reversed())
            .thenComparing(Site::frame)
            .thenComparing(Site::source)
            .thenComparing(Site::sink)
            .thenComparing(Site::path)
            .thenComparing(Site::reason);

    /** Whether this code moved bytes of a row: of the same kinds of endpoint, on the same path, for the same reason. */
    public boolean isOf(Transfer row) {
        return source.equals(row.source())
                && sink.equals(row.sink())
                && path.equals(row.path())
                && reason.equals(row.reason());
    }

    /** What it moves, whichever code does. */
    Site kind() {
        return new Site("", source, sink, path, reason, 0);
    }

    /** The last row of a list, for all that did not fit. */
    public static Site others(List<Site> rest) {
        String other = Words.OTHER;
        long bytes = rest.stream().mapToLong(Site::bytes).reduce(0, Saturated::add);
        return new Site(other, other, other, other, other, bytes);
    }
}
