package iopath.agent.emit;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who a JVM is among many.
 *
 * @param service name of the service
 * @param version of the service, {@code null} if nobody says
 * @param instance which of the service's processes it is, {@code null} if nobody says
 * @param labels {@code KEY=VALUE,...}, or {@code null}
 */
public record Identity(
        String service,
        @Nullable String version,
        @Nullable String instance,
        @Nullable String labels) {

    /**
     * What the user says, else what the variables of OpenTelemetry say ({@code OTEL_SERVICE_NAME},
     * {@code OTEL_RESOURCE_ATTRIBUTES}), else the main class and {@code HOSTNAME}.
     *
     * @param given {@code service}, {@code version}, {@code instance}, {@code labels}, each or none
     * @param withoutHost whether the name of the host is to be hidden
     */
    public static Identity of(
            Map<String, String> given, Map<String, String> environment, String mainClass, boolean withoutHost) {
        String attributes = environment.getOrDefault("OTEL_RESOURCE_ATTRIBUTES", "");
        return new Identity(
                first(
                        given.get("service"),
                        environment.get("OTEL_SERVICE_NAME"),
                        attribute(attributes, "service.name"),
                        mainClass),
                firstOrNull(given.get("version"), attribute(attributes, "service.version")),
                firstOrNull(
                        given.get("instance"),
                        attribute(attributes, "service.instance.id"),
                        withoutHost ? null : environment.get("HOSTNAME")),
                given.get("labels"));
    }

    private static String first(@Nullable String... values) {
        String value = firstOrNull(values);
        return value == null ? "" : value;
    }

    private static @Nullable String firstOrNull(@Nullable String... values) {
        for (String value : values) {
            if (value != null && !value.isBlank()) {
                return value.strip();
            }
        }
        return null;
    }

    /** A value of {@code key=value,...}, in which some characters are percent-encoded; one that is broken is left out. */
    private static @Nullable String attribute(String attributes, String key) {
        for (String pair : attributes.split(",")) {
            int equal = pair.indexOf('=');
            if (equal > 0 && pair.substring(0, equal).strip().equals(key)) {
                try {
                    String plus = pair.substring(equal + 1).replace("+", "%2B");
                    return URLDecoder.decode(plus, StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return null;
                }
            }
        }
        return null;
    }
}
