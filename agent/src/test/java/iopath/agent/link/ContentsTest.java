package iopath.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.classify.BufferKind;
import iopath.agent.link.Portions.Relation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What is said of a write of copied bytes, and of writes that look like it. */
class ContentsTest {

    private static final int FILE = 7;
    private static final int OTHER = 8;
    private static final int PLENTY = 1 << 30;

    private final LinkTable links = new LinkTable(8);
    private final Random random = new Random(42);
    private Contents contents = new Contents(links, PLENTY);

    @Test
    void aCopyIsRecognisedWhole() {
        byte[] content = random(8192);
        read(content, FILE);
        assertThat(write(content.clone())).isEqualTo("CONTENT 7 8192(8192); ");
    }

    @Test
    void aCopyIsRecognisedAtAnyOffset() {
        byte[] content = random(8192);
        for (int header = 1; header < 300; header += 13) {
            read(content, FILE);
            byte[] response = new byte[header + content.length];
            random.nextBytes(response);
            System.arraycopy(content, 0, response, header, content.length);
            Portions found = look(response);
            assertThat(bytes(found, Relation.CONTENT)).isBetween(7000L, 8192L);
            assertThat(bytes(found, Relation.OWN)).isEqualTo(response.length - bytes(found, Relation.CONTENT));
        }
    }

    @Test
    void bytesThatAreSentTwicePassOnlyOnce() {
        byte[] content = random(8192);
        ByteBuffer buffer = read(content, FILE);
        assertThat(write(content.clone())).isEqualTo("CONTENT 7 8192(8192); ");
        assertThat(write(content.clone())).isEqualTo("CONTENT 7 8192(0); ");
        forget(buffer);
        assertThat(write(content.clone())).isEqualTo("CONTENT 7 8192(0); ");
    }

    @Test
    void bytesWhoseMemoryWasReadIntoAgainStillPassOnce() {
        byte[] content = random(8192);
        ByteBuffer buffer = read(content, FILE);
        forget(buffer);
        assertThat(write(content.clone())).isEqualTo("CONTENT 7 8192(8192); ");
        assertThat(write(content.clone())).isEqualTo("CONTENT 7 8192(0); ");
    }

    @Test
    void aCopyInDirectMemoryIsRecognised() {
        byte[] content = random(8192);
        read(content, FILE);
        ByteBuffer direct = ByteBuffer.allocateDirect(9000).put(content);
        assertThat(text(look(direct, 0, 8192))).isEqualTo("CONTENT 7 8192(8192); ");
        direct.order(java.nio.ByteOrder.LITTLE_ENDIAN);
        assertThat(text(look(direct, 0, 8192))).isEqualTo("CONTENT 7 8192(0); ");
    }

    @Test
    void contentThatTwoSourcesHaveIsNoProof() {
        byte[] prefix = random(4096);
        byte[] one = join(prefix, random(4096));
        byte[] two = join(prefix, random(4096));
        read(one, FILE);
        read(two, OTHER);
        Portions found = look(join(prefix, random(4096)));
        assertThat(bytes(found, Relation.CONTENT)).isZero();
        assertThat(source(look(one))).isEqualTo(FILE);
        assertThat(source(look(two))).isEqualTo(OTHER);
    }

    @Test
    void contentThatTwoSourcesHaveStaysNoProofWhenOneIsReadAgain() {
        byte[] content = random(8192);
        read(content, FILE);
        read(content, OTHER);
        read(content, FILE);
        assertThat(write(content.clone())).isEqualTo("OWN 0 8192(0); ");
    }

    @Test
    void whatTheApplicationMadeIsNotProvenWhenItHasComeBack() {
        byte[] made = random(8192);
        assertThat(bytes(look(made), Relation.CONTENT)).isZero();
        read(made.clone(), FILE);
        assertThat(bytes(look(made), Relation.CONTENT)).isZero();
        assertThat(bytes(look(made.clone()), Relation.CONTENT)).isZero();
    }

    @Test
    void uniformAndRepeatedContentIsNoProof() {
        for (int period : new int[] {1, 2, 7, 16, 64, 100, 512, 1000}) {
            byte[] pattern = random(period);
            byte[] content = new byte[16_384];
            for (int i = 0; i < content.length; i++) {
                content[i] = pattern[i % period];
            }
            read(content, FILE);
            assertThat(bytes(look(content.clone()), Relation.CONTENT))
                    .as("period %d", period)
                    .isLessThanOrEqualTo(2L * period);
        }
    }

    @Test
    void aPhraseThatTwoTextsShareIsNoProof() {
        byte[] phrase = random(900);
        read(join(random(3000), phrase, random(3000)), FILE);
        assertThat(bytes(look(join(random(2000), phrase, random(2000))), Relation.CONTENT))
                .isZero();
    }

    @Test
    void changedBytesAreNotCounted() {
        byte[] content = random(100_000);
        read(content, FILE);
        byte[] changed = content.clone();
        for (int at = 20_000; at < 30_000; at++) {
            changed[at] ^= 0x55;
        }
        assertThat(bytes(look(changed), Relation.CONTENT)).isBetween(88_000L, 90_000L);
    }

