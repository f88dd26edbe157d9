package iopath.agent.emit;

import org.jspecify.annotations.Nullable;

/**
 * A recording that the agent is asked to make.
 *
 * @param file name, in which {@code %p} is the process id and {@code %t} the time in UTC; {@code null} for a recording
 *     that is only streamed
 * @param durationMillis after which it ends, 0 for the end of the JVM
 * @param maxAgeMillis how long its data are kept, 0 for ever
 * @param maxBytes how many bytes of it are kept, 0 for all
 */
public record RecordingPlan(@Nullable String file, long durationMillis, long maxAgeMillis, long maxBytes) {}
