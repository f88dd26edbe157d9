package iopath.analyzer.summarize;

import iopath.analyzer.event.AgentState;
import iopath.analyzer.event.ContentLook;
import iopath.analyzer.event.CpuLoad;
import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.EventSink;
import iopath.analyzer.event.HookStatus;
import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.Reading;
import iopath.analyzer.event.Route;
import iopath.analyzer.event.Suppressed;
import iopath.analyzer.event.TransferSample;
import iopath.analyzer.event.TransferTotals;
import iopath.analyzer.event.Unseen;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds events up to a {@link Profile}, in memory that is bounded whatever the number of events and names. */
public final class Tally implements EventSink {
    /** Past these many keys, names are forgotten; the sums stay exact. */
    private static final int MAX_KEYS = 50_000;

    private static final int MAX_ROWS = 500;
    private static final int MAX_ENDPOINTS = 200;
    private static final int MAX_SITES = 200;
    private static final int MAX_STACKS = 300;

    private final Looks looks = new Looks();
    private final Map<Route, Sums> routes = new HashMap<>();
    private final Map<IoKey, Sums> io = new HashMap<>();
    private final SiteBook sites = new SiteBook();
    private final Slots slots = new Slots();
    private final Processes processes = new Processes();
    private final CpuBook cpu = new CpuBook();
    private final Map<String, HookStatus> hooksOfFile = new HashMap<>();
    private final Map<String, Hook> hooks = new HashMap<>();
    private final Application application;
    private long namesFolded;
    private long nanos;

    /** Finds out by itself which code is the application's. */
    public Tally() {
        this(Application.TO_BE_FOUND);
    }

    /** With an application whose lines findings name. */
    public Tally(Application application) {
        this.application = application;
    }

    @Override
    public void file(String name) {
        sites.nextFile();
        processes.nextFile();
        cpu.nextFile();
        keepHooks();
    }

    @Override
    public void at(long eventNanos) {
        nanos = eventNanos;
    }

    @Override
    public void transfer(TransferTotals totals) {
        Sums sums = routes.get(totals.route());
        if (sums == null) {
            Route route = totals.route();
            if (routes.size() >= MAX_KEYS) {
                namesFolded++;
                route = new Route(
                        folded(route.source()),
                        folded(route.sink()),
                        route.path(),
                        route.reason(),
                        route.detail(),
                        route.evidence(),
                        route.cpuCopies(),
                        route.applicationCopies());
            }
            sums = routes.computeIfAbsent(route, r -> new Sums());
        }
        sums.add(totals.bytes(), totals.operations(), totals.calls(), totals.nanos(), totals.copiedInVain());
        slots.add(nanos, totals.route(), totals.bytes());
        sites.moved(totals.route(), totals.bytes());
    }

    @Override
    public void io(IoTotals totals) {
        IoKey key = new IoKey(totals.endpoint(), totals.direction(), totals.buffer());
        Sums sums = io.get(key);
        if (sums == null) {
            if (io.size() >= MAX_KEYS) {
                namesFolded++;
                key = new IoKey(folded(totals.endpoint()), totals.direction(), totals.buffer());
            }
            sums = io.computeIfAbsent(key, k -> new Sums());
        }
        sums.add(totals.bytes(), totals.operations(), totals.calls(), 0, 0);
    }

    @Override
    public void sample(TransferSample sample) {
        sites.add(sample);
    }

    @Override
    public void look(ContentLook look) {
        looks.add(look);
    }

    @Override
    public void hook(HookStatus hook) {
        hooksOfFile.merge(hook.target(), hook, (a, b) -> b.atNanos() >= a.atNanos() ? b : a);
    }

    @Override
    public void suppressed(Suppressed failures) {
        processes.add(failures);
    }

    @Override
    public void unseen(Unseen bytes) {
        processes.add(bytes);
    }

    @Override
    public void agent(AgentState agent) {
        processes.add(agent);
    }

    @Override
    public void jvm(Jvm jvm) {
        processes.add(jvm);
    }

    @Override
    public void cpu(CpuLoad load) {
        cpu.load(nanos, load.process());
    }

    @Override
    public void processors(int count) {
        cpu.processors(count);
    }

    private static Endpoint folded(Endpoint endpoint) {
        return endpoint.name() == null ? endpoint : new Endpoint(endpoint.kind(), Words.OTHER);
    }

