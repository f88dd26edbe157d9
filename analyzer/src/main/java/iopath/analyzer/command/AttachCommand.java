package iopath.analyzer.command;

import iopath.analyzer.attach.AgentState;
import iopath.analyzer.attach.Attachment;
import iopath.analyzer.attach.UnreachableException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Puts the agent into a running JVM. */
@Command(
        name = "attach",
        description = "Puts the agent into a running JVM; any recording there gets its events from then on.",
        footer = {"", "Examples:", "  iopath attach 4711 && jcmd 4711 JFR.start duration=1m filename=app.jfr"},
        mixinStandardHelpOptions = true)
final class AttachCommand implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(paramLabel = Pick.LABEL, description = Pick.DESCRIPTION)
    private String target = "";

    @Mixin
    private AgentFlags flags = new AgentFlags();

    AttachCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, UnreachableException, IOException {
        try (Attachment attachment = Attachment.to(Pick.pid(target))) {
            AgentState state = attachment.load(flags.text());
            out.println("process " + attachment.pid() + ": " + state.answer() + ", " + state.field("hooks") + " hooks");
        }
        return ExitCode.OK;
    }
}
