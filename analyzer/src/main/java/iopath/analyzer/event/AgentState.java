package iopath.analyzer.event;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One {@code iopath.Agent} event; the last five numbers are running totals of its JVM.
 *
 * @param jdk version as in {@code 17.0.15}, or {@code null}
 * @param identity who its JVM is among many: {@code service}, {@code version}, {@code instance} and {@code labels}, as
 *     far as it says so
 * @param installedMillis milliseconds since the epoch
 * @param warning why less is seen than should be, {@code null} if nothing is known
 */
public record AgentState(
        @Nullable String version,
        @Nullable String jdk,
        long pid,
        @Nullable String mainClass,
        Map<String, String> identity,
        @Nullable String options,
        long installedMillis,
        long samples,
        long samplesDropped,
        long rowsFolded,
        long linksLost,
        long runtimeBytes,
        @Nullable String warning) {}
