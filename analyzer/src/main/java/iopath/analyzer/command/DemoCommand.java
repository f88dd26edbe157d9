package iopath.analyzer.command;

import iopath.analyzer.price.Prices;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.render.Comparison;
import iopath.analyzer.render.TextReport;
import iopath.analyzer.summarize.Profile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Runs the demos under the agent and reports what it saw. */
@Command(
        name = "demo",
        description = "Runs the demos under the agent, each in a JVM of its own, and reports what it saw; 'demo kafka'"
                + " compares PLAINTEXT and SSL on a real broker.",
        footer = {
            "",
            "Options of 'demo kafka', behind the name:",
            "  --gb N            GB of records; default: 1",
            "  --dir DIR         where recordings and logs stay; default: nowhere",
            "  --strace          count the broker's system calls with strace, too",
            "  --pairs N         instead, what a recording costs: N times with and without",
            "  --minutes N       instead, what memory the broker keeps while it works that long",
            "  --without-agent   run the broker without iopath",
            "",
            "Examples:",
            "  iopath demo loop-heap transfer-to --output demos",
            "  iopath demo kafka --gb 2 --dir kafka"
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    private static final String KAFKA = "kafka";
    private static final AppFlags NO_APP = new AppFlags();

    private final PrintStream out;
    private final PrintStream err;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "NAME", description = "demos to run, with or without number; default: all")
    private List<String> names = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "where the recordings go; default: a temporary one")
    private @Nullable Path output;

    @Option(names = "--keep", description = "leave the temporary directory with the recordings")
    private boolean keep;

    @Unmatched
    private List<String> unmatched = new ArrayList<>(); // picocli adds to it

    DemoCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException, UnreadableException {
        boolean kafka = !names.isEmpty() && names.get(0).equals(KAFKA);
        if (!kafka && !unmatched.isEmpty()) {
            throw usage("unknown option " + unmatched.get(0));
        }
        Home home = Home.find();
        DemoJvm jvm = new DemoJvm(home);
        if (kafka) {
            return jvm.kafka(home.analyzer(), afterKafka());
        }
        List<DemoJvm.Entry> chosen = chosen(jvm.list());
        try (Recordings recordings = Recordings.in(output, keep)) {
            return run(jvm, chosen, recordings);
        }
    }

    private int run(DemoJvm jvm, List<DemoJvm.Entry> demos, Recordings recordings)
            throws CommandException, UnreadableException {
        List<Path> files = new ArrayList<>();
        for (DemoJvm.Entry demo : demos) {
            files.add(recordings.fresh(demo.name()));
        }
        Comparison comparison = new Comparison();
        List<Path> made = new ArrayList<>();
        for (int i = 0; i < demos.size(); i++) {
            DemoJvm.Entry demo = demos.get(i);
            Path file = files.get(i);
            int code = jvm.record(demo.name(), file, out::println);
            if (code != 0 || !Files.exists(file)) {
                err.println("iopath: demo " + demo.name() + " ended with exit code " + code
                        + (Files.exists(file) ? "" : " and left no recording") + "; see its lines above");
                continue;
            }
            made.add(file);
            comparison.add(
                    demo.pair(), demo.role(), demo.name(), demo.moral(), Inputs.profile(List.of(file), NO_APP, err));
        }
        if (made.isEmpty()) {
            return ExitCode.FAILED;
        }
        out.println();
        Profile profile = Inputs.profile(made, NO_APP, err);
        out.print(TextReport.of(profile, Prices.atMost(profile), Voice.look()));
        out.println();
        out.print(comparison.text());
        if (recordings.stay()) {
            out.println();
            out.println("The recordings are in " + recordings.directory() + ".");
        }
        return made.size() == demos.size() ? ExitCode.OK : ExitCode.FAILED;
    }

    private List<DemoJvm.Entry> chosen(List<DemoJvm.Entry> all) {
        List<DemoJvm.Entry> chosen = new ArrayList<>();
        for (String name : names) {
            chosen.add(all.stream()
                    .filter(demo -> demo.name().equals(name)
                            || demo.name().replaceFirst("^[0-9]+-", "").equals(name))
                    .findFirst()
                    .orElseThrow(() -> usage("there is no demo '" + name + "'; there are "
                            + String.join(
                                    ", ", all.stream().map(DemoJvm.Entry::name).toList()) + ", " + KAFKA)));
        }
        return names.isEmpty() ? all : chosen;
    }

    /** All words behind {@code kafka}, as they were typed: they are another program's. */
    private List<String> afterKafka() {
        List<String> typed = line().getParseResult().originalArgs();
        return typed.subList(typed.indexOf(KAFKA) + 1, typed.size());
    }

    private ParameterException usage(String message) {
        return new ParameterException(line(), message);
    }

    private picocli.CommandLine line() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not parse this");
        }
        return spec.commandLine();
    }

    /**
     * Where recordings are put.
     *
     * @param stay whether they outlive the command
     */
    private record Recordings(Path directory, boolean stay) implements AutoCloseable {
        static Recordings in(@Nullable Path output, boolean keep) throws CommandException {
            try {
                return output == null
                        ? new Recordings(Files.createTempDirectory("iopath-demo"), keep)
                        : new Recordings(Files.createDirectories(output.toAbsolutePath()), true);
            } catch (IOException e) {
                throw new CommandException(
                        ExitCode.FAILED, "cannot make a directory for the recordings (" + e + "); try --output DIR");
            }
        }

        Path fresh(String name) throws CommandException {
            Path file = directory.resolve(name + ".jfr");
            if (Files.exists(file)) {
                throw new CommandException(ExitCode.USAGE, file + " exists; choose another --output");
            }
            return file;
        }

        @Override
        public void close() throws CommandException {
            if (stay) {
                return;
            }
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
                Files.delete(directory);
            } catch (IOException e) {
                throw new CommandException(
                        ExitCode.FAILED, "cannot delete the recordings in " + directory + " (" + e + ")");
            }
        }
    }
}
