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

    /** The last row of a list, for all that did not fit. */
    public static Site others(List<Site> rest) {
        String other = Words.OTHER;
        long bytes = rest.stream().mapToLong(Site::bytes).reduce(0, Saturated::add);
        return new Site(other, other, other, other, other, bytes);
    }
}
