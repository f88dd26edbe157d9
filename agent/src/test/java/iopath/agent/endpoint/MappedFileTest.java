package iopath.agent.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.link.Memory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapping that was made before anybody watched is a file's, or the application's own: the kernel knows. */
class MappedFileTest {

    private static final int SIZE = 10_000;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void itIsTheFileThatIsThere() throws IOException {
        Path file = file("a file\nwith a line feed");

        assertIsOf(
                file,
                false,
                MappedFile.at(Memory.base(map(file, MapMode.READ_ONLY).slice(5000, 100))));
        assertIsOf(file, false, MappedFile.at(Memory.base(map(file, MapMode.READ_WRITE))));
    }

    @Test
    void aPrivateOneMayHoldOtherBytesThanTheFile() throws IOException {
        Path file = file("file");

        assertIsOf(file, true, MappedFile.at(Memory.base(map(file, MapMode.PRIVATE))));
    }

    @Test
    void aFileThatIsGoneWasAFile() throws IOException {
        Path file = file("file");
        ByteBuffer mapped = map(file, MapMode.READ_ONLY);
        Files.delete(file);

        assertIsOf(file, false, MappedFile.at(Memory.base(mapped)));
    }

    @Test
    void otherMemoryIsNoFile() {
        assertThat(MappedFile.at(Memory.base(ByteBuffer.allocateDirect(SIZE)))).isNull();
    }

    @Test
    void allThatIsMappedHasItsPlaceAndNoneIsTheJvmsOwn() throws IOException {
        Path file = file("file");
        long from = Memory.base(map(file, MapMode.READ_ONLY));

        assertThat(MappedFile.all())
                .anyMatch(each -> each.path().equals(file.toString()) && each.from() == from && each.size() >= SIZE)
                .noneMatch(each -> each.path().contains("/hsperfdata_"));
    }

    private static void assertIsOf(Path file, boolean copied, @Nullable MappedFile found) {
        assertThat(found).isNotNull().satisfies(mapped -> {
            assertThat(mapped.path()).isEqualTo(file.toString());
            assertThat(mapped.copied()).isEqualTo(copied);
        });
    }

    private Path file(String name) throws IOException {
        return Files.write(folder.resolve(name), new byte[SIZE]).toRealPath();
    }

    private static ByteBuffer map(Path file, MapMode mode) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(mode, 0, SIZE);
        }
    }
}
