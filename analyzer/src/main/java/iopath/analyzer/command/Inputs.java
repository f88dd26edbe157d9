package iopath.analyzer.command;

import iopath.analyzer.event.Reading;
import iopath.analyzer.read.RecordingReader;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.saved.BadReportException;
import iopath.analyzer.saved.SavedReport;
import iopath.analyzer.summarize.Merge;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Tally;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What files say: recordings, or a report in JSON. */
final class Inputs {
    private Inputs() {}

    /**
     * Reads recordings as one, or one report; warnings go to {@code err}.
     *
     * @param app whose lines findings name; where it is given, those of a report are made anew
     *
     * @throws CommandException if there is a report among several files
     */
    static Profile profile(List<Path> files, AppFlags app, PrintStream err)
            throws CommandException, UnreadableException {
        for (Path file : files) {
            if (isReport(file)) {
                if (files.size() == 1) {
                    Profile saved = report(file);
                    return app.isGiven() ? Merge.of(List.of(saved), app.application()) : saved;
                }
                throw new CommandException(
                        ExitCode.USAGE, file + " is a report, not a recording; join them with 'iopath merge' first");
            }
        }
        return profile(new Tally(app.application()), files, err);
    }

    /** Reads recordings with a tally that can be asked for more afterwards. */
    static Profile profile(Tally tally, List<Path> recordings, PrintStream err) throws UnreadableException {
        Reading reading = new RecordingReader(tally).read(recordings);
        reading.warnings().forEach(warning -> err.println("iopath: warning: " + OneLine.of(warning)));
        reading.notes().forEach(note -> err.println("iopath: note: " + OneLine.of(note)));
        return tally.profile(reading);
    }

    private static boolean isReport(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.read() == '{';
        } catch (IOException e) {
            return false; // reading it as a recording says why
        }
    }

    private static Profile report(Path file) throws UnreadableException {
        try {
            return SavedReport.parse(Files.readString(file));
        } catch (IOException e) {
            throw new UnreadableException(file + " cannot be read (" + e + ")");
        } catch (BadReportException e) {
            throw new UnreadableException(file + " is no report that can be read: " + e.getMessage()
                    + "; write it with 'iopath report --format json'");
        }
    }
}
