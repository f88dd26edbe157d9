package iopath.analyzer.summarize;

import iopath.analyzer.event.AgentState;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.Suppressed;
import iopath.analyzer.event.Unseen;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The JVMs of the recordings, and what their agents say of themselves. */
final class Processes {
    private final Map<Agent, Counters> agents = new LinkedHashMap<>();
    private final Set<Recording.Process> known = new LinkedHashSet<>();
    private final Map<Agent, Recording.Process> agentsOfFile = new LinkedHashMap<>();
    private final Map<List<String>, HookFailure> failures = new LinkedHashMap<>();
    private final Map<List<String>, BlindSpot> blindSpots = new LinkedHashMap<>();
    private final Set<String> cautions = new TreeSet<>();
    private @Nullable String java;
    private @Nullable Long pid;
    private @Nullable String mainClass;

    /** A JVM is told apart by these two. */
    private record Agent(long pid, long installedMillis) {}

    void add(Suppressed row) {
        HookFailure failure = new HookFailure(row.target(), row.thrown(), row.calls());
        failures.merge(List.of(row.target(), row.thrown()), failure, HookFailure::plus);
    }

    void add(Unseen row) {
        BlindSpot spot = new BlindSpot(row.kind(), row.name(), row.bytes(), row.followed());
        blindSpots.merge(List.of(row.kind(), row.name()), spot, BlindSpot::plus);
    }

    void add(AgentState state) {
        if (state.warning() != null) {
            cautions.add(state.warning());
        }
        Agent agent = new Agent(state.pid(), state.installedMillis());
        agents.computeIfAbsent(agent, a -> new Counters()).add(state);
        agentsOfFile.putIfAbsent(
                agent,
                new Recording.Process(
                        state.jdk(), state.pid(), state.mainClass(), state.version(), Identity.of(state.identity())));
    }

    void add(Jvm jvm) {
        java = jvm.java() == null ? java : jvm.java();
        pid = jvm.pid() == null ? pid : jvm.pid();
        mainClass = jvm.mainClass() == null ? mainClass : jvm.mainClass();
    }

    void nextFile() {
        for (Recording.Process process : agentsOfFile.values()) {
            boolean same = pid == null || pid.equals(process.pid());
            known.add(new Recording.Process(
                    process.java() == null && same ? java : process.java(),
                    process.pid(),
                    process.mainClass() == null && same ? mainClass : process.mainClass(),
                    process.agent(),
                    process.identity()));
        }
        if (agentsOfFile.isEmpty() && (java != null || pid != null || mainClass != null)) {
            known.add(new Recording.Process(java, pid, mainClass, null));
        }
        agentsOfFile.clear();
        java = null;
        pid = null;
        mainClass = null;
    }

    List<Recording.Process> jvms() {
        nextFile();
        return List.copyOf(known);
    }

    /** What the agents do not see, as far as they say. */
    Blind blind(long namesFolded, List<Sight> sights, List<String> warnings) {
        Collection<Counters> all = agents.values();
        return new Blind(
                !all.isEmpty(),
                sum(all, c -> c.within(c.samples)),
                sum(all, c -> c.within(c.samplesDropped)),
                // A table that was full before the recording began still folds what the recording sees.
                sum(all, c -> c.rowsFolded.max),
                sum(all, c -> c.within(c.linksLost)),
                sum(all, c -> c.within(c.runtimeBytes)),
                namesFolded,
                failures.values().stream().sorted(HookFailure.ORDER).toList(),
                blindSpots.values().stream().sorted(BlindSpot.ORDER).toList(),
                sights,
                List.copyOf(cautions),
                warnings);
    }

    private static long sum(Collection<Counters> all, ToLongFunction<Counters> part) {
        return new ArrayList<>(all).stream().mapToLong(part).reduce(0, Saturated::add);
    }

    /** Running totals of one JVM: a recording sees the difference of its two ends. */
    private static final class Counters {
        private final Range samples = new Range();
        private final Range samplesDropped = new Range();
        private final Range rowsFolded = new Range();
        private final Range linksLost = new Range();
        private final Range runtimeBytes = new Range();
        private int events;

        void add(AgentState state) {
            events++;
            samples.add(state.samples());
            samplesDropped.add(state.samplesDropped());
            rowsFolded.add(state.rowsFolded());
            linksLost.add(state.linksLost());
            runtimeBytes.add(state.runtimeBytes());
        }

        /** A recording that was cut before its other end tells no difference; the total is what is known. */
        long within(Range range) {
            return events == 1 ? range.max : Saturated.add(range.max, -range.min);
        }
    }

    private static final class Range {
        private long min = Long.MAX_VALUE;
        private long max;

        void add(long value) {
            min = Math.min(min, Math.max(0, value));
            max = Math.max(max, value);
        }
    }
}
