package iopath.analyzer.command;

import iopath.analyzer.price.Prices;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.summarize.Merge;
import iopath.analyzer.summarize.Profile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Joins what many recordings say. */
@Command(
        name = "merge",
        description = "Joins recordings, or reports of them in JSON, to one report.",
        footer = {
            "",
            "Examples:",
            "  iopath merge host1.jfr host2.jfr --output all.json",
            "  iopath merge monday/*.json -o monday.html"
        },
        mixinStandardHelpOptions = true)
final class MergeCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "recordings, and reports of --format json")
    private List<Path> files = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: what the output's name ends with, else json, which"
                    + " every command reads")
    private @Nullable ReportFormat format;

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Mixin
    private AppFlags app = new AppFlags();

    MergeCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException, UnreadableException {
        Output target = output.target();
        ReportFormat form = output.format(format, ReportFormat.json);
        target.check(files);
        form.check(target);
        List<Profile> parts = new ArrayList<>();
        Map<String, Path> chunks = new HashMap<>();
        for (Path file : files) {
            Profile part = Inputs.profile(List.of(file), app, err);
            for (String chunk : part.recording().chunks()) {
                Path other = chunks.put(chunk, file);
                if (other != null) {
                    throw twice(other, file);
                }
            }
            parts.add(part);
        }
        Profile whole = Merge.of(parts, app.application());
        form.write(whole, Prices.atMost(whole), target, out);
        return ExitCode.OK;
    }

    private static CommandException twice(Path one, Path other) {
        return new CommandException(
                ExitCode.USAGE,
                one.equals(other)
                        ? one + " was given twice; its bytes would count twice"
                        : one + " and " + other + " have parts of one recording in common, which would count twice;"
                                + " recordings that overlap are joined by 'iopath report --format json'");
    }
}
