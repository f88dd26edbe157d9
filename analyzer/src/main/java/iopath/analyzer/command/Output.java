package iopath.analyzer.command;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a report goes.
 *
 * @param file {@code null} for standard output
 * @param force whether a file that is there may be replaced
 */
record Output(@Nullable Path file, boolean force) {

    /** Says no before the work is done, where that can be known. */
    void check(List<Path> inputs) throws CommandException {
        if (file == null || !Files.exists(file)) {
            return;
        }
        for (Path input : inputs) {
            if (isSame(file, input)) {
                throw new CommandException(ExitCode.USAGE, file + " is one of the inputs; choose another --output");
            }
        }
        if (Files.isDirectory(file)) {
            throw new CommandException(ExitCode.USAGE, file + " is a directory; name a file with --output");
        }
        if (!force) {
            throw exists(file);
        }
    }

    /** Writes all of it, or leaves what was there. */
    void write(String text, PrintStream standard) throws CommandException {
        if (file == null) {
            standard.print(text);
            standard.flush();
            return;
        }
        try {
            if (force) {
                replace(file, text);
            } else {
                Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED, "cannot write " + file + " (" + e + "); check its directory and the free space");
        }
    }

    private static void replace(Path file, String text) throws IOException {
        if (!Files.isRegularFile(file) && Files.exists(file)) {
            // A pipe or /dev/stdout: there is nothing to keep.
            Files.writeString(file, text, StandardCharsets.UTF_8);
            return;
        }
        Path directory = file.toAbsolutePath().getParent();
        Path fresh = Files.createTempFile(directory, ".iopath", ".tmp");
        try {
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static boolean isSame(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (IOException e) {
            return false;
        }
    }

    private static CommandException exists(Path file) {
        return new CommandException(ExitCode.USAGE, file + " exists; choose another --output, or add --force");
    }
}
