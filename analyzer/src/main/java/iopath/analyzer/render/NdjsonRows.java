package iopath.analyzer.render;

import com.fasterxml.jackson.core.JsonGenerator;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Identity;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Recording;
import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Transfer;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A recording as flat rows, one JSON document a line, for engines that read tables (DuckDB, Spark, Trino, ClickHouse).
 *
 * <p>Each row has {@code schemaVersion} 1, its {@code kind}, which recording it is of, and the fields of the same row in
 * {@link JsonReport}. Rows of one kind have the same fields in the same order.
 */
public final class NdjsonRows {
    private static final int SCHEMA = 1;

    private final String file;
    private final Recording recording;
    private final StringBuilder text = new StringBuilder();

    private NdjsonRows(String file, Recording recording) {
        this.file = file;
        this.recording = recording;
    }

    /**
     * The rows of a recording: transfers, then sites, then findings; each line ended.
     *
     * @param file what the recording is called
     */
    public static String of(String file, Profile profile) {
        NdjsonRows rows = new NdjsonRows(file, profile.recording());
        for (Transfer row : profile.transfers()) {
            rows.row("transfer", json -> Json.transfer(json, row));
        }
        for (Site row : profile.sites()) {
            rows.row("site", json -> Json.site(json, row));
        }
        for (Finding row : profile.findings()) {
            rows.row("finding", json -> Json.finding(json, row));
        }
        return rows.text.toString();
    }

    private void row(String kind, Json.Content fields) {
        text.append(Json.line(json -> {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", SCHEMA);
            json.writeStringField("kind", kind);
            identity(json);
            json.writeStringField("file", file);
            json.writeStringField(
                    "start", Instant.ofEpochSecond(0, recording.startNanos()).toString());
            json.writeNumberField("durationMillis", recording.durationNanos() / 1_000_000);
            fields.write(json);
            json.writeEndObject();
        }));
    }

    /** Whose rows these are; a recording of several JVMs is nobody's in particular. */
    private void identity(JsonGenerator json) throws IOException {
        Recording.@Nullable Process jvm =
                recording.jvms().size() == 1 ? recording.jvms().get(0) : null;
        Identity identity = jvm == null ? Identity.UNKNOWN : jvm.identity();
        json.writeStringField("service", jvm == null ? null : jvm.name());
        json.writeStringField("version", identity.version());
        json.writeStringField("instance", identity.instance());
        json.writeStringField("labels", labels(identity));
        json.writeStringField("java", jvm == null ? null : jvm.java());
        json.writePOJOField("pid", jvm == null ? null : jvm.pid());
    }

    /** One text, since a column whose fields differ by row is no column. */
    private static @Nullable String labels(Identity identity) {
        return identity.labels().isEmpty()
                ? null
                : identity.labels().entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(","));
    }
}
