package iopath.analyzer.command;

import iopath.analyzer.attach.AgentState;
import iopath.analyzer.attach.Attachment;
import iopath.analyzer.attach.UnreachableException;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what the agent does in a running JVM. */
@Command(
        name = "status",
        description = "Tells whether the agent is in a running JVM, and what it does there; changes nothing.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final double NANOS_PER_MILLI = 1e6;

    private final PrintStream out;

    @Parameters(paramLabel = "PID|MAIN-CLASS", description = "the JVM, by process id or a part of its main class")
    private String target = "";

    StatusCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, UnreachableException, IOException {
        try (Attachment attachment = Attachment.to(Pick.pid(target))) {
            tell(attachment.pid(), attachment.state());
        }
        return ExitCode.OK;
    }

    private void tell(long pid, AgentState state) {
        if (state.version() == null) {
            out.println("process " + pid + ": iopath was never there");
            return;
        }
        out.println("process " + pid + ": " + (state.attached() ? "attached" : "detached") + ", version "
                + state.version());
        if (state.answer().startsWith("error: ")) {
            line("last load", state.answer());
        }
        if (!state.attached()) {
            return;
        }
        line("since", instant(state.number("installed")));
        line("hooks", state.field("hooks") + " applied");
        line("options", state.field("options"));
        line(
                "longest stall",
                String.format(
                        Locale.ROOT,
                        "%.1f ms while the hooks were put in",
                        state.number("stallNanos") / NANOS_PER_MILLI));
        line("events", state.isRecorded() ? "on: a recording gets them" : "off: nobody records");
        line("hooks failed", failures(state));
        line("recording", state.field("recording"));
        line("file", state.field("file"));
        line("until", state.number("until") == 0 ? "" : instant(state.number("until")));
        line("bytes so far", Progress.paths(state));
    }

    private static String failures(AgentState state) {
        long calls = state.number("suppressed");
        return calls == 0
                ? ""
                : "in " + calls + " calls, the last by " + state.field("thrown") + ": sums are a lower bound";
    }

    private void line(String name, String value) {
        if (!value.isEmpty()) {
            out.println(String.format(Locale.ROOT, "  %-14s %s", name, OneLine.of(value)));
        }
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
