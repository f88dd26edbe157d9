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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: what the output's name ends with, else text")
    private @Nullable Format format;

    @Mixin
    private OutputFlags output = new OutputFlags();

    /** The forms of what was found, as they are typed. */
    @SuppressWarnings("MemberName")
    enum Format {
        text,
        json
    }

    DoctorCommand(Proc proc, PrintStream out) {
        this.proc = proc;
        this.out = out;
    }

    @Override
    public Integer call() throws CommandException, UnreachableException {
        Output file = output.target();
        Format form = output.format(format, Format.text);
        file.check(List.of());
        if (!proc.isThere()) {
            throw new CommandException(ExitCode.FAILED, "there is no /proc to look into; doctor works on Linux only");
        }
        long pid = Pick.pid(target);
        List<Check> checks = new Doctor(proc).examine(pid);
        CheckList list = new CheckList();
        checks.forEach(check -> list.add(check.verdict().word(), check.subject(), check.found(), check.wayOut()));
        long failed = checks.stream().filter(Check::isFailed).count();
        String sentence = failed == 0 ? "" : failed + " of " + checks.size() + " checks failed.\n";
        file.write(form == Format.json ? list.json(pid) : list.text() + sentence, out);
        return failed == 0 ? ExitCode.OK : ExitCode.FAILED;
    }
}
