package iopath.agent.emit;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.aggregate.Totals;
import iopath.agent.classify.Path;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.Privilege;
import iopath.agent.instrument.HookInstaller;
import iopath.agent.instrument.HookState;
import iopath.agent.link.LinkTable;
import iopath.agent.observe.Samples;
import iopath.agent.probe.Probe;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Writes what was counted as events.
 *
 * <p>JFR calls one periodic hook once a second, and the others at both ends of a chunk. Each of them drains all totals,
 * so that a chunk has everything that happened in it, as long as one event with a hook at its end is on.
 */
public final class Emitter implements Samples {

    private static final List<Class<? extends Event>> EVENTS = List.of(
            TransferEvent.class,
            TransferTotalsEvent.class,
            IoTotalsEvent.class,
            ContentEvent.class,
            HookEvent.class,
            SuppressedEvent.class,
            UnseenEvent.class,
            AgentEvent.class);

    /** Of one event, its names in full; stacks and long names are kept apart, once. */
    private static final int MOST_EVENT_BYTES = 200;

    /** Sampled events at most; a flood of threads shall not flood the disk. */
    private static final int SAMPLES_A_SECOND = 5000;

    private final AgentFacts facts;
    private final Endpoints endpoints;
    private final Details details;
    private final Totals totals;
    private final LinkTable links;
    private final HookInstaller hooks;
    private final Suppressions suppressions;
    private final BlindSpots blindSpots;
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicInteger budget = new AtomicInteger(SAMPLES_A_SECOND);
    private final Looks looks;
    private final SpaceWatch space = new SpaceWatch();
    private long eventBytes;
    private final long[] bytesByPath = new long[Path.values().length];
    private final Runnable settle;
    private final Runnable everySecond;
    private volatile @Nullable String warning;
    private final Runnable lowSpace;
    // One object an event: JFR refuses the same hook twice.
    private final Runnable onTransferTotals = this::onSecond;
    private final Runnable onIoTotals = this::drain;
    private final Runnable onHook = this::describeHooks;
    private final Runnable onAgent = this::describeAgent;

    /**
     * An emitter of these tables.
     *
     * @param hooks asked for their states once a chunk
     * @param settle runs before each drain
     * @param everySecond runs after each periodic drain
     * @param lowSpace runs when the disk under JFR's repository is nearly full
     */
    public Emitter(
            AgentFacts facts,
            Endpoints endpoints,
            Details details,
            Totals totals,
            LinkTable links,
            HookInstaller hooks,
            Runnable settle,
            Runnable everySecond,
            Runnable lowSpace) {
        this.facts = facts;
        this.endpoints = endpoints;
        this.details = details;
        this.totals = totals;
        this.links = links;
        this.hooks = hooks;
        this.suppressions = new Suppressions(hooks);
        this.blindSpots = new BlindSpots(endpoints);
        this.settle = settle;
        this.everySecond = everySecond;
        this.looks = new Looks(endpoints, details.number(Details.TLS_FRAMING));
        this.lowSpace = lowSpace;
    }

    /**
     * Registers the event types, all from this thread. Registering late, from an advice, can deadlock with class loading
     * (JDK-8371889).
     */
    public void register() {
        for (Class<? extends Event> type : EVENTS) {
            FlightRecorder.register(type);
        }
    }

    /** What the hooks' own code throws. */
    public Suppressions suppressions() {
        return suppressions;
    }

    /** What no hook follows. */
    public BlindSpots blindSpots() {
        return blindSpots;
    }

    /** Begins to write: each second, and at both ends of a chunk. */
    void begin() {
        FlightRecorder.addPeriodicEvent(TransferTotalsEvent.class, onTransferTotals);
        FlightRecorder.addPeriodicEvent(IoTotalsEvent.class, onIoTotals);
        FlightRecorder.addPeriodicEvent(HookEvent.class, onHook);
        FlightRecorder.addPeriodicEvent(AgentEvent.class, onAgent);
    }

    /** Says in the recordings that run why there is nothing in them from now on. */
    public void withdraw(String why) {
        warning = "the hooks were taken out again: " + why;
        describeAgent();
    }

    /** Hands out what is left and takes the periodic hooks back. The types stay registered: they have no cost. */
    void unregister() {
        drain();
        FlightRecorder.removePeriodicEvent(onTransferTotals);
        FlightRecorder.removePeriodicEvent(onIoTotals);
        FlightRecorder.removePeriodicEvent(onHook);
        FlightRecorder.removePeriodicEvent(onAgent);
        totals.release();
    }

    /** Bytes of all transfers so far, by path; the order is that of {@link iopath.agent.classify.Path}. */
    public synchronized long[] bytesByPath() {
        return bytesByPath.clone();
    }

    /** Bytes of all events so far, at most: what they take in JFR's memory. */
    public synchronized long eventBytes() {
        return eventBytes + taken.get() * MOST_EVENT_BYTES;
    }

