package iopath.analyzer.summarize;

import org.jspecify.annotations.Nullable;

/**
 * One method that the agent watches, or could not.
 *
 * @param status {@code applied}, {@code absent}, {@code failed} or {@code off}
 * @param why {@code null} if applied
 */
public record Hook(String target, String status, @Nullable String why) {}
