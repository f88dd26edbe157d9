package iopath.analyzer.command;

import iopath.analyzer.attach.Check;
import iopath.analyzer.attach.Doctor;
import iopath.analyzer.attach.Proc;
import iopath.analyzer.attach.UnreachableException;
import iopath.analyzer.render.CheckList;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Says what keeps iopath from a JVM. */
@Command(
        name = "doctor",
        description = "Tests one by one what can keep iopath from getting into a running JVM or from recording in it,"
                + " and names the way out; loads nothing.",
        footer = {"", "Examples:", "  iopath doctor 4711", "  iopath doctor com.example.Main --format json"},
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private final Proc proc;
    private final PrintStream out;

    @Parameters(paramLabel = Pick.LABEL, description = Pick.DESCRIPTION)
    private String target = "";

    @Mixin
    private TextOrJson answer = new TextOrJson();

    DoctorCommand(Proc proc, PrintStream out) {
        this.proc = proc;
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, UnreachableException {
        answer.check();
        if (!proc.isThere()) {
            throw new CommandException(ExitCode.FAILED, "there is no /proc to look into; doctor works on Linux only");
        }
        long pid = Pick.pid(target);
        List<Check> checks = new Doctor(proc).examine(pid);
        CheckList list = new CheckList();
        checks.forEach(check -> list.add(check.verdict().word(), check.subject(), check.found(), check.wayOut()));
        long failed = checks.stream().filter(Check::isFailed).count();
        String sentence = failed == 0 ? "" : failed + " of " + checks.size() + " checks failed.\n";
        answer.write(() -> list.text() + sentence, () -> list.json(pid), out);
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
