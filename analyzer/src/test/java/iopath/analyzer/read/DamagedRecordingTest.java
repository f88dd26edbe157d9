package iopath.analyzer.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import iopath.analyzer.event.Reading;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The JDK's parser hangs on, or throws at, most of these. */
@Timeout(300)
class DamagedRecordingTest {
    private static final int CHUNKS = 3;
    private static final long BYTES = CHUNKS * 1000L;

    @TempDir
    static Path directory;

    private static byte[] good = new byte[0];
    private static List<Chunk> chunks = List.of();

    @BeforeAll
    static void record() throws IOException {
        Path file = Fabricated.everything(directory.resolve("good.jfr"), CHUNKS);
        good = Files.readAllBytes(file);
        try (FileChannel channel = FileChannel.open(file)) {
            chunks = ChunkIndex.of(file, new Bytes(channel)).chunks();
        }
    }

    @Test
    void aSizeOfZeroInTheLastChunkNeitherHangsNorLosesEvents() throws Exception {
        byte[] bytes = good.clone();
        Chunk last = chunks.get(chunks.size() - 1);
        buffer(bytes).putLong((int) last.begin() + ChunkHeader.SIZE_OFFSET, 0);

        Read read = read(bytes);

        assertThat(read.bytes).isEqualTo(BYTES);
        assertThat(read.reading.warnings()).singleElement().asString().contains("unfinished");
    }

    @Test
    void aSizeOfZeroInTheFirstChunkLosesNoneOfTheOthers() throws Exception {
        byte[] bytes = good.clone();
        buffer(bytes).putLong(ChunkHeader.SIZE_OFFSET, 0);

        assertThat(read(bytes).bytes).isEqualTo(BYTES);
    }

    @Test
    void aSizeBeyondTheEndIsNotBelieved() throws Exception {
        byte[] bytes = good.clone();
        buffer(bytes).putLong(ChunkHeader.SIZE_OFFSET, 1L << 40);

        assertThat(read(bytes).bytes).isEqualTo(BYTES);
    }

    @Test
    void aChunkThatWasNeverFlushedLosesNoneOfTheOthers() throws Exception {
        byte[] bytes = good.clone();
        ByteBuffer header = buffer(bytes);
        int begin = (int) chunks.get(chunks.size() - 1).begin();
        for (int offset = ChunkHeader.SIZE_OFFSET; offset < 32; offset += Long.BYTES) {
            header.putLong(begin + offset, 0);
        }
        bytes[begin + ChunkHeader.STATE_OFFSET] = 1;

        // Its metadata is in the file all the same, and is found.
        assertThat(read(bytes).bytes).isEqualTo(BYTES);
    }

    @Test
    void aCheckpointThatPointsToItselfDoesNotHang() throws Exception {
        byte[] bytes = good.clone();
        int checkpoint = (int) chunks.get(0).header().constants();
        int delta = checkpoint;
        for (int field = 0; field < 4; field++) {
            delta = behindNumber(bytes, delta);
        }
        int end = behindNumber(bytes, delta);
        // A positive delta of the same length, which leads back to where it came from or ahead.
        Arrays.fill(bytes, delta, end - 1, (byte) 0x80);
        bytes[end - 1] = 1;

        Read read = read(bytes);

        assertThat(read.bytes).isBetween(BYTES * (CHUNKS - 1) / CHUNKS, BYTES);
    }

    @Test
    void anEventOfImpossibleSizeHidesNotWhatComesAfter() throws Exception {
        byte[] bytes = good.clone();
        Chunk first = chunks.get(0);
        // The second event: the first is the checkpoint that each chunk begins with.
        int second;
        try (FileChannel channel = FileChannel.open(first.file())) {
            EventWalk walk = new EventWalk(new Bytes(channel), ChunkHeader.LENGTH, first.end());
            walk.next();
            walk.next();
            second = (int) walk.position();
        }
        bytes[second] = 0;

        Read read = read(bytes);

        assertThat(read.bytes).isGreaterThanOrEqualTo(BYTES * (CHUNKS - 1) / CHUNKS);
        assertThat(read.reading.warnings()).first().asString().contains("in its middle");
    }

    @Test
    void damagedConstantsDoNotTakeTheSumsWithThem() throws Exception {
        byte[] bytes = good.clone();
        for (Chunk chunk : chunks) {
            int at = (int) (chunk.begin() + chunk.header().constants());
            for (int field = 0; field < 5; field++) {
                at = behindNumber(bytes, at);
            }
            // Behind the kind of checkpoint: the number of its pools, then the first one's type.
            bytes[at + 2] = 0x7f;
        }

        Read read = read(bytes);

        assertThat(read.bytes).isPositive();
        assertThat(read.reading.warnings()).isNotEmpty();
    }

    @Test
    void aStateOfUpdatingDoesNotWaitForAJvmThatIsGone() throws Exception {
        byte[] bytes = good.clone();
        bytes[ChunkHeader.STATE_OFFSET] = (byte) 0xff;

        assertThat(read(bytes).bytes).isEqualTo(BYTES);
    }

