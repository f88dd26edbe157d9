package iopath.analyzer.summarize;

import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who a JVM is among many, as its agent says; each part may be {@code null}, since older agents say nothing.
 *
 * @param service name of the service
 * @param version of the service
 * @param instance which of the service's processes it is
 * @param labels as given, by key
 */
public record Identity(
        @Nullable String service,
        @Nullable String version,
        @Nullable String instance,
        SortedMap<String, String> labels) {

    /** That of a JVM of which nobody says it. */
    public static final Identity UNKNOWN = new Identity(null, null, null, new TreeMap<>());

    /** By all parts. */
    public static final Comparator<Identity> ORDER = Comparator.comparing(
                    Identity::service, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Identity::version, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Identity::instance, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(identity -> identity.labels().toString());

    /** As the agent says it: by {@code service}, {@code version}, {@code instance} and {@code labels}. */
    static Identity of(Map<String, String> said) {
        TreeMap<String, String> pairs = new TreeMap<>();
        for (String pair : said.getOrDefault("labels", "").split(",")) {
            int equal = pair.indexOf('=');
            if (equal > 0) {
                pairs.put(pair.substring(0, equal), pair.substring(equal + 1));
            }
        }
        return new Identity(said.get("service"), said.get("version"), said.get("instance"), pairs);
    }

    /** With these labels. */
    public static Identity of(
            @Nullable String service, @Nullable String version, @Nullable String instance, Map<String, String> labels) {
        return new Identity(service, version, instance, new TreeMap<>(labels));
    }
}
