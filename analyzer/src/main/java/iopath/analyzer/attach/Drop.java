package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * A private directory that this process and a target both see, the target's for reading and writing.
 *
 * @param here its path for this process
 * @param there its path for the target, which may have another root
 */
record Drop(Path here, Path there) implements AutoCloseable {
    private static final int NAME_BYTES = 8;

    /** Makes one in the target's directory for temporary files. */
    static Drop in(Surroundings target, String temporary) throws UnreachableException {
        byte[] random = new byte[NAME_BYTES];
        new SecureRandom().nextBytes(random);
        Path there = Path.of(temporary).resolve("iopath-" + HexFormat.of().formatHex(random));
        Path here = target.path(there);
        try {
            // Fails if it exists, a symbolic link included.
            Files.createDirectory(
                    here, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            target.give(here);
            return new Drop(here, there);
        } catch (IOException e) {
            throw new UnreachableException("cannot write to " + temporary + " of process " + target.pid() + " (" + e
                    + "); iopath doctor " + target.pid() + " says what to do");
        }
    }

    /** Whether the target has put something into a file of this name. */
    boolean has(String name) {
        try {
            return Files.size(here.resolve(name)) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Moves a file out of it; the copy is readable by its owner alone, and replaces nothing. */
    void take(String name, Path to) throws IOException {
        try (FileChannel source =
                        FileChannel.open(here.resolve(name), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
                FileChannel sink = PrivateFile.create(to)) {
            long size = source.size();
            for (long at = 0; at < size; ) {
                at += source.transferTo(at, size - at, sink);
            }
        }
    }

    /** Deletes it and what is in it. */
    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.list(here)) {
            for (Path file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (NoSuchFileException e) {
            // It went with its container.
            return;
        }
        Files.delete(here);
    }
}
