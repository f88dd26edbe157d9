package iopath.analyzer.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks for a terminal: a verdict, a subject, what was found, and below it the way out. */
public final class CheckList {
    private static final String HEAD = "%-4s  %-11s  ";
    private static final int INDENT = 19;

    private final List<String> lines = new ArrayList<>();

    /** Adds a check; {@code wayOut} may be {@code null}. */
    public CheckList add(String verdict, String subject, String found, @Nullable String wayOut) {
        List<String> wrapped = Line.wrapped(found, INDENT);
        lines.add(String.format(Locale.ROOT, HEAD, verdict, subject)
                + wrapped.get(0).strip());
        lines.addAll(wrapped.subList(1, wrapped.size()));
        if (wayOut != null) {
            lines.addAll(Line.wrapped("-> " + wayOut, INDENT));
        }
        return this;
    }

    /** All of it, each line ended. */
    public String text() {
        return String.join("\n", lines) + "\n";
    }
}
