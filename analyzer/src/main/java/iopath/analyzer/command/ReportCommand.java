package iopath.analyzer.command;

import iopath.analyzer.calibrate.BadCalibrationException;
import iopath.analyzer.calibrate.CalibrationFile;
import iopath.analyzer.price.Calibration;
import iopath.analyzer.price.Prices;
import iopath.analyzer.price.Pricing;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Reports what recordings say. */
@Command(
        name = "report",
        description = "Reports by which path the bytes of one or several recordings travelled, and why.",
        footer = {
            "",
            "Examples:",
            "  iopath report app.jfr",
            "  iopath report app.jfr --format html --output app.html",
            "  iopath report monday.jfr tuesday.jfr --format json"
        },
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

    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "price by what iopath calibrate measured, or by the JSON of a report that carries it;"
                    + " default: that of this user, if there is one")
    private @Nullable Path calibration;

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
        target.check(inputs());
        // Before the recordings, which take longer: a slip is said at once.
        Optional<Calibration> known = calibration();
        if (format == Format.pprof && target.file() == null && Voice.goesToTerminal()) {
            throw new CommandException(
                    ExitCode.USAGE, "a pprof profile is no text for a terminal; name a file with --output, or a pipe");
        }
        Profile profile = Inputs.profile(files, err);
        if (format == Format.pprof) {
            target.write(PprofProfile.of(profile), out);
        } else {
            Prices prices = known.map(found -> Pricing.of(profile, found)).orElseGet(Prices::none);
            target.write(text(profile, prices), out);
        }
        return ExitCode.OK;
    }

    private List<Path> inputs() {
        List<Path> inputs = new ArrayList<>(files);
        if (calibration != null) {
            inputs.add(calibration);
        }
        return inputs;
    }

    private Optional<Calibration> calibration() throws CommandException {
        Path file = calibration == null ? CalibrationFile.cached() : calibration;
        if (calibration == null && !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(CalibrationFile.read(file));
        } catch (BadCalibrationException e) {
            if (calibration != null) {
                throw new CommandException(ExitCode.UNREADABLE, String.valueOf(e.getMessage()));
            }
            // Nobody has asked for it: the report is the same without prices.
            err.println("iopath: warning: " + OneLine.of(String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    private String text(Profile profile, Prices prices) {
        return switch (format) {
            case text -> TextReport.of(profile, prices);
            case json -> JsonReport.of(profile, prices);
            case html -> HtmlReport.of(profile, prices);
            case markdown -> MarkdownReport.of(profile, prices);
            case collapsed -> CollapsedStacks.of(profile);
            case flamegraph -> FlameGraphPage.of(profile);
            case prometheus -> PrometheusText.of(profile);
            case pprof -> throw new IllegalStateException("pprof is no text");
        };
    }
}
