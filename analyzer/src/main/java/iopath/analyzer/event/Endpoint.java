package iopath.analyzer.event;

import org.jspecify.annotations.Nullable;

/**
 * One end of a transfer.
 *
 * @param kind {@code file}, {@code socket}, {@code pipe} or {@code memory}
 * @param name a path or an address; {@code null} for memory
 */
public record Endpoint(String kind, @Nullable String name) {

    /** The kind of an end that is the application itself. */
    public static final String MEMORY = "memory";

    /** Whether this end is the application itself. */
    public boolean isMemory() {
        return kind.equals(MEMORY);
    }
}
