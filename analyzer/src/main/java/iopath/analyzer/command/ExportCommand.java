package iopath.analyzer.command;

import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.render.NdjsonRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes what recordings say as rows of a table. */
@Command(
        name = "export",
        description = "Writes what each recording says as flat rows, for DuckDB, Spark, Trino or ClickHouse: one a"
                + " transfer, a site and a finding.",
        footer = {
            "",
            "Examples:",
            "  iopath export recordings/ -o rows.ndjson",
            "  zcat app.jfr.gz | iopath export - | duckdb -c \"select path, sum(bytes)",
            "      from read_json_auto('/dev/stdin') where kind = 'transfer' group by path\""
        },
        mixinStandardHelpOptions = true)
final class ExportCommand implements Callable<Integer> {
    private static final String STANDARD_INPUT = "-";

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(
            arity = "1..*",
            paramLabel = "FILE|DIR|-",
            description = "recordings, also compressed ones (.gz); folders with their *.jfr and *.jfr.gz; - for one on"
                    + " standard input")
    private List<String> inputs = List.of();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}: a JSON document a line, the only format yet")
    private @Nullable Format format;

    @Mixin
    private OutputFlags output = new OutputFlags();

    @Mixin
    private AppFlags app = new AppFlags();

    /** The forms of rows, as they are typed. */
    @SuppressWarnings("MemberName")
    enum Format {
        ndjson
    }

    ExportCommand(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    @Override
    public Integer call() throws CommandException, UnreadableException {
        Output target = output.target();
        output.format(format, Format.ndjson);
        List<String> names = new ArrayList<>();
        for (String input : inputs) {
            names.addAll(recordings(input));
        }
        target.check(names.stream()
                .filter(name -> !name.equals(STANDARD_INPUT))
                .map(Path::of)
                .toList());
        StringBuilder rows = new StringBuilder();
        boolean all = true;
        for (String name : names) {
            try {
                rows.append(rows(name));
            } catch (UnreadableException | IOException e) {
                all = false;
                err.println("iopath: warning: " + OneLine.of(name + " is left out: " + e.getMessage()));
            }
        }
        target.write(rows.toString(), out);
        return all ? ExitCode.OK : ExitCode.UNREADABLE;
    }

    private static List<String> recordings(String input) throws CommandException {
        if (input.equals(STANDARD_INPUT) || !Files.isDirectory(Path.of(input))) {
            return List.of(input);
        }
        try (Stream<Path> files = Files.walk(Path.of(input))) {
            List<String> found = files.filter(Files::isRegularFile)
                    .map(Path::toString)
                    .filter(name -> name.endsWith(".jfr") || name.endsWith(".jfr.gz"))
                    .sorted()
                    .toList();
            if (found.isEmpty()) {
                throw new CommandException(
                        ExitCode.UNREADABLE, input + " has no *.jfr and no *.jfr.gz in it; name another folder");
            }
            return found;
        } catch (IOException e) {
            throw new CommandException(ExitCode.UNREADABLE, input + " cannot be read (" + e + "); check the folder");
        }
    }

    private String rows(String name) throws UnreadableException, IOException, CommandException {
        boolean packed = name.toLowerCase(Locale.ROOT).endsWith(".gz");
        if (!packed && !name.equals(STANDARD_INPUT)) {
            return NdjsonRows.of(name, Inputs.profile(List.of(Path.of(name)), app, err));
        }
        Path plain = Files.createTempFile("iopath", ".jfr");
        try {
            if (packed) {
                try (InputStream file = new GZIPInputStream(Files.newInputStream(Path.of(name)))) {
                    Files.copy(file, plain, StandardCopyOption.REPLACE_EXISTING);
                }
            } else {
                Files.copy(in, plain, StandardCopyOption.REPLACE_EXISTING);
            }
            return NdjsonRows.of(name, Inputs.profile(List.of(plain), app, err));
        } finally {
            Files.delete(plain);
        }
    }
}
