package iopath.analyzer.summarize;

import iopath.analyzer.event.AgentState;
import iopath.analyzer.event.HookStatus;
import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.LiveSink;
import iopath.analyzer.event.Reading;
import iopath.analyzer.event.TransferSample;
import iopath.analyzer.event.TransferTotals;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The last minute of a running JVM.
 *
 * <p>The agent tells its totals in rounds, one a second. A round ends when it is told; its amounts are those since the
 * round before. May be fed by one thread and asked by another.
 */
public final class Live implements LiveSink {
    /** Seconds of a {@link Flow}'s history. */
    public static final int HISTORY_SECONDS = 60;

    /** Seconds over which endpoints, sites and findings are summed up: a screen that jumps cannot be read. */
    public static final int RECENT_SECONDS = 10;

    private static final long SECOND = 1_000_000_000;

    /** The events of one round have times that differ by the time it takes to write them. */
    private static final long ROUND_NANOS = SECOND / 4;

    /** With nothing to tell the agent leaves a round out: what a later one tells is of its own second. */
    private static final long GAP_NANOS = SECOND * 3 / 2;

    /** JFR hands events on once a second: only after twice that it is certain that nothing happened. */
    private static final long SILENCE_NANOS = SECOND * 5 / 2;

    private final long sinceNanos;
    private final Application application;
    private final Deque<Round> rounds = new ArrayDeque<>();
    private final Map<String, HookStatus> hooks = new HashMap<>();
    private final List<TransferSample> samples = new ArrayList<>();
    private @Nullable AgentState agent;
    private @Nullable String java;
    private @Nullable Long pid;
    private @Nullable String mainClass;
    private long begunNanos = Long.MAX_VALUE;
    private long nanos;
    private long toldNanos;
    private long toldArrivedNanos;

    /**
     * A minute without anything.
     *
     * @param sinceNanos what was told of an earlier time is the past, nanoseconds since the epoch
     */
    public Live(long sinceNanos) {
        this(sinceNanos, Application.TO_BE_FOUND);
    }

    /** The same, with an application whose lines findings name. */
    public Live(long sinceNanos, Application application) {
        this.sinceNanos = sinceNanos;
        this.application = application;
    }

    @Override
    public synchronized void at(long eventNanos) {
        nanos = eventNanos;
    }

    @Override
    public synchronized void flushed(long arrivedNanos) {
        Round last = rounds.peekLast();
        if (last != null && last.to() != toldNanos) {
            toldNanos = last.to();
            toldArrivedNanos = arrivedNanos;
        }
    }

    @Override
    public void file(String name) {
        // A JVM is no list of files.
    }

    @Override
    public synchronized void transfer(TransferTotals totals) {
        round().add(totals);
    }

    @Override
    public synchronized void io(IoTotals totals) {
        round().add(totals);
    }

    @Override
    public synchronized void sample(TransferSample sample) {
        samples.add(sample);
    }

    @Override
    public synchronized void hook(HookStatus hook) {
        hooks.put(hook.target(), hook);
    }

    @Override
    public synchronized void agent(AgentState state) {
        agent = state;
        jvm(new Jvm(state.jdk(), state.pid(), state.mainClass()));
    }

    @Override
    public synchronized void jvm(Jvm jvm) {
        java = jvm.java() == null ? java : jvm.java();
        pid = pid == null ? jvm.pid() : pid; // the first to tell is the one outside, where a container's is another
        mainClass = jvm.mainClass() == null ? mainClass : jvm.mainClass();
    }

    private Round round() {
        Round last = rounds.peekLast();
        if (last != null && nanos - last.to() < ROUND_NANOS) {
            return last;
        }
        boolean next = last != null && nanos - last.to() < GAP_NANOS;
        Round round = new Round(next ? last.to() : nanos - SECOND, nanos, new ArrayList<>(samples));
        samples.clear();
        rounds.addLast(round);
        begunNanos = Math.min(begunNanos, round.from());
        forget(nanos);
        return round;
    }

    private void forget(long now) {
        while (rounds.getFirst().to() <= now - (HISTORY_SECONDS + 1) * SECOND) {
            rounds.removeFirst();
        }
        for (Round round : rounds) {
            if (round.to() <= now - RECENT_SECONDS * SECOND) {
                round.forgetNames();
            }
        }
    }

    /**
     * What happens now.
     *
     * @param atNanos by the clock that says when events arrive
     */
    public synchronized Moment moment(long atNanos) {
        long now = now(atNanos);
        String version = agent == null ? null : agent.version();
        Identity identity = agent == null ? Identity.UNKNOWN : Identity.of(agent.identity());
        Recording.Process process = new Recording.Process(java, pid, mainClass, version, identity);
        Part second = part(now, SECOND);
        Part recent = part(now, RECENT_SECONDS * SECOND);
        List<Transfer> transfers =
                second.profile.transfers().stream().map(second::rate).toList();
        return new Moment(
                process,
                toldNanos != 0 && toldNanos >= sinceNanos,
                now,
                Summary.of(transfers),
                flows(transfers, now),
                recent.profile.endpoints().stream().map(recent::rate).toList(),
                recent.profile.sites().stream().map(recent::rate).toList(),
                recent.profile.findings().stream()
                        .filter(finding -> !finding.code().equals(Findings.NO_EVENTS)) // silence is no news here
                        .toList());
    }

