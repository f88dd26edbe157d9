package iopath.analyzer.command;

import iopath.analyzer.gate.BadRuleException;
import iopath.analyzer.gate.Baseline;
import iopath.analyzer.gate.Outcome;
import iopath.analyzer.gate.Rules;
import iopath.analyzer.gate.Subject;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.render.CheckReport;
import iopath.analyzer.render.JUnitXml;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Tally;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fails a build whose bytes take a worse path than they should. */
@Command(
        name = "check",
        description = "Holds recordings to rules, or to an earlier recording; ends with 1 if one is broken.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "A file of rules has one a line; # begins a comment, 'optional' lets a rule match nothing:",
            "  file -> socket at com.example.Server stays on sendfile",
            "  any -> socket copied bytes per byte sent at most 0.1",
            "  unknown bytes at most 0",
            "  optional file -> file stays on sendfile, copy-file-range",
            "  no finding wrapped-channel",
            "",
            "Examples:",
            "  iopath check app.jfr --rules paths.rules --junit result.xml",
            "  iopath check app.jfr --baseline released.jfr"
        })
final class CheckCommand implements Callable<Integer> {
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(arity = "1..*", paramLabel = "RECORDING", description = "recordings, judged together")
    private List<Path> files = List.of();

    @ArgGroup(exclusive = false, multiplicity = "1")
    private Measures against = new Measures();

    @Option(names = "--junit", paramLabel = "FILE", description = "write the results as JUnit XML")
    private @Nullable Path junit;

    @Option(names = "--markdown", paramLabel = "FILE", description = "write a summary in Markdown")
    private @Nullable Path markdown;

    @Option(names = "--github", description = "print annotations for GitHub's log as well")
    private boolean github;

    @Option(names = "--force", description = "replace outputs that exist")
    private boolean force;

    /** What recordings are held to; at least one of them. */
    static final class Measures {
        @Option(names = "--rules", paramLabel = "FILE", description = "rules, one a line")
        private @Nullable Path rules;

        @Option(names = "--baseline", paramLabel = "FILE", description = "an earlier recording: nothing may be worse")
        private @Nullable Path baseline;
    }

    CheckCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException, UnreadableException {
        Output junitOutput = new Output(junit, force);
        Output markdownOutput = new Output(markdown, force);
        junitOutput.check(inputs());
        markdownOutput.check(inputs());
        List<Outcome> outcomes = outcomes();
        out.print(CheckReport.text(outcomes));
        if (github) {
            out.print(CheckReport.github(outcomes));
        }
        if (junit != null) {
            junitOutput.write(JUnitXml.of(outcomes), out);
        }
        if (markdown != null) {
            markdownOutput.write(CheckReport.markdown(outcomes), out);
        }
        if (outcomes.stream().anyMatch(outcome -> outcome.fails() && outcome.status() != Outcome.Status.UNDECIDED)) {
            return ExitCode.FAILED;
        }
        return outcomes.stream().anyMatch(Outcome::fails) ? ExitCode.UNDECIDED : ExitCode.OK;
    }

    private List<Path> inputs() {
        List<Path> inputs = new ArrayList<>(files);
        if (against.rules != null) {
            inputs.add(against.rules);
        }
        if (against.baseline != null) {
            inputs.add(against.baseline);
        }
        return inputs;
    }

    private List<Outcome> outcomes() throws CommandException, UnreadableException {
        // Before the recordings, which take longer: a slip in the rules is said at once.
        Rules rules = against.rules == null ? null : rules(against.rules);
        Subject subject = subject(files);
        List<Outcome> outcomes = new ArrayList<>();
        if (rules != null) {
            outcomes.addAll(rules.check(subject));
        }
        if (against.baseline != null) {
            outcomes.addAll(new Baseline(subject(List.of(against.baseline))).check(subject));
        }
        return outcomes;
    }

    private static Rules rules(Path file) throws CommandException {
        try {
            return Rules.parse(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (BadRuleException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNREADABLE, "the rules in " + file + " cannot be read (" + e + "); check the path");
        }
    }

    private Subject subject(List<Path> recordings) throws UnreadableException {
        Tally tally = new Tally();
        Profile profile = Inputs.profile(tally, recordings, err);
        return new Subject(profile, tally.seenSites());
    }
}
