package iopath.analyzer.command;

import iopath.analyzer.price.Calibration;
import iopath.analyzer.price.Prices;
import iopath.analyzer.price.Pricing;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.summarize.Profile;
import java.io.PrintStream;
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
            description = "${COMPLETION-CANDIDATES}; default: what the output's name ends with, else text. Stacks are"
                    + " in bytes moved, estimated from samples")
    private @Nullable ReportFormat format;

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Mixin
    private CalibrationFlags calibration = new CalibrationFlags();

    @Mixin
    private AppFlags app = new AppFlags();

    ReportCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException, UnreadableException {
        Output target = output.target();
        ReportFormat form = output.format(format, ReportFormat.text);
        List<Path> inputs = new ArrayList<>(files);
        inputs.addAll(calibration.inputs());
        target.check(inputs);
        // Before the recordings, which take longer: a slip is said at once.
        Optional<Calibration> known = calibration.read(err);
        form.check(target);
        Profile profile = Inputs.profile(files, app, err);
        Prices prices = known.map(found -> Pricing.of(profile, found)).orElseGet(() -> Prices.atMost(profile));
        form.write(profile, prices, target, out);
        return ExitCode.OK;
    }
}