    /** Programs that read something and write something else that has to do with it. */
    @Test
    void tenThousandTransfersOfOtherBytesMakeNoFalseProof() throws IOException {
        for (int round = 0; round < 2_500; round++) {
            byte[] json = json(round);
            read(json, FILE);
            assertThat(bytes(look(gzip(json)), Relation.CONTENT)).isZero();
            assertThat(bytes(look(encodeAgain(json)), Relation.CONTENT)).isZero();
            assertThat(bytes(look(random(4096)), Relation.CONTENT)).isZero();
            assertThat(bytes(look(new byte[4096]), Relation.CONTENT)).isZero();
        }
    }

    @Test
    void whatIsOverTheBudgetIsNotLookedAt() {
        contents = new Contents(links, 3_000);
        byte[] content = random(8192);
        read(content, FILE);
        assertThat(contents.looks()).isTrue();
        assertThat(write(content)).isEqualTo("CONTENT 7 8192(8192); ");
        assertThat(contents.looks()).isFalse();
        saveUp();
        assertThat(contents.notes(FILE, false)).isTrue();
        assertThat(contents.looks()).isFalse();
        read(random(8192), OTHER);
        byte[] next = random(8192);
        read(next, FILE);
        assertThat(contents.looks()).isTrue();
        assertThat(write(next)).isEqualTo("CONTENT 7 8192(8192); ");
        assertThat(contents.looks()).isFalse();
    }

    @Test
    void theBeginningOfAFileIsNotedWhenNothingElseIs() {
        contents = new Contents(links, 3_000);
        byte[] prefix = random(8192);
        read(random(20_000), OTHER);
        assertThat(contents.notes(FILE, false)).isFalse();
        assertThat(contents.notes(FILE, true)).isTrue();
        read(prefix, FILE);
        read(random(20_000), FILE);
        assertThat(contents.notes(FILE, true)).isFalse();
        saveUp();
        read(random(8192), OTHER);
        read(prefix, OTHER);
        assertThat(contents.looks()).isTrue();
        assertThat(write(prefix)).isEqualTo("OWN 0 8192(0); ");
    }

    @Test
    void withoutABudgetNothingIsNotedOrLookedAt() {
        contents = new Contents(links, 0);
        contents.refill();
        contents.sampled();
        assertThat(contents.notes(FILE, true)).isFalse();
        assertThat(contents.looks()).isFalse();
    }

    @Test
    void aReadTooLargeToBeNotedWholeLeavesNothingToBeSaidOfBytesThatAreNotFound() {
        read(random(200_000), FILE);
        assertThat(contents.isComplete()).isTrue();
        read(random(300_000), FILE);
        assertThat(contents.isComplete()).isFalse();
    }

    private void saveUp() {
        for (int second = 0; second < 5; second++) {
            contents.refill();
        }
    }

    private byte[] json(int round) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < 60; i++) {
            text.append("{\"id\":")
                    .append(round * 100 + i)
                    .append(",\"name\":\"")
                    .append(Long.toString(random.nextLong(), 36))
                    .append("\",\"tags\":[\"alpha\",\"beta\"]},");
        }
        return text.append("]").toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] encodeAgain(byte[] json) {
        return new String(json, StandardCharsets.UTF_8).replace(",\"", ", \"").getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(content);
        }
        return out.toByteArray();
    }

    private byte[] random(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    private ByteBuffer read(byte[] content, int source) {
        ByteBuffer buffer = ByteBuffer.wrap(content.clone());
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long end = base + content.length;
        long number = contents.notes(source, true) ? contents.number() : 0;
        links.read(memory, base, base, end, source, BufferKind.HEAP, 1, 0, 0, number);
        if (number != 0) {
            contents.note(contents.scan(), memory, base, base, end, source, BufferKind.HEAP.ordinal(), number);
        }
        return buffer;
    }

    private void forget(ByteBuffer buffer) {
        long base = Memory.base(Memory.of(buffer));
        links.forget(base, base + buffer.capacity());
    }

    private String write(byte[] content) {
        return text(look(content));
    }

    private Portions look(byte[] content) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        forget(buffer);
        return look(buffer, 0, content.length);
    }

    private Portions look(ByteBuffer buffer, int from, int to) {
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory) + Memory.offset(buffer);
        Portions portions = new Portions();
        links.write(memory, base, base + from, base + to, portions);
        contents.look(contents.scan(), memory, Memory.base(memory), base + from, base + to, portions);
        return portions;
    }

    private static long bytes(Portions portions, Relation relation) {
        long sum = 0;
        for (int i = 0; i < portions.size(); i++) {
            sum += portions.relation(i) == relation ? portions.bytes(i) : 0;
        }
        return sum;
    }

    private static int source(Portions portions) {
        int source = 0;
        for (int i = 0; i < portions.size(); i++) {
            source = portions.relation(i) == Relation.CONTENT ? portions.source(i) : source;
        }
        return source;
    }

    private static String text(Portions portions) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < portions.size(); i++) {
            if (portions.bytes(i) > 0) {
                text.append(portions.relation(i)).append(' ').append(portions.source(i));
                text.append(' ').append(portions.bytes(i)).append('(');
                text.append(portions.firstPassed(i)).append("); ");
            }
        }
        return text.toString();
    }
}
