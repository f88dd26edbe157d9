package iopath.analyzer.command;

import iopath.analyzer.attach.AgentState;
import iopath.analyzer.attach.Attachment;
import iopath.analyzer.attach.UnreachableException;
import iopath.analyzer.render.AgentStateJson;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what the agent does in a running JVM. */
@Command(
        name = "status",
        description = "Tells whether the agent is in a running JVM, and what it does there; changes nothing.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
    private static final double NANOS_PER_MILLI = 1e6;

    private final PrintStream out;

    @Parameters(paramLabel = Pick.LABEL, description = Pick.DESCRIPTION)
    private String target = "";

    @Mixin
    private TextOrJson answer = new TextOrJson();

    StatusCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, UnreachableException, IOException {
        answer.check();
        try (Attachment attachment = Attachment.to(Pick.pid(target))) {
            AgentState state = attachment.state();
            long pid = attachment.pid();
            answer.write(
                    () -> text(pid, state),
                    () -> AgentStateJson.of(pid, state.version(), state.attached(), state.answer(), state.fields()),
                    out);
        }
        return ExitCode.OK;
    }

    private static String text(long pid, AgentState state) {
        StringBuilder text = new StringBuilder("process " + pid + ": ");
        if (state.version() == null) {
            return text.append("iopath was never there\n").toString();
        }
        text.append(state.attached() ? "attached" : "detached")
                .append(", version ")
                .append(state.version())
                .append('\n');
        if (state.answer().startsWith("error: ")) {
            line(text, "last load", state.answer());
        }
        if (!state.attached()) {
            return text.toString();
        }
        line(text, "since", instant(state.number("installed")));
        String waiting = state.field("waiting");
        line(
                text,
                "hooks",
                state.field("hooks") + " applied"
                        + (waiting.isEmpty() ? "" : "; " + waiting + " more as their classes load"));
        line(text, "options", state.field("options"));
        line(
                text,
                "longest stall",
                String.format(
                        Locale.ROOT,
                        "%.1f ms while the hooks were put in",
                        state.number("stallNanos") / NANOS_PER_MILLI));
        line(text, "events", state.isRecorded() ? "on: a recording gets them" : "off: nobody records");
        line(text, "hooks failed", failures(state));
        line(text, "recording", state.field("recording"));
        line(text, "file", state.field("file"));
        line(text, "until", state.number("until") == 0 ? "" : instant(state.number("until")));
        line(text, "bytes so far", Progress.paths(state));
        return text.toString();
    }

    private static String failures(AgentState state) {
        long calls = state.number("suppressed");
        return calls == 0
                ? ""
                : "in " + calls + " calls, the last by " + state.field("thrown") + ": sums are a lower bound";
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isEmpty()) {
            text.append(String.format(Locale.ROOT, "  %-14s %s%n", name, OneLine.of(value)));
        }
    }

    private static String instant(long millis) {
        return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
