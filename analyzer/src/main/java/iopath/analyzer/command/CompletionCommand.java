package iopath.analyzer.command;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints a script that completes the command line in bash and zsh. */
@Command(
        name = "completion",
        description = "Prints a completion script for bash and zsh: source <(iopath completion)",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    private final PrintStream out;

    @Spec
    private @Nullable CommandSpec spec;

    CompletionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            // In zsh the alias makes the script believe in a command that is none; without, it leaves the call out.
            out.print(AutoComplete.bash("iopath", spec.root().commandLine()).replace("  alias compopt=complete\n", ""));
        }
        return ExitCode.OK;
    }
}
