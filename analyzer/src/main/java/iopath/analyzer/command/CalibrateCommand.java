package iopath.analyzer.command;

import iopath.analyzer.calibrate.CalibrationFile;
import iopath.analyzer.calibrate.Calibrator;
import iopath.analyzer.calibrate.Effort;
import iopath.analyzer.calibrate.ThisHost;
import iopath.analyzer.price.Calibration;
import iopath.analyzer.render.CalibrationJson;
import iopath.analyzer.render.CalibrationTable;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what a GB costs on this host. */
@Command(
        name = "calibrate",
        description = "Measures, in under a minute, what a GB costs on this host in CPU seconds, by path and size of"
                + " step; reports then say what a copy costs, and whether it is worth anything to avoid it.",
        footer = {"", "Examples:", "  iopath calibrate", "  iopath report app.jfr"},
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to this file; default: ~/.cache/iopath/calibration.json, where reports look for it")
    private @Nullable Path output;

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            description = "move files of this directory; its file system matters. Default: that of temporary files;"
                    + " 512 MB are needed")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "what to print: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}. The file is JSON")
    private TextOrJson.Format format = TextOrJson.Format.text;

    @Option(names = "--quick", description = "take half of the time, for much wider intervals")
    private boolean quick;

    @Option(names = "--force", description = "replace the file if it exists")
    private boolean force;

    CalibrateCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException {
        Path file = output == null ? CalibrationFile.cached() : output;
        Output target = new Output(file, force);
        if (output == null) {
            makeDirectory(file);
        }
        target.check(List.of());
        if (!Files.isDirectory(directory)) {
            throw new CommandException(ExitCode.USAGE, directory + " is no directory; name one with --directory");
        }
        Calibration calibration = measure(quick ? Effort.QUICK : Effort.NORMAL);
        target.write(CalibrationJson.of(calibration), out);
        boolean forPrograms = format == TextOrJson.Format.json;
        out.print(forPrograms ? CalibrationJson.of(calibration) : CalibrationTable.of(calibration) + "\n");
        (forPrograms ? err : out).println("Written to " + file + ".");
        return ExitCode.OK;
    }

    private Calibration measure(Effort effort) throws CommandException {
        try {
            return new Calibrator(directory, effort)
                    .measure(
                            ThisHost.describe(),
                            process -> err.println(
                                    "iopath: measuring, process " + process + " of " + effort.processes() + " ..."));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "cannot measure in " + directory + " (" + e + "); look for 512 MB of space, or name another place"
                            + " with --directory");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(ExitCode.FAILED, "interrupted");
        }
    }

    private static void makeDirectory(Path file) throws CommandException {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "cannot make the directory of " + file + " (" + e + "); name a file with --output");
        }
    }
}
