package iopath.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.classify.BufferKind;
import iopath.agent.link.Portions.Relation;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a write is said to have sent of memory that was copied to where it lies. */
class LinkTableCopyTest {

    private static final int FILE = 7;

    private final LinkTable links = new LinkTable(10);
    private final Random random = new Random(42);
    private final Moved moved = new Moved();

    @Test
    void aCopyIsWhatItWasCopiedFrom() {
        byte[] source = new byte[8192];
        byte[] copy = new byte[10_000];
        read(source, 0, 8192);
        copy(source, 100, copy, 1000, 8000);
        assertThat(write(copy, 0, 10_000)).isEqualTo("OWN 2000; READ 8000(8000) x1; ");
        assertThat(write(copy, 1000, 9000)).isEqualTo("READ 8000(0) x0; ");
    }

    @Test
    void aCopyOfACopyHasBeenCopiedTwice() {
        byte[] one = new byte[8192];
        byte[] two = new byte[8192];
        read(one, 0, 8192);
        copy(one, 0, two, 0, 8192);
        copy(two, 0, one, 0, 8192);
        assertThat(write(one, 0, 8192)).isEqualTo("READ 8192(8192) x2; ");
    }

    @Test
    void whatWasCopiedOverIsForgotten() {
        byte[] known = new byte[8192];
        byte[] own = new byte[8192];
        random.nextBytes(own);
        read(known, 0, 8192);
        copy(own, 0, known, 2048, 4096);
        assertThat(write(known, 0, 8192)).isEqualTo("READ 4096(4096) x0; OWN 4096; ");
    }

    @Test
    void aCopyThatIsChangedIsNotWhatWasRead() {
        byte[] source = new byte[8192];
        byte[] copy = new byte[8192];
        read(source, 0, 8192);
        copy(source, 0, copy, 0, 8192);
        random.nextBytes(copy);
        assertThat(write(copy, 0, 8192)).isEqualTo("MODIFIED 8192; ");
    }

    @Test
    void theOriginalSentAfterItsCopyWasKeptIsSentForTheFirstTime() {
        byte[] source = new byte[8192];
        byte[] kept = new byte[1 << 20];
        for (int at = 0; at < kept.length; at += 8192) {
            read(source, 0, 8192);
            copy(source, 0, kept, at, 8192);
            assertThat(write(source, 0, 8192)).isEqualTo("READ 8192(8192) x0; ");
        }
        assertThat(write(kept, 0, kept.length)).isEqualTo("READ 1048576(0) x1; ");
    }

    @Test
    void theFirstOfTwoCopiesSentIsSentForTheFirstTimeWhicheverItIs() {
        byte[] source = new byte[8192];
        byte[] one = new byte[8192];
        byte[] two = new byte[8192];
        for (int round = 0; round < 20; round++) {
            read(source, 0, 8192);
            copy(source, 0, one, 0, 8192);
            copy(source, 0, two, 0, 8192);
            boolean first = round % 2 == 0;
            assertThat(write(first ? one : two, 0, 8192)).isEqualTo("READ 8192(8192) x1; ");
            assertThat(write(first ? two : one, 0, 8192)).isEqualTo("READ 8192(0) x1; ");
            assertThat(write(source, 0, 8192)).startsWith("READ 8192(0)");
        }
    }

    @Test
    void anArrayThatGrowsKeepsWhatItHolds() {
        byte[] piece = new byte[8192];
        byte[] all = new byte[8192];
        int size = 0;
        while (size < 1 << 20) {
            read(piece, 0, 8192);
            if (size + 8192 > all.length) {
                byte[] more = new byte[2 * all.length];
                copy(all, 0, more, 0, size);
                all = more;
            }
            copy(piece, 0, all, size, 8192);
            size += 8192;
        }
        Portions portions = portions(all, 0, size);
        long first = 0;
        for (int i = 0; i < portions.size(); i++) {
            assertThat(portions.relation(i)).isEqualTo(Relation.READ);
            first += portions.firstPassed(i);
        }
        assertThat(first).isEqualTo(size);
    }

