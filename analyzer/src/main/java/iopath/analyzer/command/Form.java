package iopath.analyzer.command;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The form that a command writes in: the one asked for, else the one that its file's name ends with. */
final class Form {
    /** What an ending stands for, by the name of the format. */
    private static final Map<String, String> ENDINGS = Map.ofEntries(
            Map.entry("txt", "text"),
            Map.entry("text", "text"),
            Map.entry("json", "json"),
            Map.entry("html", "html"),
            Map.entry("htm", "html"),
            Map.entry("md", "markdown"),
            Map.entry("markdown", "markdown"),
            Map.entry("collapsed", "collapsed"),
            Map.entry("folded", "collapsed"),
            Map.entry("pprof", "pprof"),
            Map.entry("pb", "pprof"),
            Map.entry("gz", "pprof"),
            Map.entry("prom", "prometheus"),
            Map.entry("xml", "junit"),
            Map.entry("ndjson", "ndjson"),
            Map.entry("jsonl", "ndjson"));

    private Form() {}

    /**
     * The form to write in.
     *
     * @param asked by {@code --format}; {@code null} if it was not given
     * @param file by {@code --output}; {@code null} for standard output
     * @param otherwise where neither says
     * @throws CommandException if the file's ending stands for a format that this command does not have
     */
    static <F extends Enum<F>> F of(@Nullable F asked, @Nullable Path file, F otherwise) throws CommandException {
        if (asked != null) {
            return asked;
        }
        String wanted = file == null ? null : byEnding(file);
        if (wanted == null) {
            return otherwise;
        }
        Class<F> type = otherwise.getDeclaringClass();
        for (F format : type.getEnumConstants()) {
            if (format.name().equals(wanted)) {
                return format;
            }
        }
        throw new CommandException(
                ExitCode.USAGE,
                file + " ends like " + wanted + ", which this command does not write; give --format as well: "
                        + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")));
    }

    /** The name of the format that a file's ending stands for; {@code null} if it stands for none. */
    static @Nullable String byEnding(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return ENDINGS.get(name.substring(name.lastIndexOf('.') + 1));
    }
}
