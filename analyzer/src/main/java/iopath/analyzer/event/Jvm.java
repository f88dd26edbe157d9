package iopath.analyzer.event;

import org.jspecify.annotations.Nullable;

/**
 * What the JDK's own events say of a JVM; each part comes from another event.
 *
 * @param java version as in {@code 17.0.15}, or {@code null} if this event does not tell
 * @param pid process number, or {@code null}
 * @param mainClass main class or jar, or {@code null}
 */
public record Jvm(
        @Nullable String java, @Nullable Long pid, @Nullable String mainClass) {}
