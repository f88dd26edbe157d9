package iopath.analyzer.render;

import static iopath.analyzer.render.Table.Column.numbers;
import static iopath.analyzer.render.Table.Column.words;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JVMs of a host, for a terminal and for programs. */
public final class JvmList {
    private JvmList() {}

    /**
     * A JVM.
     *
     * @param java version of its JDK; {@code null} if it is unknown
     * @param container short id; {@code null} outside of containers
     * @param refusal why attaching cannot work; {@code null} if nothing is known against it
     * @param iopath whether the agent is in it
     */
    public record Row(
            long pid,
            String mainClass,
            @Nullable String java,
            String user,
            @Nullable String container,
            @Nullable String refusal,
            boolean iopath) {}

    /** A table, or one line that there are none; each line ended. */
    public static String text(List<Row> rows) {
        if (rows.isEmpty()) {
            return "No JVM is to be seen but the one that looked.\n";
        }
        Table table = new Table(
                numbers("PID"),
                words("MAIN CLASS"),
                words("JDK"),
                words("USER"),
                words("CONTAINER"),
                words("ATTACHABLE"),
                words("IOPATH"));
        for (Row row : rows) {
            table.row(
                    Long.toString(row.pid),
                    row.mainClass,
                    row.java == null ? "?" : row.java,
                    row.user,
                    row.container == null ? "-" : row.container,
                    row.refusal == null ? "yes" : "no: " + row.refusal,
                    row.iopath ? "loaded" : "-");
        }
        return String.join("\n", table.lines()) + "\n";
    }

    /** {@code {"schemaVersion": 1, "jvms": [...]}}, its last line ended. */
    public static String json(List<Row> rows) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", 1);
            json.writeArrayFieldStart("jvms");
            for (Row row : rows) {
                write(row, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void write(Row row, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeNumberField("pid", row.pid);
        json.writeStringField("mainClass", row.mainClass);
        json.writeStringField("java", row.java);
        json.writeStringField("user", row.user);
        json.writeStringField("container", row.container);
        json.writeBooleanField("attachable", row.refusal == null);
        json.writeStringField("refusal", row.refusal);
        json.writeBooleanField("iopath", row.iopath);
        json.writeEndObject();
    }
}
