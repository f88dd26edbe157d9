package iopath.analyzer.command;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where an answer goes, for people or for programs, as options of the commands that give one of the two. */
final class TextOrJson {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; default: what the output's name ends with, else text")
    private @Nullable Format format;

    @Mixin
    private OutputFlags output = new OutputFlags();

    /** The two forms, as they are typed. */
    @SuppressWarnings("MemberName")
    enum Format {
        text,
        json
    }

    /** Says no before the work is done, where that can be known. */
    void check() throws CommandException {
        form();
        output.target().check(List.of());
    }

    /** Writes the one that is wanted. */
    void write(Supplier<String> text, Supplier<String> json, PrintStream out) throws CommandException {
        output.target().write((form() == Format.json ? json : text).get(), out);
    }

    private Format form() throws CommandException {
        return output.format(format, Format.text);
    }
}
