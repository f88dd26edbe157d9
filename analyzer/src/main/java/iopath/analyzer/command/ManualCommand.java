package iopath.analyzer.command;

import java.io.PrintStream;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page. */
@Command(
        name = "manual",
        description = "Prints the manual page of iopath in the form that man reads.",
        footer = {"", "Examples:", "  iopath manual | man -l -"},
        mixinStandardHelpOptions = true)
final class ManualCommand implements Callable<Integer> {
    private final PrintStream out;

    @Spec
    private @Nullable CommandSpec spec;

    ManualCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        if (spec != null) {
            out.print(ManualPage.of(spec.root()));
        }
        return ExitCode.OK;
    }
}
