package iopath.analyzer.attach;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says of itself in the system properties of its JVM.
 *
 * @param version of the agent in that JVM, {@code null} if it was never there
 * @param attached whether its hooks are in
 * @param answer what came of the last load, empty if there was none
 * @param fields what else it says, such as {@code hooks}, {@code stallNanos}, {@code recording}, {@code file}
 */
public record AgentState(@Nullable String version, boolean attached, String answer, Map<String, String> fields) {
    private static final String ATTACHED = "attached";

    static AgentState of(Properties properties) {
        String[] parts = properties.getProperty("iopath.agent.status", "").split(";");
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equal = parts[i].indexOf('=');
            if (equal > 0) {
                fields.put(Told.line(parts[i].substring(0, equal)), Told.line(parts[i].substring(equal + 1)));
            }
        }
        String version = properties.getProperty("iopath.agent.version");
        return new AgentState(
                version == null ? null : Told.line(version),
                parts[0].equals(ATTACHED),
                Told.line(properties.getProperty("iopath.agent.answer")),
                fields);
    }

    /** Whether a recording by iopath runs. */
    public boolean recording() {
        return attached && "running".equals(fields.get("recording"));
    }

    /** Whether a recording, by whomever, gets its events now. */
    public boolean isRecorded() {
        return attached && "on".equals(fields.get("events"));
    }

    /** A field, empty if it is not there. */
    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    /** A field that is a number, 0 if it is not there. */
    public long number(String name) {
        try {
            return Long.parseLong(fields.getOrDefault(name, "0"));
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
