package iopath.analyzer.command;

import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.render.CollapsedStacks;
import iopath.analyzer.render.FlameGraphPage;
import iopath.analyzer.render.HtmlReport;
import iopath.analyzer.render.JsonReport;
import iopath.analyzer.render.MarkdownReport;
import iopath.analyzer.render.PprofProfile;
import iopath.analyzer.render.PrometheusText;
import iopath.analyzer.render.TextReport;
import iopath.analyzer.summarize.Profile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports what recordings say. */
@Command(
        name = "report",
        description = "Reports by which path the bytes of one or several recordings travelled, and why.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE",
            description = "recordings, a chunk in several of them counts once; or one report of --format json")
    private List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}. Stacks are in bytes moved,"
                    + " estimated from samples")
    private Format format = Format.text;

    @Mixin
    private OutputFlags output = new OutputFlags();

    /** The forms of a report, as they are typed. */
    @SuppressWarnings("MemberName")
    enum Format {
        text,
        json,
        html,
        markdown,
        collapsed,
        flamegraph,
        pprof,
        prometheus
    }

    ReportCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException, UnreadableException {
        Output target = output.target();
        target.check(files);
        if (format == Format.pprof && target.file() == null) {
            throw new CommandException(ExitCode.USAGE, "a pprof profile is no text; name a file with --output");
        }
        Profile profile = Inputs.profile(files, err);
        if (format == Format.pprof) {
            target.write(PprofProfile.of(profile), out);
        } else {
            target.write(text(profile), out);
        }
        return ExitCode.OK;
    }

    private String text(Profile profile) {
        return switch (format) {
            case text -> TextReport.of(profile);
            case json -> JsonReport.of(profile);
            case html -> HtmlReport.of(profile);
            case markdown -> MarkdownReport.of(profile);
            case collapsed -> CollapsedStacks.of(profile);
            case flamegraph -> FlameGraphPage.of(profile);
            case prometheus -> PrometheusText.of(profile);
            case pprof -> throw new IllegalStateException("pprof is no text");
        };
    }
}
