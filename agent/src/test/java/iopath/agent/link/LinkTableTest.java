package iopath.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.classify.BufferKind;
import iopath.agent.link.Portions.Relation;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a write is said to have sent, when memory was read into, moved, changed, or handed on in between. */
class LinkTableTest {

    private static final int FILE = 7;
    private static final int OTHER = 8;

    private final LinkTable links = new LinkTable(8);
    private final Random random = new Random(42);

    @Test
    void aWholeBufferIsLinked() {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        read(buffer, 0, 8192, FILE);
        assertThat(write(buffer, 0, 8192)).isEqualTo("READ 7 8192(8192); ");
    }

    @Test
    void aWriteOfTheSameMemoryTwiceIsLinkedTwiceButPassesOnce() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
        read(buffer, 0, 8192, FILE);
        assertThat(write(buffer, 0, 8192)).isEqualTo("READ 7 8192(8192); ");
        assertThat(write(buffer, 0, 8192)).isEqualTo("READ 7 8192(0); ");
    }

    @Test
    void partialWritesPassEachByteOnce() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100_000);
        read(buffer, 0, 100_000, FILE);
        assertThat(write(buffer, 0, 3_000)).isEqualTo("READ 7 3000(3000); ");
        assertThat(write(buffer, 3_000, 70_000)).isEqualTo("READ 7 67000(67000); ");
        assertThat(write(buffer, 60_000, 100_000)).isEqualTo("READ 7 40000(30000); ");
    }

    @Test
    void theUpperHalfSentFirstMakesTheLowerOneNeitherKeptNorSentAgain() {
        ByteBuffer buffer = aligned();
        for (int round = 0; round < 4; round++) {
            read(buffer, 0, 8192, FILE);
            read(buffer, 8192, 16384, FILE);
            assertThat(write(buffer, 8192, 16384)).isEqualTo("READ 7 8192(8192); ");
            assertThat(write(buffer, 0, 8192)).isEqualTo("READ 7 8192(8192); ");
            assertThat(write(buffer, 0, 16384)).isEqualTo("READ 7 16384(0); ");
        }
        assertThat(links.lost()).isZero();
    }

    @Test
    void manyPiecesSentFromTheLastToTheFirstPassEachByteOnce() {
        ByteBuffer buffer = aligned();
        read(buffer, 0, 16384, FILE);
        for (int at = 15_360; at >= 0; at -= 1024) {
            assertThat(write(buffer, at, at + 1024)).isEqualTo("READ 7 1024(1024); ");
        }
        assertThat(write(buffer, 0, 16384)).isEqualTo("READ 7 16384(0); ");
        assertThat(links.lost()).isZero();
    }

    /** More islands than a bucket has extents: what cannot be kept apart is forgotten, and never counted twice. */
    @Test
    void piecesSentInAnyOrderNeverPassAByteTwice() {
        for (int round = 0; round < 200; round++) {
            ByteBuffer buffer = aligned();
            read(buffer, 0, 16384, FILE);
            long passed = 0;
            for (int piece : random.ints(0, 16).distinct().limit(16).toArray()) {
                String found = write(buffer, piece * 1024, piece * 1024 + 1024);
                assertThat(found).isIn("READ 7 1024(1024); ", "OWN 0 1024(0); ");
                passed += found.startsWith("READ") ? 1024 : 0;
            }
            String again = write(buffer, 0, 16384);
            assertThat(again).doesNotContainPattern("READ 7 \\d+\\([1-9]");
            assertThat(passed).isGreaterThan(8192);
        }
    }

    /** The memory of one granule. */
    private static ByteBuffer aligned() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2 * LinkTable.GRANULE);
        return buffer.slice((int) (-Memory.base(buffer) & LinkTable.GRANULE - 1), LinkTable.GRANULE);
    }

    @Test
    void aHeaderInFrontIsTheApplicationsOwn() {
        ByteBuffer buffer = ByteBuffer.allocate(4096);
        buffer.putInt(0, 42);
        read(buffer, 4, 4096, FILE);
        assertThat(write(buffer, 0, 4096)).isEqualTo("OWN 0 4(0); READ 7 4092(4092); ");
    }

    @Test
    void slicesDuplicatesAndReadOnlyViewsAreTheSameMemory() {
        for (ByteBuffer buffer : new ByteBuffer[] {ByteBuffer.allocate(4096), ByteBuffer.allocateDirect(4096)}) {
            read(buffer, 0, 4096, FILE);
            assertThat(write(buffer.slice(1000, 500), 0, 500)).isEqualTo("READ 7 500(500); ");
            assertThat(write(buffer.duplicate(), 2000, 2264)).isEqualTo("READ 7 264(264); ");
            assertThat(write(buffer.asReadOnlyBuffer(), 3000, 4096)).isEqualTo("READ 7 1096(1096); ");
        }
    }

    @Test
    void changedBytesAreNotLinked() {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        read(buffer, 0, 8192, FILE);
        for (int i = 0; i < 8192; i++) {
            buffer.put(i, (byte) (buffer.get(i) ^ 0x55));
        }
        assertThat(write(buffer, 0, 8192)).isEqualTo("MODIFIED 0 8192(0); ");
    }

    @Test
    void aChangedFirstOrLastByteIsSeen() {
        for (int at : new int[] {0, 8191}) {
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            read(buffer, 0, 8192, FILE);
            buffer.put(at, (byte) ~buffer.get(at));
            assertThat(write(buffer, 0, 8192)).isEqualTo("MODIFIED 0 8192(0); ");
        }
    }

    @Test
    void aRangeWithoutANotedWordIsNotLinkedSinceItMayHoldOtherBytes() {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        read(buffer, 0, 8192, FILE);
        fill(buffer, 300, 500);
        assertThat(write(buffer, 300, 500)).isEqualTo("UNPROVEN 0 200(0); ");
        fill(buffer, 500, 1000);
        assertThat(write(buffer, 500, 1000)).isEqualTo("MODIFIED 0 500(0); ");
        assertThat(write(buffer, 1000, 8192)).isEqualTo("READ 7 7192(7192); ");
    }

    @Test
    void aReadIntoMemoryWhoseBucketIsHeldIsNotedByTheNextThatHasIt() {
        for (ByteBuffer buffer : new ByteBuffer[] {ByteBuffer.allocate(8192), ByteBuffer.allocateDirect(8192)}) {
            read(buffer, 0, 8192, FILE);
            hold(1);
            read(buffer, 0, 8192, OTHER);
            hold(2);
            assertThat(write(buffer, 0, 8192)).isEqualTo("READ 8 8192(8192); ");
        }
        assertThat(links.lost()).isZero();
    }

    /** A read, the write of its bytes, and another read: all of them wait, and are done in this order. */
    @Test
    void aWriteWhoseBucketIsHeldGetsItsAnswerFromTheDrain() {
        ByteBuffer buffer = aligned();
        read(buffer, 0, 4096, OTHER);
        hold(1);
        read(buffer, 0, 4096, FILE);
        Portions asked = ask(buffer, 0, 4096);
        assertThat(text(asked)).isEqualTo("DEFERRED 0 4096(0); ");
        asked.counted(5, BufferKind.DIRECT, false, 1, 77);
        fill(buffer, 0, 4096);
        read(buffer, 0, 4096, OTHER);
        assertThat(answers()).as("a bucket that is held").isEmpty();
        hold(2);
        assertThat(answers()).containsExactly("READ 7 4096(4096);  to 5, of 4096 in 1 write, 77 ns");
        assertThat(answers()).as("what was answered before").isEmpty();
        assertThat(write(buffer, 0, 4096)).isEqualTo("READ 8 4096(4096); ");
        assertThat(links.lost()).isZero();
    }

    @Test
    void aQuestionThatNobodyCountsIsALostLinkAndLeavesRoomForOthers() {
        ByteBuffer buffer = aligned();
        read(buffer, 0, 4096, FILE);
        hold(1);
        for (int i = 0; i < 100; i++) {
            ask(buffer, 0, 4096).clear();
        }
        hold(2);
        assertThat(answers()).isEmpty();
        assertThat(links.lost()).isEqualTo(100);
        assertThat(write(buffer, 0, 4096)).isEqualTo("READ 7 4096(4096); ");
    }

    /** More than can wait: what cannot is lost, and said to be. */
    @Test
    void tooManyOperationsOnAHeldBucketAreCountedAsLost() {
        ByteBuffer buffer = aligned();
        read(buffer, 0, 16384, FILE);
        hold(1);
        long asked = 0;
        for (int at = 0; at < 16384; at += 256) {
            Portions portions = ask(buffer, at, at + 256);
            asked += portions.isDeferred() ? 1 : 0;
            portions.counted(5, BufferKind.DIRECT, false, 1, 0);
        }
        assertThat(asked).isBetween(1L, 63L);
        assertThat(links.lost()).isEqualTo(64 - asked);
        hold(2);
        assertThat(answers()).hasSize((int) asked).allMatch(answer -> answer.startsWith("READ 7 256(256); "));
    }

    @Test
    void whatWasSentBeforeIsFoundWhileAnotherThreadHoldsNothing() {
        ByteBuffer buffer = aligned();
        read(buffer, 0, 8192, FILE);
        assertThat(write(buffer, 0, 8192)).isEqualTo("READ 7 8192(8192); ");
        long before = locks();
        assertThat(write(buffer, 0, 8192)).isEqualTo("READ 7 8192(0); ");
        assertThat(write(buffer, 100, 5000)).isEqualTo("READ 7 4900(0); ");
        assertThat(locks())
                .as("a lock that all who send a kept file would wait for")
                .isEqualTo(before);
        fill(buffer, 4096, 4200);
        assertThat(write(buffer, 0, 8192)).isEqualTo("MODIFIED 0 8192(0); ");
    }

    /** A server keeps a small file, and sends large ones out of a new array each time. */
    @Test
    void aFileThatIsKeptIsNotForgottenForWhatIsReadAndSentOnce() {
        LinkTable small = new LinkTable(3);
        ByteBuffer kept = ByteBuffer.allocate(4096);
        read(small, kept, FILE);
        for (int i = 0; i < 500; i++) {
            assertThat(write(small, kept)).startsWith("READ 7 4096(").endsWith("); ");
            ByteBuffer once = ByteBuffer.allocate(8192);
            read(small, once, OTHER);
            assertThat(write(small, once)).isEqualTo("READ 8 8192(8192); ");
        }
    }

    @Test
    void aTableThatIsTooSmallGrowsAndKeepsWhatItKnows() {
        LinkTable grows = new LinkTable(3, 10);
        List<ByteBuffer> known = new ArrayList<>();
        for (int size = 8; size < 128; size = grows.buckets()) {
            for (int i = 0; i < 256; i++) {
                ByteBuffer buffer = ByteBuffer.allocate(4096);
                read(grows, buffer, FILE);
                known.add(buffer);
            }
            known.removeIf(buffer -> !write(grows, buffer).startsWith("READ 7 4096"));
            assertThat(known).hasSize(size);
            grows.grow();
            assertThat(grows.buckets()).isGreaterThan(size);
            assertThat(known).allMatch(buffer -> write(grows, buffer).equals("READ 7 4096(0); "));
        }
        assertThat(grows.lost()).isPositive();
        int size = grows.buckets();
        grows.grow();
        assertThat(grows.buckets()).as("a table that has room").isEqualTo(size);
    }

    @Test
    void aTableWithAHolderThatHasLostItsProcessorGrowsLater() {
        LinkTable grows = new LinkTable(2, 4);
        for (int i = 0; i < 100; i++) {
            read(grows, ByteBuffer.allocate(4096), FILE);
        }
        grows.table[LinkTable.LOCK] |= 1;
        grows.grow();
        assertThat(grows.buckets()).isEqualTo(4);
        grows.table[LinkTable.LOCK]++;
        for (int i = 0; i < 100; i++) {
            read(grows, ByteBuffer.allocate(4096), FILE);
        }
        grows.grow();
        assertThat(grows.buckets()).isEqualTo(16);
    }

    /** Bytes are linked, or counted as lost: while one thread makes room, others read and write. */
    @Test
    @Timeout(60)
    void nothingIsLinkedFalselyWhileTheTableGrows() throws Exception {
        LinkTable grows = new LinkTable(3, 12);
        AtomicBoolean over = new AtomicBoolean();
        List<Callable<Long>> writers = new ArrayList<>();
        for (int file = 1; file <= 3; file++) {
            int own = file;
            writers.add(() -> {
                Random bytes = new Random(own);
                long linked = 0;
                for (int i = 0; i < 5_000; i++) {
                    byte[] array = new byte[2048];
                    bytes.nextBytes(array);
                    ByteBuffer buffer = ByteBuffer.wrap(array);
                    long base = Memory.base(array);
                    grows.read(array, base, base, base + 2048, own, BufferKind.HEAP, 1, 0, 0, 0);
                    String found = write(grows, buffer);
                    assertThat(found).isIn("READ " + own + " 2048(2048); ", "OWN 0 2048(0); ");
                    linked += found.startsWith("READ") ? 1 : 0;
                }
                return linked;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Future<?> grower = threads.submit(() -> {
                while (!over.get()) {
                    grows.grow();
                }
            });
            long linked = 0;
            for (Future<Long> writer : threads.invokeAll(writers)) {
                linked += writer.get();
            }
            over.set(true);
            grower.get();
            assertThat(linked + grows.lost()).isGreaterThanOrEqualTo(15_000 - 100);
        } finally {
            threads.shutdownNow();
        }
    }

    private void read(LinkTable table, ByteBuffer buffer, int file) {
        fill(buffer, 0, buffer.capacity());
        long base = Memory.base(buffer.array());
        long to = base + buffer.capacity();
        table.read(buffer.array(), base, base, to, file, BufferKind.HEAP, 1, 0, 0, 0);
    }

    private static String write(LinkTable table, ByteBuffer buffer) {
        Portions portions = new Portions();
        long base = Memory.base(buffer.array());
        table.write(buffer.array(), base, base, base + buffer.capacity(), portions);
        return text(portions);
    }

    private long locks() {
        long sum = 0;
        for (int o = 0; o < links.table.length; o += LinkTable.BUCKET) {
            sum += links.table[o + LinkTable.LOCK];
        }
        return sum;
    }

    private Portions ask(ByteBuffer buffer, int from, int to) {
        Portions portions = new Portions();
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        links.ask(memory, base, start + from, start + to, portions);
        return portions;
    }

    private List<String> answers() {
        List<String> answers = new ArrayList<>();
        links.settle(found -> answers.add(text(found.found()) + " to " + found.sink() + ", of " + found.length()
                + " in " + found.writes() + " write, " + found.nanos() + " ns"));
        return answers;
    }

    @Test
    void aNewOwnerThatCouldNotBeNotedInheritsNoLink() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
        read(buffer, 0, 8192, FILE);
        hold(1);
        links.forget(Memory.base(buffer), Memory.base(buffer) + 8192);
        hold(0);
        assertThat(write(buffer, 0, 8192)).isEqualTo("OWN 0 8192(0); ");
    }

    /** What cannot be compared any more when it is linked must have been compared, and found to be the same. */
    @Test
    void whatIsLinkedUnseenWasProvenBefore() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(8192);
        long base = Memory.base(buffer);
        assertThat(links.isProven(buffer, base, base, base + 8192))
                .as("memory of which nothing is known")
                .isTrue();
        read(buffer, 0, 4096, FILE);
        assertThat(links.isProven(buffer, base, base, base + 8192)).isTrue();
        long noted = base + 2047 & -1024;
        assertThat(links.isProven(buffer, base, noted + 8, noted + 100))
                .as("a piece in which no word was noted")
                .isFalse();
        assertThat(links.isUnchanged(buffer, base, noted + 8, noted + 100)).isTrue();
        int at = (int) (noted - base);
        buffer.putLong(at, ~buffer.getLong(at));
        assertThat(links.isProven(buffer, base, base, base + 8192))
                .as("memory that was changed")
                .isFalse();
        Portions portions = new Portions();
        links.consumed(buffer, base, base, base + 4096, portions);
        assertThat(portions.isRead(FILE)).as("linked without a look").isTrue();
    }

    /** All buckets, as threads do that have lost their processor. */
    private void hold(long lock) {
        for (int o = 0; o < links.table.length; o += LinkTable.BUCKET) {
            links.table[o + LinkTable.LOCK] = lock;
        }
    }

    @Test
    void aNewReadReplacesTheOld() {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        read(buffer, 0, 8192, FILE);
        read(buffer, 2000, 3000, OTHER);
        assertThat(write(buffer, 0, 8192)).isEqualTo("READ 7 7192(7192); READ 8 1000(1000); ");
    }

    @Test
    void readsThatFollowEachOtherAreOneExtent() {
        ByteBuffer buffer = ByteBuffer.allocate(16384);
        for (int at = 0; at < 16384; at += 512) {
            read(buffer, at, at + 512, FILE);
        }
        assertThat(write(buffer, 0, 16384)).isEqualTo("READ 7 16384(16384); ");
        assertThat(links.lost()).isZero();
    }

    @Test
    void readsOfAnOddSizeAreLinkedAcrossTheirSeams() {
        ByteBuffer buffer = ByteBuffer.allocate(16384);
        for (int at = 0; at + 1021 < 16384; at += 1021) {
            read(buffer, at, at + 1021, FILE);
        }
        assertThat(write(buffer, 0, 1021 * 16)).isEqualTo("READ 7 16336(16336); ");
    }

    @Test
    void tinyReadsAreLinked() {
        ByteBuffer buffer = ByteBuffer.allocate(64);
        read(buffer, 0, 3, FILE);
        read(buffer, 3, 4, OTHER);
        assertThat(write(buffer, 0, 4)).isEqualTo("READ 7 3(3); READ 8 1(1); ");
        buffer.put(1, (byte) ~buffer.get(1));
        assertThat(write(buffer, 0, 4)).isEqualTo("MODIFIED 0 3(0); READ 8 1(0); ");
    }

    @Test
    void memoryThatGotANewOwnerIsForgotten() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(100_000);
        read(buffer, 0, 100_000, FILE);
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        links.forget(start + 10_000, start + 90_000);
        assertThat(write(buffer, 0, 100_000)).isEqualTo("READ 7 20000(20000); OWN 0 80000(0); ");
    }

    @Test
    void aCompactionTakesTheRestAlong() {
        for (ByteBuffer buffer : new ByteBuffer[] {ByteBuffer.allocate(50_000), ByteBuffer.allocateDirect(50_000)}) {
            read(buffer, 0, 50_000, FILE);
            write(buffer, 0, 17_001);
            compact(buffer, 17_001, 50_000);
            read(buffer, 32_999, 50_000, OTHER);
            assertThat(write(buffer, 0, 50_000)).isEqualTo("READ 7 32999(32999); READ 8 17001(17001); ");
        }
    }

    @Test
    @Timeout(10)
    void aCompactionInTheMiddleOfAnExtentEnds() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4096);
        read(buffer, 0, 4096, FILE);
        compact(buffer, 100, 600);
        assertThat(write(buffer, 0, 500)).isEqualTo("READ 7 500(500); ");
    }

    /** What a TLS engine does with its network buffer: records end anywhere, what is left moves to the front. */
    @Test
    void aBufferThatIsReadIntoAndCompactedInTurnLosesNothing() {
        for (int round = 0; round < 200; round++) {
            int capacity = 16_709;
            ByteBuffer buffer = ByteBuffer.allocateDirect(capacity + round * 97);
            Object memory = Memory.of(buffer);
            links.forget(Memory.base(memory), Memory.base(memory) + buffer.capacity());
            int filled = 0;
            for (int record = 0; record < 5; record++) {
                read(buffer, filled, capacity, FILE);
                int length = 300 + random.nextInt(capacity - 300);
                assertThat(write(buffer, 0, length))
                        .as("round %d, record %d of %d bytes after %d", round, record, length, filled)
                        .isEqualTo("READ 7 " + length + "(" + length + "); ");
                compact(buffer, length, capacity);
                filled = capacity - length;
            }
        }
    }

    @Test
    void aCompactionDoesNotHideAChange() {
        ByteBuffer buffer = ByteBuffer.allocate(8192);
        read(buffer, 0, 8192, FILE);
        write(buffer, 0, 100);
        for (int i = 100; i < 8192; i++) {
            buffer.put(i, (byte) (buffer.get(i) + 1));
        }
        compact(buffer, 100, 8192);
        assertThat(write(buffer, 0, 8092)).doesNotContain("READ");
    }

    @Test
    void aFullBucketLosesLinksButMakesNoFalseOnes() {
        ByteBuffer buffer = ByteBuffer.allocate(16384);
        for (int at = 0; at < 16384; at += 64) {
            read(buffer, at, at + 32, at % 128 == 0 ? FILE : OTHER);
        }
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        Portions portions = new Portions();
        links.write(memory, base, start, start + 16384, portions);
        long own = 0;
        for (int i = 0; i < portions.size(); i++) {
            assertThat(portions.relation(i)).isNotEqualTo(Relation.MODIFIED);
            own += portions.relation(i) == Relation.OWN ? portions.bytes(i) : 0;
        }
        assertThat(own).isGreaterThanOrEqualTo(8192);
        assertThat(links.lost()).isPositive();
    }

    @Test
    void ciphertextCreditsItsPlaintextExactlyHoweverItIsFlushed() {
        ByteBuffer net = ByteBuffer.allocate(40_000);
        fill(net, 0, 40_000);
        Object memory = Memory.of(net);
        long base = Memory.base(memory);
        long start = base + Memory.offset(net);
        links.tls(memory, base, start, start + 16_413, FILE, 0, 0, 16_384, 16_384, 1, 0, 0);
        links.tls(memory, base, start + 16_413, start + 32_000, FILE, 0, 0, 15_500, 15_500, 1, 0, 0);
        long plain = 0;
        long framing = 0;
        for (int at = 0; at < 32_000; at += 777) {
            Portions portions = new Portions();
            links.write(memory, base, start + at, start + Math.min(at + 777, 32_000), portions);
            framing += portions.framing();
            for (int i = 0; i < portions.size(); i++) {
                assertThat(portions.relation(i)).isEqualTo(Relation.TLS);
                plain += portions.bytes(i);
            }
        }
        assertThat(plain).isEqualTo(16_384 + 15_500);
        assertThat(framing).isEqualTo(32_000 - plain);
    }

    /** Any order of reads, writes, changes: the sum of portions is the write, and nothing unread is linked. */
    @Test
    void randomHistoriesNeverLinkWhatWasNotRead() {
        for (int round = 0; round < 300; round++) {
            LinkTable table = new LinkTable(4);
            ByteBuffer buffer = round % 2 == 0 ? ByteBuffer.allocate(60_000) : ByteBuffer.allocateDirect(60_000);
            Object memory = Memory.of(buffer);
            long base = Memory.base(memory);
            long start = base + Memory.offset(buffer);
            table.forget(start, start + 60_000);
            int[] owner = new int[60_000];
            for (int step = 0; step < 40; step++) {
                int a = random.nextInt(60_000);
                int b = Math.min(60_000, a + 1 + random.nextInt(30_000));
                if (random.nextBoolean()) {
                    int source = 4 + random.nextInt(3);
                    fill(buffer, a, b);
                    table.read(memory, base, start + a, start + b, source, BufferKind.HEAP, 1, 0, 0, 0);
                    java.util.Arrays.fill(owner, a, b, source);
                } else {
                    Portions portions = new Portions();
                    table.write(memory, base, start + a, start + b, portions);
                    long[] truth = new long[8];
                    for (int i = a; i < b; i++) {
                        truth[owner[i]]++;
                    }
                    long sum = 0;
                    for (int i = 0; i < portions.size(); i++) {
                        sum += portions.bytes(i);
                        assertThat(portions.relation(i)).isIn(Relation.OWN, Relation.READ, Relation.UNPROVEN);
                        if (portions.relation(i) == Relation.UNPROVEN) {
                            assertThat(portions.bytes(i)).isLessThan(40 * (LinkTable.STEP + Long.BYTES));
                        }
                        if (portions.relation(i) == Relation.READ) {
                            assertThat(portions.bytes(i)).isLessThanOrEqualTo(truth[portions.source(i)]);
                        }
                    }
                    assertThat(sum).isEqualTo(b - a);
                }
            }
        }
    }

    private void read(ByteBuffer buffer, int from, int to, int source) {
        fill(buffer, from, to);
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        links.read(memory, base, start + from, start + to, source, Memory.kind(buffer), 1, 0, 0, 0);
    }

    private void fill(ByteBuffer buffer, int from, int to) {
        byte[] bytes = new byte[to - from];
        random.nextBytes(bytes);
        buffer.put(from, bytes);
    }

    private String write(ByteBuffer buffer, int from, int to) {
        Portions portions = new Portions();
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        links.write(memory, base, start + from, start + to, portions);
        return text(portions);
    }

    private static String text(Portions portions) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < portions.size(); i++) {
            text.append(portions.relation(i))
                    .append(' ')
                    .append(portions.source(i))
                    .append(' ');
            text.append(portions.bytes(i))
                    .append('(')
                    .append(portions.firstPassed(i))
                    .append("); ");
        }
        return text.toString();
    }

    private void compact(ByteBuffer buffer, int position, int limit) {
        buffer.limit(limit).position(position);
        buffer.compact();
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        links.moved(memory, base, start + position, position, buffer.position(), new Moved());
        buffer.clear();
    }
}
