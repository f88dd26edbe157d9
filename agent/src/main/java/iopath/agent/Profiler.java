package iopath.agent;

import iopath.agent.classify.Path;
import iopath.agent.emit.AgentRecording;
import iopath.agent.emit.Emitter;
import iopath.agent.emit.FirstUse;
import iopath.agent.emit.RecordingPlan;
import iopath.agent.endpoint.OwnFiles;
import iopath.agent.instrument.HookInstaller;
import iopath.agent.instrument.HookState;
import iopath.agent.probe.Probe;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The only wiring: puts the hooks in, makes the stages behind them, and takes both apart again. */
final class Profiler implements Runnable {

    /** Who has a profiler. All are called on threads that may hold locks of JFR. */
    interface Owner {

        /**
         * {@link #status} has changed: after each periodic drain while a recording runs, and when the first one begins
         * and the last one ends.
         */
        void news();

        /** The disk under JFR's repository is nearly full. */
        void lowSpace();

        /** JFR was first used, and what is behind the hooks could not be made. */
        void failed(Throwable why);
    }

    private final AgentOptions options;
    private final ClassFiles files;
    private final OwnFiles own = new OwnFiles();
    private final HookInstaller hooks;
    private final Owner owner;
    private final FirstUse firstUse = new FirstUse(this);
    private final long installed = System.currentTimeMillis();
    private long stallNanos;

    /** {@code null} as long as nobody has used JFR, and no operation can be recorded. */
    private volatile @Nullable Stages stages;

    /** What has kept the stages from being made. */
    private volatile @Nullable Throwable broken;

    private @Nullable AgentRecording recording;

    /** A profiler that is not installed yet. */
    Profiler(Instrumentation instrumentation, AgentOptions options, ClassFiles files, Owner owner) {
        this.options = options;
        this.files = files;
        this.owner = owner;
        var jar = ClassFiles.location();
        if (jar != null) {
            own.add(jar);
        }
        this.hooks = new HookInstaller(instrumentation, options.hooks(), files);
    }

    /**
     * Weaves the hooks; from now on any recording gets its events. Whatever goes wrong: then nothing is left of it.
     *
     * @param idle whether to make what is behind the hooks only when JFR is first used
     * @throws Refusal if the hooks of another copy of iopath are in this JVM, or if they do not see what they should
     */
    void install(boolean idle) throws Refusal, IOException, ClassNotFoundException {
        if (!Probe.claim(this)) {
            throw new Refusal("another copy of iopath, of another class loader, has its hooks in this JVM; take it out"
                    + " as it was put in");
        }
        try {
            put(idle);
        } catch (Throwable e) {
            withdraw(e);
            throw e;
        }
    }

    private void put(boolean idle) throws Refusal, IOException, ClassNotFoundException {
        Stages made = idle ? null : makeStages();
        try (Stall stall = new Stall()) {
            hooks.install(idle);
            stallNanos = stall.longestNanos();
        }
        Fault.at("weave");
        Fault.at("check");
        String wrong = SelfCheck.run(hooks);
        if (wrong != null) {
            throw new Refusal(wrong + "; another agent may stand in the way");
        }
        if (made == null) {
            firstUse.await();
        } else {
            begin(made);
        }
    }

    private Stages makeStages() throws IOException, ClassNotFoundException {
        Stages made = new Stages(options, hooks, own, installed, owner);
        stages = made;
        Fault.at("register");
        made.emitter().register();
        Fault.at("preload");
        Preload.run(files.stages());
        return made;
    }

    private static void begin(Stages made) {
        Fault.at("watch");
        made.watch().start();
        Fault.at("watched");
    }

    /**
     * Runs once, when JFR is first used. It may hold JFR's locks here: nothing is waited for that another thread holds
     * while it waits for JFR, such as the session.
     */
    @Override
    public void run() {
        try {
            Stages made = makeStages();
            hooks.lookAgain();
            begin(made);
        } catch (Throwable e) {
            broken = e;
            owner.failed(e);
        }
    }

    /** Takes the hooks out since {@code why} happened, and says so in the recordings that run. */
    void withdraw(Throwable why) {
        String message = why.getMessage();
        String text = why instanceof Refusal && message != null ? message : why.toString();
        undo(List.of(
                firstUse::cancel,
                () -> {
                    Stages made = stages;
                    if (made != null) {
                        made.emitter().withdraw(text);
                    }
                },
                this::stopRecording,
                this::silence,
                this::unweave));
    }

    /**
     * Starts the recording of {@code plan}.
     *
     * @param ended runs once it has ended; gets the reason if it had to end before its time
     */
    void record(RecordingPlan plan, Consumer<@Nullable String> ended) throws IOException {
        Fault.at("record");
        FirstUse.make();
        Stages behind = stages;
        Throwable why = broken;
        if (behind == null || why != null) {
            throw new IOException("the hooks have nobody to tell", why);
        }
        AgentRecording made = AgentRecording.start(plan, behind.emitter()::eventBytes, ended);
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
        Stages made = stages;
        if (made != null) {
            made.watch().stop();
        }
    }

    /**
     * Ends the recording, writes what was counted into those that go on, and takes the hooks out. A step that fails does
     * not keep the others from being made.
     *
     * @return what could not be undone, {@code null} if all was
     */
    @Nullable
    String uninstall() {
        return undo(List.of(firstUse::cancel, this::stopRecording, this::silence, this::unweave));
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
        Stages behind = stages;
        int applied = 0;
        int wanted = 0;
        for (HookState hook : hooks.states()) {
            applied += hook.status() == HookState.Status.APPLIED ? 1 : 0;
            wanted += hook.status() != HookState.Status.OFF ? 1 : 0;
        }
        text.append("installed=").append(installed);
        text.append(";hooks=").append(applied).append(" of ").append(wanted);
        int waiting = hooks.waitingHooks();
        if (waiting > 0) {
            text.append(";waiting=").append(waiting);
        }
        text.append(";stallNanos=").append(stallNanos);
        text.append(";options=").append(options.text().replace(';', ' '));
        text.append(";events=").append(behind != null && behind.watch().isOn() ? "on" : "off");
        AgentRecording made = recording;
        if (made != null) {
            text.append(";recording=").append(made.isRunning() ? "running" : "ended");
            if (made.file() != null) {
                text.append(";file=").append(made.file().toString().replace(';', ' '));
            }
            text.append(";until=").append(made.endMillis());
        }
        if (behind != null) {
            counted(behind.emitter(), text);
        }
        return text.toString();
    }

    private static void counted(Emitter emitter, StringBuilder text) {
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
    }
}