    /** What was added so far. */
    public Profile profile(Reading reading) {
        keepHooks();
        List<Transfer> transfers = transfers();
        List<Io> ios = ios();
        List<Site> bySite = sites.sites();
        List<Recording.Process> jvms = processes.jvms();
        Blind blind = processes.blind(namesFolded, looks.sights(), reading.warnings());
        List<Hook> hookRows = hooks.values().stream()
                .sorted(Comparator.comparing(Hook::target))
                .toList();
        Summary summary = Summary.of(transfers);
        boolean silent = transfers.isEmpty() && ios.isEmpty() && hookRows.isEmpty() && !blind.agentSeen();
        List<Estimate> estimates = looks.estimates();
        List<SmallIo> small = smallIo();
        Findings findings = new Findings(
                summary,
                transfers,
                estimates,
                small,
                ios,
                sites.seen(),
                sites.seenStacks(),
                hookRows,
                blind,
                silent,
                application.of(jvms));
        List<Finding> found = findings.list();
        Verdict verdict = new Verdict(summary, transfers, estimates, bySite, found, hookRows, blind, silent);
        long durationNanos = Math.max(0, Saturated.add(reading.endNanos(), -reading.startNanos()));
        return new Profile(
                new Recording(
                        reading.files(),
                        reading.startNanos(),
                        durationNanos,
                        jvms,
                        reading.chunks(),
                        cpu.use(durationNanos)),
                summary,
                verdict.sentence(),
                Capped.list(transfers, MAX_ROWS, Transfer::others),
                estimates,
                ios,
                capped(small),
                Capped.list(endpoints(), MAX_ENDPOINTS, EndpointUse::others),
                Capped.list(bySite, MAX_SITES, Site::others),
                firstSites(bySite),
                Capped.list(sites.stacks(), MAX_STACKS, Stack::others),
                slots.timeline(reading.startNanos(), reading.endNanos()),
                found,
                hookRows,
                blind);
    }

    private static List<SmallIo> capped(List<SmallIo> rows) {
        List<SmallIo> capped = new ArrayList<>();
        for (String direction : List.of(Words.READ, Words.WRITE)) {
            List<SmallIo> alike = rows.stream()
                    .filter(row -> row.direction().equals(direction))
                    .toList();
            capped.addAll(Capped.list(alike, MAX_ENDPOINTS, SmallIo::others));
        }
        capped.sort(SmallIo.ORDER);
        return capped;
    }

    /** Of the sites without an estimate, one for each kind of transfer of which there is no other. */
    private List<Site> firstSites(List<Site> estimated) {
        Set<Site> kinds = estimated.stream().map(Site::kind).collect(Collectors.toCollection(HashSet::new));
        return sites.seen().stream()
                .filter(site -> site.bytes() == 0 && kinds.add(site.kind()))
                .toList();
    }

    /**
     * All code that was seen to move bytes; most bytes first. In contrast to a profile's sites, the first transfer of a
     * kind is among them even where it was too small for an estimate; its bytes are 0.
     */
    public List<Site> seenSites() {
        return sites.seen();
    }

    /** A later JVM's good hook does not hide an earlier one's failure. */
    private void keepHooks() {
        for (HookStatus hook : hooksOfFile.values()) {
            hooks.merge(
                    hook.target(),
                    new Hook(hook.target(), hook.status(), hook.why()),
                    BinaryOperator.maxBy(Hook.BY_BADNESS));
        }
        hooksOfFile.clear();
    }

    /**
     * Rows by kind of endpoint. A route whose sum is negative passed bytes on that were read before the recording
     * began; it is left out before rows merge, so that it takes nothing from other endpoints.
     */
    private List<Transfer> transfers() {
        Map<RowKey, Sums> rows = new HashMap<>();
        routes.forEach((route, sums) -> {
            boolean moved = sums.bytes > 0 || sums.copiedInVain > 0;
            boolean tried = route.detail() != null && sums.calls > 0;
            if (moved || tried) {
                rows.computeIfAbsent(RowKey.of(route), k -> new Sums())
                        .add(
                                Math.max(0, sums.bytes),
                                Math.max(0, sums.operations),
                                Math.max(0, sums.calls),
                                Math.max(0, sums.nanos),
                                Math.max(0, sums.copiedInVain));
            }
        });
        List<Transfer> transfers = new ArrayList<>();
        rows.forEach((key, sums) -> transfers.add(key.row(sums)));
        transfers.sort(Transfer.ORDER);
        return transfers;
    }

    private List<Io> ios() {
        Map<List<String>, Sums> rows = new HashMap<>();
        io.forEach((key, sums) -> rows.computeIfAbsent(
                        List.of(key.endpoint.kind(), key.direction, key.buffer), k -> new Sums())
                .add(sums));
        List<Io> ios = new ArrayList<>();
        rows.forEach((key, sums) -> {
            if (sums.bytes > 0 || sums.calls > 0) {
                ios.add(new Io(
                        key.get(0), key.get(1), key.get(2), Math.max(0, sums.bytes), sums.operations, sums.calls));
            }
        });
        ios.sort(Io.ORDER);
        return ios;
    }

