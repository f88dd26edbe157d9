package iopath.analyzer.summarize;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a profile comes from.
 *
 * @param files as they were named
 * @param startNanos nanoseconds since the epoch
 * @param jvms one for each JVM that was recorded, in the order of the files
 * @param cpu the processor time of all of them, or {@code null} if the recording does not tell
 */
public record Recording(
        List<String> files,
        long startNanos,
        long durationNanos,
        List<Process> jvms,
        @Nullable CpuUse cpu) {
    public Recording {
        files = List.copyOf(files);
        jvms = List.copyOf(jvms);
    }

    /**
     * A recorded JVM.
     *
     * @param java version as in {@code 17.0.15}, or {@code null}
     * @param pid process number, or {@code null}
     * @param mainClass main class or jar, or {@code null}
     * @param agent the agent's version, or {@code null} if there was none
     */
    public record Process(
            @Nullable String java,
            @Nullable Long pid,
            @Nullable String mainClass,
            @Nullable String agent) {}
}
