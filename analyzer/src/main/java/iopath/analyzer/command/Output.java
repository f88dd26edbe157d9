package iopath.analyzer.command;

import iopath.analyzer.attach.PrivateFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
        if (file == null) {
            return;
        }
        if (!Files.exists(file)) {
            Path directory = file.toAbsolutePath().getParent();
            if (directory == null || !Files.isDirectory(directory)) {
                throw cannotWrite(file, "there is no directory " + directory);
            }
            if (!Files.isWritable(directory)) {
                throw cannotWrite(file, directory + " is not writable");
            }
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
        } else {
            write(file, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The same for what is no text. */
    void write(byte[] content, PrintStream standard) throws CommandException {
        if (file == null) {
            standard.write(content, 0, content.length);
            standard.flush();
        } else {
            write(file, content);
        }
    }

    private void write(Path file, byte[] content) throws CommandException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // A pipe or a terminal: there is nothing to keep.
                Files.write(file, content);
            } else {
                put(file, content);
            }
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        } catch (IOException e) {
            throw cannotWrite(file, e.toString());
        }
    }

    /** That it was not possible, and what to look at. */
    static CommandException cannotWrite(Path file, String why) {
        return new CommandException(
                ExitCode.FAILED, "cannot write " + file + " (" + why + "); check its directory and the free space");
    }

    /** A file beside another, for what takes its place once it is whole; of a name that nobody else uses. */
    static Path beside(Path file) {
        return file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".new");
    }

    /** Through a file beside it, so that a full disk leaves the old report or none. */
    private void put(Path file, byte[] content) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        Path fresh = beside(target);
        boolean made = false;
        try {
            // Names and code of a service are as private in a report as in the recording.
            try (OutputStream out = Channels.newOutputStream(PrivateFile.create(fresh))) {
                made = true;
                out.write(content);
            }
            if (force) {
                Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
            } else {
                Files.move(fresh, target);
            }
        } finally {
            if (made) {
                Files.deleteIfExists(fresh);
            }
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