    @Test
    void aCutAnywhereLosesOnlyWhatIsBehindIt() throws Exception {
        for (int i = 1; i <= 200; i++) {
            int length = (int) ((long) good.length * i / 201);
            long whole = chunks.stream().filter(c -> c.end() <= length).count();
            // The first chunk holds no events if the JVM began another at once.
            Read read = readOrNothing(Arrays.copyOf(good, length));
            if (whole == 0) {
                continue;
            }
            assertThat(read).as("cut at %s", length).isNotNull();
            assertThat(read.bytes).as("cut at %s", length).isGreaterThanOrEqualTo(bytesOfFirst(whole));
            if (chunks.stream().noneMatch(c -> c.end() == length)) {
                assertThat(read.reading.warnings()).as("cut at %s", length).isNotEmpty();
            }
        }
    }

    @Test
    void garbageBehindTheLastChunkIsToldAndSkipped() throws Exception {
        byte[] bytes = Arrays.copyOf(good, good.length + 1000);

        Read read = read(bytes);

        assertThat(read.bytes).isEqualTo(BYTES);
        assertThat(read.reading.warnings()).isNotEmpty();
    }

    @Test
    void garbageInFrontIsToldAndSkipped() throws Exception {
        byte[] bytes = new byte[good.length + 1000];
        System.arraycopy(good, 0, bytes, 1000, good.length);

        Read read = read(bytes);

        assertThat(read.bytes).isEqualTo(BYTES);
        assertThat(read.reading.warnings()).anyMatch(w -> w.contains("1000 bytes belong to no chunk"));
    }

    @Test
    void whatIsNoRecordingIsSaidToBeNone() throws IOException {
        assertUnreadable(new byte[0], "is empty");
        assertUnreadable("FLR".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "not a JFR recording");
        assertUnreadable(new byte[1 << 20], "not a JFR recording");
        assertUnreadable(new byte[] {0x1f, (byte) 0x8b, 8, 0}, "unpack");
        assertUnreadable(Arrays.copyOf(good, 2000), "can be read: record again");
        assertThatThrownBy(() -> new RecordingReader(new Collected()).read(List.of(directory)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("is a directory");
        assertThatThrownBy(() -> new RecordingReader(new Collected()).read(List.of(directory.resolve("none"))))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("does not exist");
    }

    /** Four terabytes would take hours. */
    @Test
    void zerosWithoutEndAreNotSearchedToTheirEnd() throws Exception {
        Path zeros = directory.resolve("zeros.jfr");
        try (FileChannel file = FileChannel.open(zeros, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), 1L << 42);
        }
        assertThatThrownBy(() -> new RecordingReader(new Collected()).read(List.of(zeros)))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining("not a JFR recording");

        Path behind = Files.write(directory.resolve("behind.jfr"), good);
        try (FileChannel file = FileChannel.open(behind, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(1), 1L << 42);
        }
        Collected events = new Collected();
        Reading reading = new RecordingReader(events).read(List.of(behind));
        assertThat(events.bytes()).isEqualTo(BYTES);
        assertThat(reading.warnings()).anyMatch(w -> w.contains("lost 4398"));
    }

    @Test
    void flippedBytesNeverEscapeAsAnythingButUnreadable() throws Exception {
        Random random = new Random(20260101);
        for (int mutant = 0; mutant < 300; mutant++) {
            byte[] bytes = good.clone();
            for (int flips = 1 + random.nextInt(8); flips > 0; flips--) {
                // Most of a chunk is metadata: half of the flips go where the events and the headers are.
                Chunk chunk = chunks.get(random.nextInt(chunks.size()));
                int at = random.nextBoolean()
                        ? random.nextInt(bytes.length)
                        : (int) chunk.begin() + random.nextInt((int) Math.min(9000, chunk.end() - chunk.begin()));
                bytes[at] = (byte) random.nextInt(256);
            }
            readOrNothing(bytes);
        }
    }

    private static int behindNumber(byte[] bytes, int at) {
        int end = at;
        while (bytes[end] < 0 && end - at < 8) {
            end++;
        }
        return end + 1;
    }

    private static long bytesOfFirst(long count) throws Exception {
        int end = (int) chunks.get((int) count - 1).end();
        Read read = readOrNothing(Arrays.copyOf(good, end));
        return read == null ? 0 : read.bytes;
    }

    private void assertUnreadable(byte[] bytes, String message) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(UnreadableException.class)
                .hasMessageContaining(message);
    }

    private static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes);
    }

    private record Read(Reading reading, long bytes) {}

    private static Read read(byte[] bytes) throws Exception {
        Path file = Files.write(directory.resolve("damaged.jfr"), bytes);
        Collected events = new Collected();
        Reading reading = new RecordingReader(events).read(List.of(file));
        return new Read(reading, events.bytes());
    }

    private static @org.jspecify.annotations.Nullable Read readOrNothing(byte[] bytes) throws Exception {
        try {
            return read(bytes);
        } catch (UnreadableException nothing) {
            return null;
        }
    }
}
