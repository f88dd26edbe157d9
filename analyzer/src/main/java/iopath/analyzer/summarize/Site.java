package iopath.analyzer.summarize;

import java.util.List;

/**
 * Code that moved bytes.
 *
 * @param frame as {@code com.example.Server.send:42}
 * @param source kind of endpoint
 * @param sink kind of endpoint
 * @param bytes an estimate from samples
 */
public record Site(String frame, String source, String sink, String path, String reason, long bytes) {

    /** Whether this code moved bytes of a row: of the same kinds of endpoint, on the same path, for the same reason. */
    public boolean isOf(Transfer row) {
        return source.equals(row.source())
                && sink.equals(row.sink())
                && path.equals(row.path())
                && reason.equals(row.reason());
    }

    /** The last row of a list, for all that did not fit. */
    public static Site others(List<Site> rest) {
        String other = Words.OTHER;
        long bytes = rest.stream().mapToLong(Site::bytes).reduce(0, Saturated::add);
        return new Site(other, other, other, other, other, bytes);
    }
}
