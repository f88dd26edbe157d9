package iopath.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** One transfer into a file opened to append makes all later file-to-file transfers of the JVM copy, before JDK 25. */
final class AppendTarget {
    private AppendTarget() {}

    static Moved run(Stage stage) throws IOException {
        Path log = stage.directory().resolve("appended");
        Path copy = stage.directory().resolve("copied-after");
        try (FileChannel source = FileChannel.open(stage.file(), StandardOpenOption.READ)) {
            append(source, log);
            copy(source, copy);
        }
        return stage.copied(log, copy);
    }

    private static void append(FileChannel source, Path log) throws IOException {
        try (FileChannel target = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long size = source.size();
            for (long position = 0; position < size; ) {
                position += source.transferTo(position, size - position, target);
            }
        }
    }

    /** Nothing is wrong here: it is a copy because of what happened in {@link #append}. */
    private static void copy(FileChannel source, Path copy) throws IOException {
        try (FileChannel target = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long size = source.size();
            for (long position = 0; position < size; ) {
                position += source.transferTo(position, size - position, target);
            }
        }
    }
}
