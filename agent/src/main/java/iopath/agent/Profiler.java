package iopath.agent;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Totals;
import iopath.agent.classify.Path;
import iopath.agent.emit.AgentFacts;
import iopath.agent.emit.AgentRecording;
import iopath.agent.emit.Emitter;
import iopath.agent.emit.RecordingPlan;
import iopath.agent.emit.RecordingWatch;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.HiddenNames;
import iopath.agent.endpoint.Namer;
import iopath.agent.endpoint.OwnFiles;
import iopath.agent.instrument.HookInstaller;
import iopath.agent.instrument.HookState;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import iopath.agent.observe.Observer;
import iopath.agent.probe.Probe;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The only wiring: builds the stages, connects them, and takes them apart again. */
final class Profiler {

    /** Rows of totals for a thread before new ones are folded. */
    private static final int ROWS = 2048;

    /** 2^12 buckets of 16 KiB each: links into 64 MiB of buffers at a time. */
    private static final int LINK_BITS = 12;

    private final AgentOptions options;
    private final ClassFiles files;
    private final OwnFiles own = new OwnFiles();
    private final HookInstaller hooks;
    private final Contents contents;
    private final Observer observer;
    private final Runnable news;
    private final Emitter emitter;
    private final RecordingWatch watch;
    private final long installed = System.currentTimeMillis();
    private long stallNanos;
    private int uncounted = Probe.uncounted;
    private @Nullable AgentRecording recording;

    /**
     * A profiler that is not installed yet.
     *
     * @param news runs when {@link #status} has changed: after each periodic drain while a recording runs, and when the
     *     first one begins and the last one ends
     * @param lowSpace runs when the disk under JFR's repository is nearly full
     */
    Profiler(
            Instrumentation instrumentation, AgentOptions options, ClassFiles files, Runnable news, Runnable lowSpace) {
        boolean tiny = "tiny".equals(System.getProperty("iopath.test.tableSize"));
        this.options = options;
        this.files = files;
        HiddenNames hidden = options.redactPaths() ? new HiddenNames(options.redactKey()) : null;
        var jar = ClassFiles.location();
        if (jar != null) {
            own.add(jar);
        }
        Namer namer = new Namer(hidden, options.redactPeers(), own);
        this.hooks = new HookInstaller(instrumentation, options.hooks(), files.bytes());
        Endpoints endpoints = new Endpoints(namer, tiny ? 8 : Endpoints.LIMIT);
        Details details = new Details();
        Totals totals = new Totals(endpoints, tiny ? 4 : ROWS);
        LinkTable links = new LinkTable(tiny ? 1 : LINK_BITS);
        this.contents = new Contents(links, options.content());
        this.news = news;
        this.emitter =
                new Emitter(facts(hidden), endpoints, details, totals, links, hooks, this::everySecond, lowSpace);
        this.observer = new Observer(endpoints, links, contents, details, totals, emitter, options.sample());
        emitter.suppressions().of(observer.failures());
        emitter.blindSpots().of(observer.unfollowed(), observer::unseen);
        this.watch = new RecordingWatch(emitter, Saboteur.of(observer), news);
    }

    private void everySecond() {
        contents.refill();
        if (Probe.uncounted != uncounted) {
            uncounted = Probe.uncounted;
            observer.forgetFrames();
        }
        news.run();
    }

    private AgentFacts facts(@Nullable HiddenNames hidden) {
        String command = System.getProperty("sun.java.command", "");
        String main = command.isEmpty() ? "" : command.split(" ", 2)[0];
        if (hidden != null && main.indexOf('/') >= 0) {
            // Behind java -jar stands a path.
            main = hidden.path(main);
        }
        return new AgentFacts(
                AgentMain.version(), System.getProperty("java.version", ""), main, options.text(), installed);
    }

    /**
     * Weaves the hooks; from now on any recording gets its events. Whatever goes wrong: then nothing is left of it.
     *
     * @throws Refusal if the hooks of another copy of iopath are in this JVM, or if they do not see what they should
     */
    void install() throws Refusal, IOException, ClassNotFoundException {
        if (!Probe.claim(this)) {
            throw new Refusal("another copy of iopath, of another class loader, has its hooks in this JVM; take it out"
                    + " as it was put in");
        }
        try {
            put();
        } catch (Throwable e) {
            withdraw(e);
            throw e;
        }
    }

