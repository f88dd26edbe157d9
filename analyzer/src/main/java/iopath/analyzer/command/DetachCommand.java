package iopath.analyzer.command;

import iopath.analyzer.attach.Attachment;
import iopath.analyzer.attach.UnreachableException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Takes the agent out of a running JVM. */
@Command(
        name = "detach",
        description = "Takes the agent out of a running JVM: its methods are again what they were.",
        mixinStandardHelpOptions = true)
final class DetachCommand implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(paramLabel = Pick.LABEL, description = Pick.DESCRIPTION)
    private String target = "";

    DetachCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, UnreachableException, IOException {
        try (Attachment attachment = Attachment.to(Pick.pid(target))) {
            // An agent that is not there need not be loaded to say so.
            String answer =
                    attachment.state().attached() ? attachment.load("detach").answer() : "not attached; nothing to do";
            out.println("process " + attachment.pid() + ": " + answer);
        }
        return ExitCode.OK;
    }
}
