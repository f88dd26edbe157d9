package iopath.agent;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Totals;
import iopath.agent.emit.AgentFacts;
import iopath.agent.emit.Emitter;
import iopath.agent.emit.Identity;
import iopath.agent.emit.RecordingWatch;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.HiddenNames;
import iopath.agent.endpoint.Namer;
import iopath.agent.endpoint.OwnFiles;
import iopath.agent.instrument.HookInstaller;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import iopath.agent.observe.Observer;
import iopath.agent.probe.Probe;
import org.jspecify.annotations.Nullable;

/** What an operation runs through while somebody records, from the probe to the events; made when JFR is first used. */
final class Stages {

    /** Rows of totals for a thread before new ones are folded. */
    private static final int ROWS = 2048;

    /** 2^11 buckets of 16 KiB each: links into 32 MiB of buffers at a time, in 2 MiB of heap. */
    private static final int LEAST_LINK_BITS = 11;

    /** Links into 128 MiB of buffers, in 8 MiB of heap. */
    private static final int LINK_BITS = 13;

    /** Where that is not enough, links into 1 GiB at most, in 64 MiB of heap. */
    private static final int MOST_LINK_BITS = 16;

    /** The links may take a 64th of the heap. */
    private static final int HEAP_SHIFT = 6;

    /** Bytes that 2^0 buckets take. */
    private static final int BUCKET_SHIFT = 10;

    private final Contents contents;
    private final Observer observer;
    private final Profiler.Owner owner;
    private final Emitter emitter;
    private final RecordingWatch watch;
    private int uncounted = Probe.uncounted;

    /**
     * Stages that get nothing yet.
     *
     * @param installed when the hooks came into this JVM, in epoch milliseconds
     */
    Stages(AgentOptions options, HookInstaller hooks, OwnFiles own, long installed, Profiler.Owner owner) {
        boolean tiny = "tiny".equals(System.getProperty("iopath.test.tableSize"));
        HiddenNames hidden = options.redactPaths() ? new HiddenNames(options.redactKey()) : null;
        Namer namer = new Namer(hidden, options.redactPeers(), own);
        Endpoints endpoints = new Endpoints(namer, tiny ? 8 : Endpoints.LIMIT);
        Details details = new Details();
        Totals totals = new Totals(endpoints, tiny ? 4 : ROWS);
        LinkTable links = tiny ? new LinkTable(1) : links(Runtime.getRuntime().maxMemory());
        this.contents = new Contents(links, options.content());
        this.owner = owner;
        this.emitter = new Emitter(
                facts(options, hidden, installed),
                endpoints,
                details,
                totals,
                links,
                hooks,
                this::settle,
                this::everySecond,
                owner::lowSpace);
        this.observer = new Observer(endpoints, links, contents, details, totals, emitter, options.sample());
        emitter.suppressions().of(observer.failures());
        emitter.blindSpots().of(observer.unfollowed(), observer::unseen);
        this.watch = new RecordingWatch(emitter, Saboteur.of(observer), owner::news);
    }

    private void settle() {
        observer.settle();
    }

    /** As large as a part of the heap allows. */
    private static LinkTable links(long heap) {
        long buckets = Math.max(heap >>> HEAP_SHIFT + BUCKET_SHIFT, 1);
        int allowed = Math.max(Long.SIZE - 1 - Long.numberOfLeadingZeros(buckets), LEAST_LINK_BITS);
        return new LinkTable(Math.min(allowed, LINK_BITS), Math.min(allowed, MOST_LINK_BITS));
    }

    private void everySecond() {
        contents.refill();
        if (Probe.uncounted != uncounted) {
            uncounted = Probe.uncounted;
            observer.forgetFrames();
        }
        owner.news();
    }

    private static AgentFacts facts(AgentOptions options, @Nullable HiddenNames hidden, long installed) {
        String command = System.getProperty("sun.java.command", "");
        String main = command.isEmpty() ? "" : command.split(" ", 2)[0];
        if (hidden != null && main.indexOf('/') >= 0) {
            // Behind java -jar stands a path.
            main = hidden.path(main);
        }
        return new AgentFacts(
                AgentMain.version(),
                System.getProperty("java.version", ""),
                main,
                Identity.of(options.identity(), System.getenv(), main, options.redactPeers()),
                options.text(),
                installed);
    }

    /** What writes the events. */
    Emitter emitter() {
        return emitter;
    }

    /** What switches the probe on and off. */
    RecordingWatch watch() {
        return watch;
    }
}
