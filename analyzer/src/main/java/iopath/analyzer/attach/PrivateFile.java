package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but their owner may read: a recording names files, peers and code. */
public final class PrivateFile {
    private PrivateFile() {}

    /**
     * Makes one, and opens it for writing.
     *
     * @throws FileAlreadyExistsException if there is anything of that name, a symbolic link included
     */
    public static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
