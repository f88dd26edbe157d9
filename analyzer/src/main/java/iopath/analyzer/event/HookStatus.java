package iopath.analyzer.event;

import org.jspecify.annotations.Nullable;

/**
 * One {@code iopath.Hook} event.
 *
 * @param atNanos when it was said, nanoseconds since the epoch
 * @param status {@code applied}, {@code absent}, {@code failed} or {@code off}
 * @param why {@code null} if applied
 */
public record HookStatus(
        long atNanos,
        String target,
        String status,
        @Nullable String why) {}