    /** The time in the JVM: that of the last whole round, unless more should have come since. */
    private long now(long atNanos) {
        if (toldNanos == 0) {
            return 0;
        }
        long late = atNanos - toldArrivedNanos;
        return late < SILENCE_NANOS ? toldNanos : toldNanos + late - SECOND;
    }

    /** Sums of the rounds that ended within a span of time. */
    private Part part(long now, long span) {
        Tally tally = new Tally(application);
        long from = now;
        for (Round round : rounds) {
            if (round.to() > now - span && round.to() <= toldNanos) {
                round.tell(tally);
                from = Math.min(from, round.from());
            }
        }
        hooks.values().forEach(tally::hook);
        if (agent != null) {
            tally.agent(agent);
        } else if (mainClass != null) {
            tally.jvm(new Jvm(java, pid, mainClass));
        }
        long seen = Math.max(SECOND, Math.min(span, now - begunNanos));
        return new Part(
                tally.profile(new Reading(List.of(), from, now, List.of(), List.of())), Math.max(seen, now - from));
    }

    private List<Flow> flows(List<Transfer> transfers, long now) {
        Map<Tally.RowKey, long[]> histories = histories(now);
        Map<Tally.RowKey, Transfer> rows = new HashMap<>();
        histories.keySet().forEach(key -> rows.put(key, key.row(new Tally.Sums())));
        transfers.forEach(row -> rows.put(Tally.RowKey.of(row), row));
        List<Flow> flows = new ArrayList<>();
        rows.forEach((key, row) -> {
            long[] history = histories.getOrDefault(key, new long[HISTORY_SECONDS]);
            if (row.bytes() > 0 || Arrays.stream(history).anyMatch(bytes -> bytes > 0)) {
                flows.add(new Flow(row, Arrays.stream(history).boxed().toList()));
            }
        });
        flows.sort(ORDER);
        return flows;
    }

    private Map<Tally.RowKey, long[]> histories(long now) {
        Map<Tally.RowKey, double[]> exact = new HashMap<>();
        for (Round round : rounds) {
            round.bytes().forEach((key, bytes) -> {
                double[] history = exact.computeIfAbsent(key, k -> new double[HISTORY_SECONDS]);
                for (int i = 0; i < HISTORY_SECONDS; i++) {
                    long end = now - (HISTORY_SECONDS - 1 - i) * SECOND;
                    long overlap = Math.min(end, round.to()) - Math.max(end - SECOND, round.from());
                    if (overlap > 0) {
                        history[i] += (double) bytes * overlap / (round.to() - round.from());
                    }
                }
            });
        }
        Map<Tally.RowKey, long[]> histories = new HashMap<>();
        exact.forEach((key, history) -> histories.put(
                key,
                Arrays.stream(history)
                        .mapToLong(bytes -> Math.max(0, Math.round(bytes)))
                        .toArray()));
        return histories;
    }

    private static final Comparator<Flow> ORDER = Comparator.<Flow>comparingLong(
                    flow -> flow.now().bytes())
            .reversed()
            .thenComparing(flow -> flow.now().source())
            .thenComparing(flow -> flow.now().sink())
            .thenComparing(flow -> flow.now().path())
            .thenComparing(flow -> flow.now().reason())
            .thenComparing(flow -> flow.now().detail(), Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(flow -> flow.now().evidence())
            .thenComparingInt(flow -> flow.now().cpuCopies())
            .thenComparingInt(flow -> flow.now().applicationCopies());

    /** Sums over a span of time. */
    private record Part(Profile profile, long nanos) {
        Transfer rate(Transfer row) {
            return new Transfer(
                    row.source(),
                    row.sink(),
                    row.path(),
                    row.reason(),
                    row.detail(),
                    row.evidence(),
                    rate(row.bytes()),
                    rate(row.operations()),
                    rate(row.calls()),
                    row.cpuCopies(),
                    row.applicationCopies(),
                    rate(row.nanos()));
        }

        EndpointUse rate(EndpointUse row) {
            return new EndpointUse(row.kind(), row.name(), rate(row.readBytes()), rate(row.writtenBytes()));
        }

        Site rate(Site row) {
            return new Site(row.frame(), row.source(), row.sink(), row.path(), row.reason(), rate(row.bytes()));
        }

        private long rate(long amount) {
            return Math.round((double) amount * SECOND / nanos);
        }
    }
}
