package iopath.analyzer.attach;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Reading of small files that are somebody else's: no pipe keeps us, no file that has no end is read to it.
 *
 * <p>What is in them is shown, and nothing is done because of it.
 */
final class Bounded {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Bounded() {}

    /** All of a regular file; empty if it is longer than {@code most}. */
    static Optional<byte[]> bytes(Path file, int most) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        // It may have become a pipe since: that is what the patience is for.
        return Knock.answer(
                () -> {
                    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
                            InputStream in = Channels.newInputStream(channel)) {
                        byte[] bytes = in.readNBytes(most + 1);
                        return bytes.length > most ? Optional.<byte[]>empty() : Optional.of(bytes);
                    }
                },
                PATIENCE);
    }
}
