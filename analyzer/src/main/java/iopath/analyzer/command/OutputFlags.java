package iopath.analyzer.command;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a report goes, as options of the commands that write one. */
final class OutputFlags {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "write to a file, in the format that its name ends with; default: standard output")
    private @Nullable Path output;

    @Option(names = "--force", description = "replace the output if it exists")
    private boolean force;

    Output target() {
        return new Output(output, force);
    }

    /** Another file, which may be replaced if the first may be; {@code null} for standard output. */
    Output beside(@Nullable Path other) {
        return new Output(other, force);
    }

    /** See {@link Form#of}. */
    <F extends Enum<F>> F format(@Nullable F asked, F otherwise) throws CommandException {
        return Form.of(asked, output, otherwise);
    }
}
