package iopath.analyzer.render;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the agent in a JVM says of itself, for programs. */
public final class AgentStateJson {
    private AgentStateJson() {}

    /**
     * {@code {"schemaVersion": 1, "pid": n, ...}}, its last line ended.
     *
     * @param version of the agent; {@code null} if it was never there
     * @param answer what came of the last load, empty if there was none
     * @param fields what else it says; numbers are written as numbers
     */
    public static String of(
            long pid, @Nullable String version, boolean attached, String answer, Map<String, String> fields) {
        return Json.text(json -> {
            json.writeStartObject();
            json.writeNumberField("schemaVersion", 1);
            json.writeNumberField("pid", pid);
            json.writeStringField("version", version);
            json.writeBooleanField("attached", attached);
            json.writeStringField("answer", answer);
            json.writeObjectFieldStart("agent");
            for (Map.Entry<String, String> field : fields.entrySet()) {
                String value = field.getValue();
                json.writeFieldName(field.getKey());
                if (value.matches("0|[1-9][0-9]{0,17}")) {
                    json.writeNumber(Long.parseLong(value));
                } else {
                    json.writeString(value);
                }
            }
            json.writeEndObject();
            json.writeEndObject();
        });
    }
}
