package iopath.analyzer.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checks for a terminal: a verdict, a subject, what was found, and below it the way out. */
public final class CheckList {
    private static final String HEAD = "%-4s  %-11s  ";
    private static final int INDENT = 19;

    private final List<Row> rows = new ArrayList<>();

    private record Row(
            String verdict,
            String subject,
            String found,
            @Nullable String wayOut) {}

    /** Adds a check; {@code wayOut} may be {@code null}. */
    public CheckList add(String verdict, String subject, String found, @Nullable String wayOut) {
        rows.add(new Row(verdict, subject, found, wayOut));
        return this;
    }

    /** All of it, each line ended. */
    public String text() {
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            List<String> wrapped = Line.wrapped(row.found, INDENT);
            lines.add(String.format(Locale.ROOT, HEAD, row.verdict, row.subject)
                    + wrapped.get(0).strip());
            lines.addAll(wrapped.subList(1, wrapped.size()));
            if (row.wayOut != null) {
                lines.addAll(Line.wrapped("-> " + row.wayOut, INDENT));
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** {@code {"schemaVersion": 1, "pid": n, "checks": [...]}}, its last line ended. */
    public String json(long pid) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", 1);
            json.writeNumberField("pid", pid);
            json.writeArrayFieldStart("checks");
            for (Row row : rows) {
                json.writeStartObject();
                json.writeStringField("verdict", row.verdict.toLowerCase(Locale.ROOT));
                json.writeStringField("subject", row.subject);
                json.writeStringField("found", row.found);
                json.writeStringField("wayOut", row.wayOut);
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }
}