    @Test
    void bytesMovedUpOrDownInTheSameArrayAreTheSame() {
        for (int shift : new int[] {-100_000, -300, 300, 100_000}) {
            byte[] array = new byte[1 << 20];
            int from = 200_000;
            read(array, from, 300_000);
            copy(array, from, array, from + shift, 100_000);
            assertThat(write(array, from + shift, from + shift + 100_000))
                    .as("by %d", shift)
                    .isEqualTo("READ 100000(100000) x1; ");
        }
    }

    /**
     * A program that copies at random, and knows of each byte which read has brought it, and whether that was passed on:
     * what is said is never more than is true.
     */
    @Test
    void noByteIsLinkedFalselyOrPassedOnTwiceForTheFirstTime() {
        for (int program = 0; program < 30; program++) {
            byte[][] arrays = new byte[6][40_000];
            long[][] brought = new long[6][40_000];
            Set<Long> passed = new HashSet<>();
            long next = 1;
            long linked = 0;
            long all = 0;
            long first = 0;
            long mayBeFirst = 0;
            for (int step = 0; step < 300; step++) {
                int a = random.nextInt(6);
                int length = 256 + random.nextInt(12_000);
                int at = random.nextInt(40_000 - length);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        read(arrays[a], at, at + length);
                        for (int i = at; i < at + length; i++) {
                            brought[a][i] = next++;
                        }
                    }
                    case 1, 2 -> {
                        int b = random.nextInt(6);
                        int to = random.nextInt(40_000 - length);
                        copy(arrays[a], at, arrays[b], to, length);
                        System.arraycopy(brought[a], at, brought[b], to, length);
                    }
                    default -> {
                        long known = 0;
                        long fresh = 0;
                        for (int i = at; i < at + length; i++) {
                            known += brought[a][i] != 0 ? 1 : 0;
                            fresh += brought[a][i] != 0 && passed.add(brought[a][i]) ? 1 : 0;
                        }
                        Portions portions = portions(arrays[a], at, at + length);
                        long said = 0;
                        for (int i = 0; i < portions.size(); i++) {
                            said += portions.relation(i) == Relation.READ ? portions.bytes(i) : 0;
                        }
                        assertThat(said)
                                .as("program %d, step %d", program, step)
                                .isLessThanOrEqualTo(known);
                        first += sumOfFirst(portions);
                        mayBeFirst += fresh;
                        linked += said;
                        all += known;
                    }
                }
            }
            assertThat(first).as("program %d", program).isLessThanOrEqualTo(mayBeFirst);
            assertThat(linked).as("linked of %d", all).isGreaterThan(all / 2);
        }
    }

    private static long sumOfFirst(Portions portions) {
        long first = 0;
        for (int i = 0; i < portions.size(); i++) {
            first += portions.firstPassed(i);
        }
        return first;
    }

    private void read(byte[] array, int from, int to) {
        byte[] content = new byte[to - from];
        random.nextBytes(content);
        System.arraycopy(content, 0, array, from, content.length);
        long base = Memory.base(array);
        links.read(array, base, base + from, base + to, FILE, BufferKind.HEAP, 1, 0, 0, 0);
    }

    private void copy(byte[] source, int from, byte[] target, int to, int length) {
        System.arraycopy(source, from, target, to, length);
        long base = Memory.base(target);
        links.copied(target, base, base + to, Memory.base(source) + from, length, moved);
    }

    private Portions portions(byte[] array, int from, int to) {
        Portions portions = new Portions();
        long base = Memory.base(array);
        links.write(array, base, base + from, base + to, portions);
        return portions;
    }

    private String write(byte[] array, int from, int to) {
        Portions portions = portions(array, from, to);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < portions.size(); i++) {
            text.append(portions.relation(i)).append(' ').append(portions.bytes(i));
            if (portions.relation(i) == Relation.READ) {
                text.append('(').append(portions.firstPassed(i)).append(") x").append(portions.copies(i));
            }
            text.append("; ");
        }
        return text.toString();
    }
}
