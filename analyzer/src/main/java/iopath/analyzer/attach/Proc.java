package iopath.analyzer.attach;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The kernel's files about processes; whatever cannot be read, or is of a process that has ended, is empty.
 *
 * @param directory {@code /proc}, or a test's imitation
 */
public record Proc(Path directory) {

    /** That of this host. */
    public static Proc host() {
        return new Proc(Path.of("/proc"));
    }

    /** Whether this system has one: Linux does. */
    public boolean isThere() {
        return self() > 0;
    }

    /** The process that asks, in the numbers of this {@code /proc}; 0 if that is unknown. */
    long self() {
        return link(directory.resolve("self"))
                .filter(Proc::isNumber)
                .map(Long::parseLong)
                .orElse(0L);
    }

    /** All processes, in ascending order. */
    List<Long> pids() {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(Proc::isNumber)
                    .map(Long::parseLong)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            return List.of();
        }
    }

    /** A file or folder of a process, there or not. */
    Path path(long pid, String name) {
        return directory.resolve(Long.toString(pid)).resolve(name);
    }

    /** The text of a file. */
    Optional<String> text(long pid, String name) {
        try {
            return Optional.of(new String(Files.readAllBytes(path(pid, name)), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The words of a file that ends each with a zero byte. */
    Optional<List<String>> words(long pid, String name) {
        return text(pid, name).map(text -> text.isEmpty() ? List.of() : List.of(text.split("\0")));
    }

    /** What a symbolic link holds, as the kernel writes it. */
    Optional<String> link(long pid, String name) {
        return link(path(pid, name));
    }

    /** How many entries a folder has. */
    OptionalInt count(long pid, String name) {
        try (Stream<Path> entries = Files.list(path(pid, name))) {
            return OptionalInt.of((int) entries.count());
        } catch (IOException | UncheckedIOException e) {
            return OptionalInt.empty();
        }
    }

    /** What the links in a folder hold. */
    List<String> links(long pid, String name) {
        try (Stream<Path> entries = Files.list(path(pid, name))) {
            return entries.flatMap(entry -> link(entry).stream()).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of();
        }
    }

    private static Optional<String> link(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isNumber(String name) {
        // Pids have 22 bits at most.
        return name.matches("[0-9]{1,9}");
    }
}
