package iopath.analyzer.library;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What can be done where a library moves the bytes.
 *
 * @param flows between which ends, as {@code file to socket}, or {@code any}
 * @param paths of which paths; empty for all
 * @param reasons for which reasons
 * @param remedy {@code setting}, {@code call} or {@code none}
 * @param setting the setting by its exact name, or {@code null} if there is none
 * @param byDefault what holds if nobody sets it, or {@code null} if it is not known
 * @param since the first version that has it, or {@code null} if it is not known
 * @param text the advice in sentences
 * @param replaces whether it stands in the place of the general advice, rather than after it
 * @param sources addresses where it can be read up
 */
public record Advice(
        Set<String> flows,
        Set<String> paths,
        Set<String> reasons,
        String remedy,
        @Nullable String setting,
        @Nullable String byDefault,
        @Nullable String since,
        String text,
        boolean replaces,
        Set<String> sources) {
    /** Stands for all ends. */
    static final String ANY = "any";

    public Advice {
        flows = Set.copyOf(flows);
        paths = Set.copyOf(paths);
        reasons = Set.copyOf(reasons);
        sources = Set.copyOf(sources);
    }

    /** Whether it is about bytes that went from one kind of end to another on a path for a reason. */
    public boolean fits(String source, String sink, String path, String reason) {
        return (flows.contains(ANY) || flows.contains(source + " to " + sink))
                && (paths.isEmpty() || paths.contains(path))
                && reasons.contains(reason);
    }

    /** The general advice with this one in its place, or after it. */
    public String over(String general) {
        return replaces ? text : general + " " + text;
    }
}
