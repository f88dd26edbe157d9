package iopath.analyzer.gate;

import iopath.analyzer.compare.Frames;
import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Stack;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The transfers that a rule is about.
 *
 * @param source kind of endpoint, or {@code any}
 * @param sink kind of endpoint, or {@code any}
 * @param site package, class, method or line that moved them, itself or by what it called; {@code null} for all code
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

    /** The frame of a stack that is nearest to the bytes, of those that the scope names; none where it names no code. */
    Optional<Site> innermost(Stack stack) {
        String name = site;
        if (name == null || !covers(stack.source(), stack.sink())) {
            return Optional.empty();
        }
        return stack.frames().stream()
                .filter(frame -> Frames.isIn(frame, name))
                .reduce((outer, inner) -> inner)
                .map(frame ->
                        new Site(frame, stack.source(), stack.sink(), stack.path(), stack.reason(), stack.bytes()));
    }

    /** As it is written in a rule. */
    @Override
    public String toString() {
        return source + " -> " + sink + (site == null ? "" : " at " + site);
    }
}
