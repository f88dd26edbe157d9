package iopath.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is positioned at its end, instead of opened to append, keeps all transfers of the JVM in the kernel. */
final class PositionedTarget {
    private PositionedTarget() {}

    static Moved run(Stage stage) throws IOException {
        Path log = stage.directory().resolve("positioned");
        Path copy = stage.directory().resolve("copied-after");
        try (FileChannel source = FileChannel.open(stage.file(), StandardOpenOption.READ)) {
            append(source, log);
            copy(source, copy);
        }
        return stage.copied(log, copy);
    }

    private static void append(FileChannel source, Path log) throws IOException {
        try (FileChannel target = FileChannel.open(log, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            target.position(target.size());
            long size = source.size();
            for (long position = 0; position < size; ) {
                position += source.transferTo(position, size - position, target);
            }
        }
    }

    private static void copy(FileChannel source, Path copy) throws IOException {
        try (FileChannel target = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            long size = source.size();
            for (long position = 0; position < size; ) {
                position += source.transferTo(position, size - position, target);
            }
        }
    }
}
