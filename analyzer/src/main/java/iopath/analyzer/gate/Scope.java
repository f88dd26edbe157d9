package iopath.analyzer.gate;

import iopath.analyzer.compare.Frames;
import iopath.analyzer.summarize.Site;
import org.jspecify.annotations.Nullable;

/**
 * The transfers that a rule is about.
 *
 * @param source kind of endpoint, or {@code any}
 * @param sink kind of endpoint, or {@code any}
 * @param site package, class, method or line that moved them; {@code null} for all code
 */
public record Scope(String source, String sink, @Nullable String site) {
    /** Matches every kind of endpoint. */
    public static final String ANY = "any";

    boolean covers(String from, String to) {
        return (source.equals(ANY) || source.equals(from)) && (sink.equals(ANY) || sink.equals(to));
    }

    boolean covers(Site row) {
        return covers(row.source(), row.sink()) && (site == null || Frames.isIn(row.frame(), site));
    }

    /** As it is written in a rule. */
    @Override
    public String toString() {
        return source + " -> " + sink + (site == null ? "" : " at " + site);
    }
}