    /** Endpoints whose operations are many and small. */
    private List<SmallIo> smallIo() {
        Map<List<Object>, Sums> rows = new HashMap<>();
        io.forEach((key, sums) -> rows.computeIfAbsent(List.of(key.endpoint, key.direction), k -> new Sums())
                .add(sums));
        List<SmallIo> small = new ArrayList<>();
        rows.forEach((key, sums) -> {
            if (SmallIo.isSmall(sums.bytes, sums.operations)) {
                Endpoint endpoint = (Endpoint) key.get(0);
                small.add(
                        new SmallIo(endpoint.kind(), name(endpoint), (String) key.get(1), sums.bytes, sums.operations));
            }
        });
        small.sort(SmallIo.ORDER);
        return small;
    }

    /**
     * Bytes by name.
     *
     * <p>System calls tell nearly all of them. What is read out of a mapping, or written into one, has no call of its
     * own: of the bytes that leave an endpoint on the path {@code mapped}, those that no read with a mapped buffer
     * accounts for came out of a mapping of that endpoint; likewise inwards.
     */
    private List<EndpointUse> endpoints() {
        Map<Endpoint, Use> uses = new HashMap<>();
        io.forEach((key, sums) -> {
            Use use = uses.computeIfAbsent(named(key.endpoint), e -> new Use());
            long mapped = key.buffer.equals(Words.MAPPED) ? sums.bytes : 0;
            if (key.direction.equals(Words.READ)) {
                use.read = Saturated.add(use.read, sums.bytes);
                use.mappedOut = Saturated.add(use.mappedOut, -mapped);
            } else {
                use.written = Saturated.add(use.written, sums.bytes);
                use.mappedIn = Saturated.add(use.mappedIn, -mapped);
            }
        });
        routes.forEach((route, sums) -> {
            if (route.path().equals(Words.MAPPED)) {
                if (!route.source().isMemory()) {
                    Use use = uses.computeIfAbsent(named(route.source()), e -> new Use());
                    use.mappedOut = Saturated.add(use.mappedOut, sums.bytes);
                }
                if (!route.sink().isMemory()) {
                    Use use = uses.computeIfAbsent(named(route.sink()), e -> new Use());
                    use.mappedIn = Saturated.add(use.mappedIn, sums.bytes);
                }
            }
        });
        List<EndpointUse> endpoints = new ArrayList<>();
        uses.forEach((endpoint, use) -> {
            EndpointUse row = use.row(endpoint);
            if (row.bytes() > 0) {
                endpoints.add(row);
            }
        });
        endpoints.sort(EndpointUse.ORDER);
        return endpoints;
    }

    private static Endpoint named(Endpoint endpoint) {
        return new Endpoint(endpoint.kind(), name(endpoint));
    }

    private static String name(Endpoint endpoint) {
        return endpoint.name() == null ? "(no name)" : endpoint.name();
    }

    private record IoKey(Endpoint endpoint, String direction, String buffer) {}

    record RowKey(
            String source,
            String sink,
            String path,
            String reason,
            @Nullable String detail,
            String evidence,
            int cpuCopies,
            int applicationCopies) {
        static RowKey of(Route route) {
            return new RowKey(
                    route.source().kind(),
                    route.sink().kind(),
                    route.path(),
                    route.reason(),
                    route.detail(),
                    route.evidence(),
                    route.cpuCopies(),
                    route.applicationCopies());
        }

        static RowKey of(Transfer row) {
            return new RowKey(
                    row.source(),
                    row.sink(),
                    row.path(),
                    row.reason(),
                    row.detail(),
                    row.evidence(),
                    row.cpuCopies(),
                    row.applicationCopies());
        }

        Transfer row(Sums sums) {
            return new Transfer(
                    source,
                    sink,
                    path,
                    reason,
                    detail,
                    evidence,
                    sums.bytes,
                    sums.operations,
                    sums.calls,
                    cpuCopies,
                    applicationCopies,
                    sums.nanos,
                    Saturated.add(Saturated.times(sums.bytes, cpuCopies), sums.copiedInVain));
        }
    }

    /** What one endpoint's events sum up to; the last two are what mappings account for. */
    private static final class Use {
        private long read;
        private long written;
        private long mappedOut;
        private long mappedIn;

        EndpointUse row(Endpoint endpoint) {
            return new EndpointUse(
                    endpoint.kind(),
                    name(endpoint),
                    Saturated.add(Math.max(0, read), Math.max(0, mappedOut)),
                    Saturated.add(Math.max(0, written), Math.max(0, mappedIn)));
        }
    }

    /** Running sums of one key. */
    static final class Sums {
        private long bytes;
        private long operations;
        private long calls;
        private long nanos;
        private long copiedInVain;

        void add(long moreBytes, long moreOperations, long moreCalls, long moreNanos, long moreInVain) {
            bytes = Saturated.add(bytes, moreBytes);
            operations = Saturated.add(operations, moreOperations);
            calls = Saturated.add(calls, moreCalls);
            nanos = Saturated.add(nanos, moreNanos);
            copiedInVain = Saturated.add(copiedInVain, moreInVain);
        }

        void add(Sums more) {
            add(more.bytes, more.operations, more.calls, more.nanos, more.copiedInVain);
        }
    }
}
