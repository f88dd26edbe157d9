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
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fails a build whose bytes take a worse path than they should. */
@Command(
        name = "check",
        description =
                "Holds recordings to rules, or to an earlier recording; ends with 1 if one is broken, with 4 if one"
                        + " cannot be decided.",
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

    @Option(names = "--rules", paramLabel = "FILE", description = "rules, one a line")
    private @Nullable Path rulesFile;

    @Option(names = "--baseline", paramLabel = "FILE", description = "an earlier recording: nothing may be worse")
    private @Nullable Path baseline;

    @Option(
            names = "--inconclusive",
            paramLabel = "WHAT",
            defaultValue = "fail",
            description = "what becomes of a rule that cannot be decided, since nobody knows where most bytes were"
                    + " before: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}, with exit code 4")
    private Inconclusive inconclusive = Inconclusive.fail;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: what the output's name ends with, else text")
    private @Nullable Format format;

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Mixin
    private AppFlags app = new AppFlags();

    @Option(names = "--junit", paramLabel = "FILE", description = "write the results as JUnit XML")
    private @Nullable Path junit;

    @Option(names = "--markdown", paramLabel = "FILE", description = "write a summary in Markdown")
    private @Nullable Path markdown;

    @Option(names = "--github", description = "print annotations for GitHub's log as well")
    private boolean github;

    /** What becomes of the open question, as it is typed. */
    @SuppressWarnings("MemberName")
    enum Inconclusive {
        pass,
        fail
    }

    /** The forms of the results, as they are typed. */
    @SuppressWarnings("MemberName")
    enum Format {
        text,
        markdown,
        junit,
        json
    }

    CheckCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException, UnreadableException {
        if (rulesFile == null && baseline == null) {
            throw new CommandException(
                    ExitCode.USAGE, "there is nothing to hold the recording to; give --rules FILE or --baseline FILE");
        }
        Format form = output.format(format, Format.text);
        Output target = output.target();
        target.check(inputs());
        Output junitOutput = output.beside(junit);
        Output markdownOutput = output.beside(markdown);
        junitOutput.check(inputs());
        markdownOutput.check(inputs());
        List<Outcome> outcomes = outcomes();
        target.write(
                switch (form) {
                    case text -> CheckReport.text(outcomes);
                    case markdown -> CheckReport.markdown(outcomes);
                    case junit -> JUnitXml.of(outcomes);
                    case json -> CheckReport.json(outcomes);
                },
                out);
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
        return inconclusive == Inconclusive.fail && outcomes.stream().anyMatch(Outcome::fails)
                ? ExitCode.UNDECIDED
                : ExitCode.OK;
    }

    private List<Path> inputs() {
        List<Path> inputs = new ArrayList<>(files);
        if (rulesFile != null) {
            inputs.add(rulesFile);
        }
        if (baseline != null) {
            inputs.add(baseline);
        }
        return inputs;
    }

    private List<Outcome> outcomes() throws CommandException, UnreadableException {
        // Before the recordings, which take longer: a slip in the rules is said at once.
        Rules rules = rulesFile == null ? null : rules(rulesFile);
        Subject subject = subject(files);
        List<Outcome> outcomes = new ArrayList<>();
        if (rules != null) {
            outcomes.addAll(rules.check(subject));
        }
        if (baseline != null) {
            outcomes.addAll(new Baseline(subject(List.of(baseline))).check(subject));
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
        Tally tally = new Tally(app.application());
        Profile profile = Inputs.profile(tally, recordings, err);
        return new Subject(profile, tally.seenSites());
    }
}
