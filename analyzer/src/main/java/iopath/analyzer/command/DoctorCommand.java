package iopath.analyzer.command;

import iopath.analyzer.attach.Check;
import iopath.analyzer.attach.Doctor;
import iopath.analyzer.attach.Proc;
import iopath.analyzer.attach.UnreachableException;
import iopath.analyzer.render.CheckList;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what keeps iopath from a JVM. */
@Command(
        name = "doctor",
        description = "Tests one by one what can keep iopath from getting into a running JVM or from recording in it,"
                + " and names the way out; loads nothing.",
        footer = {"", "Examples:", "  iopath doctor 4711"},
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final Proc proc;
    private final PrintStream out;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "PID", description = "process id of the JVM, as iopath ps shows it")
    private long pid;

    DoctorCommand(Proc proc, PrintStream out) {
        this.proc = proc;
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, UnreachableException {
        if (pid <= 0 && spec != null) {
            throw new ParameterException(spec.commandLine(), pid + " is no process id");
        }
        if (!proc.isThere()) {
            throw new CommandException(ExitCode.FAILED, "there is no /proc to look into; doctor works on Linux only");
        }
        List<Check> checks = new Doctor(proc).examine(pid);
        CheckList list = new CheckList();
        checks.forEach(check -> list.add(check.verdict().word(), check.subject(), check.found(), check.wayOut()));
        out.print(list.text());
        long failed = checks.stream().filter(Check::isFailed).count();
        if (failed == 0) {
            return ExitCode.OK;
        }
        out.println(failed + " of " + checks.size() + " checks failed.");
        return ExitCode.FAILED;
    }
}
