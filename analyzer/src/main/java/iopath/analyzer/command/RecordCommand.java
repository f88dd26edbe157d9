package iopath.analyzer.command;

import iopath.analyzer.attach.AgentState;
import iopath.analyzer.attach.Attachment;
import iopath.analyzer.attach.Interrupt;
import iopath.analyzer.attach.UnreachableException;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.render.JsonReport;
import iopath.analyzer.render.TextReport;
import iopath.analyzer.summarize.Profile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Records a running JVM for a while, and reports. */
@Command(
        name = "record",
        description = "Attaches to a running JVM, records for a while, takes everything out again, and reports.",
        mixinStandardHelpOptions = true)
final class RecordCommand implements Callable<Integer> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss", Locale.ROOT);
    private static final long TICK_MILLIS = 200;
    private static final long LATE_MILLIS = 30_000;

    private final PrintStream out;
    private final PrintStream err;

    @Parameters(paramLabel = "PID|MAIN-CLASS", description = "the JVM, by process id or a part of its main class")
    private String target = "";

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            defaultValue = "30s",
            description = "how long, such as 30s, 5m or 1h; Ctrl-C ends it early; default: ${DEFAULT-VALUE}")
    private String duration = "30s";

    @Option(names = "--output", paramLabel = "FILE", description = "the recording; default: iopath-PID-TIME.jfr here")
    private @Nullable Path output;

    @Option(names = "--force", description = "replace the output if it exists")
    private boolean force;

    @Option(
            names = "--report",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}")
    private Report report = Report.text;

    @Mixin
    private AgentFlags flags = new AgentFlags();

    /** What is printed at the end, as it is typed. */
    @SuppressWarnings("MemberName")
    enum Report {
        text,
        json,
        none
    }

    RecordCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException, UnreachableException, UnreadableException, IOException {
        long pid = Pick.pid(target);
        Path file = output == null
                ? Path.of("iopath-" + pid + "-" + LocalDateTime.now().format(TIME) + ".jfr")
                : output;
        new Output(file, force).check(List.of());
        try (Interrupt interrupt = new Interrupt()) {
            record(pid, file, interrupt);
            err.println("iopath: the recording is " + file);
            if (report != Report.none) {
                Profile profile = ReportCommand.profile(List.of(file), err);
                out.print(report == Report.json ? JsonReport.of(profile) : TextReport.of(profile));
                out.flush();
            }
        }
        return ExitCode.OK;
    }

    private void record(long pid, Path file, Interrupt interrupt)
            throws CommandException, UnreachableException, IOException {
        try (Attachment attachment = Attachment.to(pid)) {
            AgentState state = attachment.record(duration, flags.text());
            @Nullable Path repository = attachment.repository();
            double stallMillis = state.number("stallNanos") / 1e6;
            err.println(String.format(
                    Locale.ROOT,
                    "iopath: process %d: %s, %s hooks, longest stall %.1f ms",
                    pid,
                    state.answer(),
                    state.field("hooks"),
                    stallMillis));
            boolean alive = await(attachment, state, interrupt);
            Path fresh = file.resolveSibling("." + file.getFileName() + ".new");
            if (!attachment.take(fresh) && (repository == null || !attachment.salvage(repository, fresh))) {
                throw new CommandException(
                        ExitCode.FAILED,
                        "process " + pid + (alive ? " wrote no recording" : " has ended and left no recording")
                                + "; iopath status " + pid + " may say why");
            }
            if (force) {
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(fresh, file);
            }
            if (!alive) {
                err.println("iopath: warning: process " + pid + " has ended; the recording goes to its last flush");
            }
        }
    }

    /** Waits for the end of the recording; returns false if the target has ended before. */
    private boolean await(Attachment attachment, AgentState begun, Interrupt interrupt)
            throws CommandException, UnreachableException {
        Progress progress = new Progress(err);
        long until = begun.number("until");
        boolean leaves = begun.answer().startsWith("attached");
        boolean stopped = false;
        try {
            while (true) {
                AgentState state;
                try {
                    state = attachment.state();
                } catch (UnreachableException e) {
                    if (ProcessHandle.of(attachment.pid()).isEmpty()) {
                        return false;
                    }
                    throw e;
                }
                if (leaves ? !state.attached() : !state.recording()) {
                    if (state.answer().startsWith("stopped")) {
                        err.println("iopath: warning: " + state.answer());
                    }
                    return true;
                }
                long left = until - System.currentTimeMillis();
                if (left < -LATE_MILLIS) {
                    throw new CommandException(
                            ExitCode.FAILED,
                            "process " + attachment.pid() + " does not end its recording; iopath detach "
                                    + attachment.pid() + " ends it");
                }
                progress.tell(Math.max(left / 1000, 0), state);
                if (interrupt.awaited(TICK_MILLIS * 5) && !stopped) {
                    attachment.load("stop");
                    stopped = true;
                }
            }
        } finally {
            progress.end();
        }
    }
}
