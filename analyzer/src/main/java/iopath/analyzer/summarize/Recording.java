package iopath.analyzer.summarize;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a profile comes from.
 *
 * @param files as they were named
 * @param startNanos nanoseconds since the epoch
 * @param jvms one for each JVM that was recorded, in the order of the files
 * @param chunks what tells each chunk that was read from all others
 * @param cpu the processor time of all of them, or {@code null} if the recording does not tell
 */
public record Recording(
        List<String> files,
        long startNanos,
        long durationNanos,
        List<Process> jvms,
        List<String> chunks,
        @Nullable CpuUse cpu) {
    public Recording {
        files = List.copyOf(files);
        jvms = List.copyOf(jvms);
        chunks = List.copyOf(chunks);
    }

    /** See {@link Profile#ofProcess}. */
    Recording ofProcess(long pid) {
        if (jvms.size() != 1) {
            return this;
        }
        Process jvm = jvms.get(0);
        Process outside = new Process(jvm.java(), pid, jvm.mainClass(), jvm.agent(), jvm.identity());
        return new Recording(files, startNanos, durationNanos, List.of(outside), chunks, cpu);
    }

    /** Nanoseconds since the epoch. */
    public long endNanos() {
        return Saturated.add(startNanos, durationNanos);
    }

    /**
     * A recorded JVM.
     *
     * @param java version as in {@code 17.0.15}, or {@code null}
     * @param pid process number, or {@code null}
     * @param mainClass main class or jar, or {@code null}
     * @param agent the agent's version, or {@code null} if there was none
     * @param identity who it is among many
     */
    public record Process(
            @Nullable String java,
            @Nullable Long pid,
            @Nullable String mainClass,
            @Nullable String agent,
            Identity identity) {
        static final Comparator<Process> ORDER = Comparator.comparing(
                        Process::mainClass, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Process::pid, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Process::java, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Process::agent, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Process::identity, Identity.ORDER);

        /** A JVM of which nobody says who it is. */
        public Process(@Nullable String java, @Nullable Long pid, @Nullable String mainClass, @Nullable String agent) {
            this(java, pid, mainClass, agent, Identity.UNKNOWN);
        }

        /** The name of the service, else the main class; {@code null} if nobody says. */
        public @Nullable String name() {
            return identity.service() == null ? mainClass : identity.service();
        }
    }
}