    /** Whether any recording wants any of the events. */
    static boolean isWanted() {
        return new TransferTotalsEvent().isEnabled()
                || new IoTotalsEvent().isEnabled()
                || new TransferEvent().isEnabled();
    }

    /** Forgets what was counted outside of any recording. */
    void discard() {
        settle.run();
        totals.drain();
        suppressions.discard();
        blindSpots.discard();
    }

    @Override
    public void take(long key, long bytes, long weight, long number, long corrects) {
        if (!Privilege.isNeeded()) {
            sample(key, bytes, weight, number, corrects);
            return;
        }
        // JFR of JDK 17 loads the class that writes an event at the first one, on the application's stack.
        Privilege.use(() -> {
            sample(key, bytes, weight, number, corrects);
            return true;
        });
    }

    private void sample(long key, long bytes, long weight, long number, long corrects) {
        if (budget.decrementAndGet() < 0) {
            dropped.incrementAndGet();
            return;
        }
        TransferEvent event = new TransferEvent();
        if (!event.isEnabled()) {
            dropped.incrementAndGet();
            return;
        }
        taken.incrementAndGet();
        Endpoint source = endpoints.row(Key.source(key));
        Endpoint sink = endpoints.row(Key.sink(key));
        event.source = source.kind().text();
        event.sourceName = source.name();
        event.sink = sink.kind().text();
        event.sinkName = sink.name();
        event.path = Key.path(key).text();
        event.reason = Key.reason(key).text();
        event.detail = details.word(Key.detail(key));
        event.evidence = Key.evidence(key).text();
        event.cpuCopies = Key.copies(key);
        event.applicationCopies = Key.applicationCopies(key);
        event.bytes = bytes;
        event.weight = weight;
        event.sample = number;
        event.corrects = corrects;
        event.commit();
    }

    private void onSecond() {
        drain();
        everySecond.run();
        budget.set(SAMPLES_A_SECOND);
        if (Probe.sink != null && space.isLow()) {
            lowSpace.run();
        }
    }

    private synchronized void drain() {
        settle.run();
        List<Totals.Row> rows = totals.drain();
        for (Totals.Row row : rows) {
            if (Key.isTransfer(row.key())) {
                transfer(row);
            } else if (Key.isOperation(row.key())) {
                operation(row);
            }
        }
        looks.emit(rows);
        suppressions.emit();
        blindSpots.emit();
        eventBytes += (long) MOST_EVENT_BYTES * rows.size();
    }

    private void transfer(Totals.Row row) {
        bytesByPath[Key.path(row.key()).ordinal()] += row.bytes();
        TransferTotalsEvent event = new TransferTotalsEvent();
        Endpoint source = endpoints.row(Key.source(row.key()));
        Endpoint sink = endpoints.row(Key.sink(row.key()));
        event.source = source.kind().text();
        event.sourceName = source.name();
        event.sink = sink.kind().text();
        event.sinkName = sink.name();
        event.path = Key.path(row.key()).text();
        event.reason = Key.reason(row.key()).text();
        event.detail = details.word(Key.detail(row.key()));
        event.evidence = Key.evidence(row.key()).text();
        event.cpuCopies = Key.copies(row.key());
        event.applicationCopies = Key.applicationCopies(row.key());
        event.bytes = row.bytes();
        event.operations = row.operations();
        event.calls = row.calls();
        event.nanos = row.nanos();
        event.extraCopied = row.extra();
        event.commit();
    }

    private void operation(Totals.Row row) {
        IoTotalsEvent event = new IoTotalsEvent();
        Endpoint endpoint = endpoints.row(Key.source(row.key()));
        event.endpoint = endpoint.kind().text();
        event.name = endpoint.name();
        event.direction = Key.isWrite(row.key()) ? "write" : "read";
        event.buffer = Key.buffer(row.key()).text();
        event.bytes = row.bytes();
        event.operations = row.operations();
        event.calls = row.calls();
        event.commit();
    }

    private void describeHooks() {
        drain();
        for (HookState state : hooks.states()) {
            HookEvent event = new HookEvent();
            event.target = state.target();
            event.status = state.status().text();
            event.why = state.why();
            event.commit();
            count();
        }
    }

    private synchronized void count() {
        eventBytes += MOST_EVENT_BYTES;
    }

    private void describeAgent() {
        if (Probe.sink != null) {
            blindSpots.look();
        }
        drain();
        AgentEvent event = new AgentEvent();
        event.version = facts.version();
        event.jdk = facts.jdk();
        event.pid = ProcessHandle.current().pid();
        event.mainClass = facts.mainClass();
        event.service = facts.identity().service();
        event.serviceVersion = facts.identity().version();
        event.instance = facts.identity().instance();
        event.labels = facts.identity().labels();
        event.options = facts.options();
        event.installed = facts.installed();
        event.samples = taken.get();
        event.samplesDropped = dropped.get();
        event.rowsFolded = totals.folded();
        event.linksLost = links.lost();
        event.runtimeBytes = endpoints.runtimeBytes();
        event.warning = warning;
        event.commit();
    }
}
