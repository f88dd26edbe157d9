package iopath.analyzer.command;

import iopath.analyzer.compare.Diff;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.render.DiffJson;
import iopath.analyzer.render.DiffReport;
import iopath.analyzer.render.FlameGraphPage;
import iopath.analyzer.summarize.Profile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares two recordings. */
@Command(
        name = "diff",
        description = "Compares two recordings: the same paths? what moved from which path to which, what got slower.",
        footer = {
            "",
            "Examples:",
            "  iopath diff before.jfr after.jfr",
            "  iopath diff jdk17.jfr jdk25.jfr --format markdown",
            "  iopath diff before.jfr after.jfr --format flamegraph --output diff.html"
        },
        mixinStandardHelpOptions = true)
final class DiffCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(index = "0", paramLabel = "A", description = "the recording to compare with")
    private Path before = Path.of("");

    @Parameters(index = "1", paramLabel = "B", description = "the recording that may differ")
    private Path after = Path.of("");

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: what the output's name ends with, else text")
    private @Nullable Format format;

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Mixin
    private AppFlags app = new AppFlags();

    /** The forms of a comparison, as they are typed. */
    @SuppressWarnings("MemberName")
    enum Format {
        text,
        markdown,
        json,
        html,
        flamegraph
    }

    DiffCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException, UnreadableException {
        Output target = output.target();
        Format form = output.format(format, Format.text);
        target.check(List.of(before, after));
        Profile first = Inputs.profile(List.of(before), app, err);
        Profile second = Inputs.profile(List.of(after), app, err);
        Diff diff = Diff.of(first, second);
        String report = switch (form) {
            case text -> DiffReport.text(diff);
            case markdown -> DiffReport.markdown(diff);
            case json -> DiffJson.of(diff);
            case html -> DiffReport.html(diff);
            case flamegraph -> FlameGraphPage.difference(first, second);
        };
        target.write(report, out);
        return ExitCode.OK;
    }
}
