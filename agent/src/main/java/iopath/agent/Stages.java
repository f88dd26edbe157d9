package iopath.agent;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Totals;
import iopath.agent.emit.AgentFacts;
import iopath.agent.emit.Emitter;
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

    /** 2^12 buckets of 16 KiB each: links into 64 MiB of buffers at a time. */
    private static final int LINK_BITS = 12;

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
        LinkTable links = new LinkTable(tiny ? 1 : LINK_BITS);
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
                AgentMain.version(), System.getProperty("java.version", ""), main, options.text(), installed);
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
