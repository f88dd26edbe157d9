package iopath.analyzer.command;

import iopath.analyzer.attach.AgentState;
import iopath.analyzer.attach.Interrupt;
import iopath.analyzer.attach.LocalRecorder;
import iopath.analyzer.attach.Recorder;
import iopath.analyzer.attach.RemoteRecorder;
import iopath.analyzer.attach.UnreachableException;
import iopath.analyzer.price.Calibration;
import iopath.analyzer.price.Prices;
import iopath.analyzer.price.Pricing;
import iopath.analyzer.read.Scrub;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.render.TextReport;
import iopath.analyzer.summarize.Profile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records a running JVM for a while, and reports. */
@Command(
        name = "record",
        description = "Attaches to a running JVM, records for a while, takes everything out again, and reports.",
        footer = {
            "",
            "Examples:",
            "  iopath record 4711 --duration 1m",
            "  iopath record com.example.Main --output app.jfr --format json",
            "  iopath record shop.jar -o shop.jfr -o shop.html",
            "  iopath record --remote db1:7091 --agent-path /opt/iopath/iopath-agent.jar"
        },
        mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);
    private static final long TICK_MILLIS = 1000;
    private static final long LATE_NANOS = Duration.ofSeconds(30).toNanos();

    private final PrintStream out;
    private final PrintStream err;
    private final Progress progress;

    @Parameters(arity = "0..1", paramLabel = Pick.LABEL, description = Pick.DESCRIPTION)
    private @Nullable String target;

    @Mixin
    private RemoteFlags remote = new RemoteFlags();

    @Option(
            names = "--agent-path",
            paramLabel = "FILE",
            description = "with --remote, where its host has iopath-agent.jar: loads it for the time of the recording")
    private @Nullable String agentPath;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "30s",
            converter = LengthOfTime.class,
            description = "how long, such as 30s, 5m or 1h; Ctrl-C ends it early; default: ${DEFAULT-VALUE}")
    private Duration duration = Duration.ofSeconds(30);

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "the recording; default: iopath-PID-TIME.jfr here. A name that ends like a report, such as"
                    + " .html, .json or .txt, is where the report goes; may be given once for each of both")
    private List<Path> outputs = List.of();

    @Option(names = "--force", description = "replace the output if it exists")
    private boolean force;

    @Option(
            names = {"--format", "--report"},
            paramLabel = "FORMAT",
            description = "of the report: ${COMPLETION-CANDIDATES}; default: what its name ends with, else text")
    private @Nullable Report report;

    @Mixin
    private CalibrationFlags calibration = new CalibrationFlags();

    @Mixin
    private AgentFlags flags = new AgentFlags();

    @Mixin
    private AppFlags app = new AppFlags();

    /** What is printed at the end, as it is typed. */
    @SuppressWarnings("MemberName")
    enum Report {
        text,
        json,
        html,
        markdown,
        collapsed,
        flamegraph,
        pprof,
        prometheus,
        none
    }

    RecordCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
        this.progress = new Progress(err);
    }

    @Override
    public Integer call() throws CommandException, UnreachableException, UnreadableException, IOException {
        check();
        Optional<Calibration> known = calibration.read(err);
        Path output = output(false);
        Path page = output(true);
        Report form = Form.of(report, page, Report.text);
        Output pageTarget = new Output(page, force);
        pageTarget.check(calibration.inputs());
        if (form != Report.none) {
            ReportFormat.valueOf(form.name()).check(pageTarget);
        }
        long pid = target == null ? 0 : Pick.pid(target);
        Path file = output == null
                ? Path.of("iopath-" + (target == null ? "remote" : pid) + "-"
                        + LocalDateTime.now().format(TIME) + ".jfr")
                : output;
        new Output(file, force).check(List.of());
        Path written;
        try (Interrupt interrupt = new Interrupt()) {
            try (Recorder recorder =
                    target == null ? RemoteRecorder.of(remote.connect(), agentPath) : LocalRecorder.of(pid)) {
                written = record(recorder, file, interrupt);
            }
            err.println("iopath: the recording is " + written);
            if (form != Report.none) {
                progress.say("reading");
                Profile profile = asked(Inputs.profile(List.of(written), app, err), pid);
                progress.end();
                Prices prices = known.map(found -> Pricing.of(profile, found)).orElseGet(() -> Prices.atMost(profile));
                if (form == Report.text && page == null && Voice.goesToTerminal()) {
                    out.print(TextReport.answerLast(profile, prices, Voice.look()));
                    out.flush();
                } else {
                    ReportFormat.valueOf(form.name()).write(profile, prices, pageTarget, out);
                }
            }
        }
        // A script looks for the file that it has named.
        return written.equals(file) ? ExitCode.OK : ExitCode.FAILED;
    }

    /** A container's JVM records the number that it has in there, which is not the one that was asked for. */
    private static Profile asked(Profile profile, long pid) {
        return pid == 0 ? profile : profile.ofProcess(pid);
    }

    /** The output that is a report, or the one that is the recording; {@code null} if it was not given. */
    private @Nullable Path output(boolean isReport) throws CommandException {
        List<Path> meant = outputs.stream()
                .filter(file -> (Form.byEnding(file) != null) == isReport)
                .toList();
        if (meant.size() > 1) {
            throw new CommandException(
                    ExitCode.USAGE,
                    meant.get(0) + " and " + meant.get(1) + " are both for the " + (isReport ? "report" : "recording")
                            + "; give --output once for each");
        }
        return meant.isEmpty() ? null : meant.get(0);
    }

    private void check() throws CommandException {
        remote.check(target);
        if (agentPath != null && target != null) {
            throw new CommandException(ExitCode.USAGE, "--agent-path goes with --remote; here iopath brings the agent");
        }
        if (target == null && agentPath == null && !flags.text().isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, flags.text() + " goes with --agent-path: the agent that is there has its options");
        }
    }

    /** Returns where the recording is. */
    private Path record(Recorder recorder, Path file, Interrupt interrupt)
            throws CommandException, UnreachableException, IOException {
        progress.say("attaching to " + recorder.name());
        AgentState state = recorder.begin(duration, flags.text());
        progress.end();
        err.println(String.format(
                Locale.ROOT,
                "iopath: %s: %s, %s hooks, longest stall %.1f ms",
                recorder.name(),
                state.answer(),
                state.field("hooks"),
                state.number("stallNanos") / 1e6));
        boolean alive = await(recorder, interrupt);
        progress.say("taking out");
        Path written = take(recorder, file);
        progress.end();
        if (written == null) {
            throw new CommandException(
                    ExitCode.FAILED,
                    recorder.name() + (alive ? " wrote no recording" : " has ended and left no recording")
                            + "; iopath status may say why");
        }
        if (!alive) {
            err.println("iopath: warning: " + recorder.name() + " has ended; the recording goes to its last flush");
        }
        return written;
    }

    /** Puts the recording where it was asked for, or where there is room; {@code null} if there is none. */
    private @Nullable Path take(Recorder recorder, Path file) throws CommandException {
        try {
            return put(recorder, file, force) ? file : null;
        } catch (IOException e) {
            for (String folder : List.of("java.io.tmpdir", "user.home")) {
                Path other = Path.of(System.getProperty(folder, "/tmp"))
                        .resolve("iopath-" + ProcessHandle.current().pid() + "-"
                                + LocalDateTime.now().format(TIME) + ".jfr");
                try {
                    if (put(recorder, other, false)) {
                        err.println("iopath: warning: cannot write " + file + " (" + OneLine.of(e.toString())
                                + "); the recording is kept elsewhere");
                        return other;
                    }
                } catch (IOException alsoNot) {
                    e.addSuppressed(alsoNot);
                }
            }
            throw Output.cannotWrite(file, e.toString());
        }
    }

    /** Puts the recording into a file, in one piece or not at all; false if there is none. */
    private boolean put(Recorder recorder, Path file, boolean replace) throws IOException {
        Path fresh = Output.beside(file);
        try {
            if (!recorder.take(fresh)) {
                return false;
            }
            Scrub.of(fresh, flags.redacts());
            if (replace) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(fresh, file);
            }
            return true;
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Waits for the end of the recording; returns false if the target has ended before. */
    private boolean await(Recorder recorder, Interrupt interrupt)
            throws CommandException, UnreachableException, IOException {
        long until = System.nanoTime() + duration.toNanos();
        boolean asked = false;
        boolean stopped = false;
        try {
            while (true) {
                if (recorder.isStopped()) {
                    if (!stopped) {
                        progress.end();
                        err.println("iopath: " + recorder.name()
                                + " is stopped by a signal or a debugger; waiting until it goes on (Ctrl-C ends this)");
                        stopped = true;
                    }
                    if (interrupt.awaited(TICK_MILLIS)) {
                        throw new CommandException(
                                ExitCode.FAILED,
                                recorder.name() + " is stopped and hands nothing over; its recording ends when it goes"
                                        + " on");
                    }
                    until += TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS);
                    continue;
                }
                stopped = false;
                AgentState state;
                try {
                    state = recorder.state();
                    if (!recorder.goesOn(state)) {
                        if (state.answer().startsWith("stopped:")) {
                            err.println("iopath: warning: " + state.answer());
                        }
                        return true;
                    }
                } catch (UnreachableException e) {
                    if (!recorder.isAlive()) {
                        return false;
                    }
                    if (recorder.isStopped()) {
                        continue;
                    }
                    throw e;
                }
                long left = until - System.nanoTime();
                if (left < -LATE_NANOS) {
                    throw new CommandException(
                            ExitCode.FAILED, recorder.name() + " does not end its recording; " + recorder.remedy());
                }
                long all = duration.toNanos();
                progress.tell(
                        TimeUnit.NANOSECONDS.toSeconds(Math.max(0, Math.min(all, all - left))),
                        TimeUnit.NANOSECONDS.toSeconds(all + 999_999_999),
                        state);
                if (interrupt.awaited(TICK_MILLIS) && !asked) {
                    recorder.stop();
                    asked = true;
                }
            }
        } finally {
            progress.end();
        }
    }
}