    private void put() throws Refusal, IOException, ClassNotFoundException {
        Fault.at("register");
        emitter.register();
        Fault.at("preload");
        Preload.run(files.stages());
        try (Stall stall = new Stall()) {
            hooks.install(() -> Fault.at("weave"));
            stallNanos = stall.longestNanos();
        }
        Fault.at("check");
        String wrong = SelfCheck.run(hooks);
        if (wrong != null) {
            throw new Refusal(wrong + "; another agent may stand in the way");
        }
        Fault.at("watch");
        watch.start();
        Fault.at("watched");
    }

    /** Takes the hooks out since {@code why} happened, and says so in the recordings that run. */
    void withdraw(Throwable why) {
        String message = why.getMessage();
        String text = why instanceof Refusal && message != null ? message : why.toString();
        undo(List.of(() -> emitter.withdraw(text), this::stopRecording, watch::stop, this::unweave));
    }

    /**
     * Starts the recording of {@code plan}.
     *
     * @param ended runs once it has ended; gets the reason if it had to end before its time
     */
    void record(RecordingPlan plan, Consumer<@Nullable String> ended) throws IOException {
        Fault.at("record");
        AgentRecording made = AgentRecording.start(plan, emitter::eventBytes, ended);
        recording = made;
        var file = made.file();
        if (file != null) {
            own.add(file);
        }
        Fault.at("recorded");
    }

    /** Takes a file of iopath's own, which is no application's. */
    void own(String file) {
        own.add(java.nio.file.Path.of(file));
    }

    /** Whether the recording that was asked for still runs. */
    boolean isRecording() {
        return recording != null && recording.isRunning();
    }

    /** Ends the recording, if one runs, and writes its file. */
    void stopRecording() {
        if (recording != null) {
            recording.stop();
        }
    }

    /** Switches the probe off at once: no more events, whoever records. */
    void silence() {
        watch.stop();
    }

    /**
     * Ends the recording, writes what was counted into those that go on, and takes the hooks out. A step that fails does
     * not keep the others from being made.
     *
     * @return what could not be undone, {@code null} if all was
     */
    @Nullable
    String uninstall() {
        return undo(List.of(this::stopRecording, watch::stop, this::unweave));
    }

    private @Nullable String undo(List<Runnable> steps) {
        List<String> failed = new ArrayList<>();
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (Throwable e) {
                failed.add(e.toString());
            }
        }
        Probe.release(this);
        return failed.isEmpty() ? null : String.join(", ", failed);
    }

    private void unweave() {
        try (Stall stall = new Stall()) {
            List<String> left = hooks.uninstall();
            stallNanos = Math.max(stallNanos, stall.longestNanos());
            if (!left.isEmpty()) {
                throw new IllegalStateException("the JVM keeps the hooks in " + left + ", which find nobody to tell");
            }
        }
    }

    /** What it was built with. */
    AgentOptions options() {
        return options;
    }

    /** What a client reads: fields as {@code key=value}, parted by semicolons. */
    String status() {
        StringBuilder text = new StringBuilder();
        long applied = hooks.states().stream()
                .filter(hook -> hook.status() == HookState.Status.APPLIED)
                .count();
        long wanted = hooks.states().stream()
                .filter(hook -> hook.status() != HookState.Status.OFF)
                .count();
        text.append("installed=").append(installed);
        text.append(";hooks=").append(applied).append(" of ").append(wanted);
        text.append(";stallNanos=").append(stallNanos);
        text.append(";options=").append(options.text().replace(';', ' '));
        text.append(";events=").append(watch.isOn() ? "on" : "off");
        AgentRecording made = recording;
        if (made != null) {
            text.append(";recording=").append(made.isRunning() ? "running" : "ended");
            if (made.file() != null) {
                text.append(";file=").append(made.file().toString().replace(';', ' '));
            }
            text.append(";until=").append(made.endMillis());
        }
        long suppressed = emitter.suppressions().calls();
        if (suppressed > 0) {
            text.append(";suppressed=").append(suppressed);
            text.append(";thrown=").append(emitter.suppressions().last().replace(';', ' '));
        }
        long[] bytes = emitter.bytesByPath();
        for (Path path : Path.values()) {
            if (bytes[path.ordinal()] != 0) {
                text.append(';').append(path.text()).append('=').append(bytes[path.ordinal()]);
            }
        }
        return text.toString();
    }
}
