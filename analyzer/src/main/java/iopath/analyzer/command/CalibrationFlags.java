package iopath.analyzer.command;

import iopath.analyzer.calibrate.BadCalibrationException;
import iopath.analyzer.calibrate.CalibrationFile;
import iopath.analyzer.price.Calibration;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What prices are made from, as an option of the commands that report. */
final class CalibrationFlags {
    @Option(
            names = "--calibration",
            paramLabel = "FILE",
            description = "price by what iopath calibrate measured, or by the JSON of a report that carries it;"
                    + " default: that of this user, if there is one")
    private @Nullable Path calibration;

    /** The file that is named; it must not be written to. */
    List<Path> inputs() {
        return calibration == null ? List.of() : List.of(calibration);
    }

    /**
     * What it says.
     *
     * @return empty if there is none, or if one that nobody has named is broken, which is a warning
     * @throws CommandException if the one that is named cannot be used
     */
    Optional<Calibration> read(PrintStream err) throws CommandException {
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
}
