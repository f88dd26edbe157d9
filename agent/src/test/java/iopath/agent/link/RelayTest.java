package iopath.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.link.Portions.Relation;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A wrapper may send what it was given from any memory and in any pieces: its bytes decide, and nothing else. */
class RelayTest {

    private static final int SOURCE = 7;
    private static final int CHUNK = 8 << 10;

    private final byte[] given = new byte[CHUNK];
    private final Relay relay = new Relay();
    private final Portions portions = new Portions();
    private final Random random = new Random(5);

    @Test
    void aCopyIsPassedOnWhateverMemoryItLiesIn() {
        byte[] content = read();
        assertThat(pass(content, 0, 1000)).isTrue();
        ByteBuffer direct = ByteBuffer.allocateDirect(CHUNK).put(content);
        long base = Memory.base(direct);
        assertThat(relay.pass(direct, base, base + 1000, base + 2001, portions)).isTrue();
        assertThat(relay.pass(Memory.NATIVE, 0, base + 2001, base + CHUNK, portions))
                .isTrue();

        assertThat(relayed()).isEqualTo(CHUNK);
        assertThat(portions.reads(0)).isEqualTo(1);
        assertThat(portions.size()).isEqualTo(1);
    }

    @Test
    void whatIsSentAWhileLaterIsPassedOnToo() {
        byte[] all = new byte[40 * CHUNK];
        for (int i = 0; i < 40; i++) {
            System.arraycopy(read(), 0, all, i * CHUNK, CHUNK);
        }
        assertThat(pass(all, 0, all.length)).isTrue();
        assertThat(relayed()).isEqualTo(all.length);
        assertThat(portions.reads(0)).isEqualTo(40);
    }

    @Test
    void whatAWrapperPutsAroundIsItsOwn() {
        byte[] content = read();
        byte[] framed = new byte[CHUNK + 8];
        System.arraycopy("2000\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, framed, 0, 6);
        System.arraycopy(content, 0, framed, 6, CHUNK);
        assertThat(pass(framed, 0, framed.length)).isTrue();

        assertThat(relayed()).isEqualTo(CHUNK);
        assertThat(own()).isEqualTo(8);
    }

    @Test
    void otherBytesAreNotPassedOn() {
        byte[] content = read();
        byte[] masked = content.clone();
        for (int i = 0; i < masked.length; i++) {
            masked[i] ^= 0x5A;
        }
        assertThat(pass(masked, 0, CHUNK)).isFalse();
        assertThat(pass(content, 1, CHUNK)).as("the first byte is missing").isFalse();
        assertThat(portions.size()).isZero();
    }

    @Test
    void bytesThatWerePassedOnAreNotPassedOnOnceMore() {
        byte[] content = read();
        assertThat(pass(content, 0, CHUNK)).isTrue();
        assertThat(pass(content, 0, CHUNK)).isFalse();
        assertThat(relayed()).isEqualTo(CHUNK);
    }

    @Test
    void aWrapperThatHoldsAllBackCostsNoMoreThanTheBound() {
        byte[] last = {};
        for (int i = 0; i < 300; i++) {
            last = read();
        }
        assertThat(pass(last, 0, CHUNK)).as("far from what comes next").isFalse();
    }

    private byte[] read() {
        random.nextBytes(given);
        relay.read(given, 0, CHUNK, SOURCE, 10);
        return Arrays.copyOf(given, CHUNK);
    }

    private boolean pass(byte[] memory, int from, int to) {
        long base = Memory.base(memory);
        return relay.pass(memory, base, base + from, base + to, portions);
    }

    private long relayed() {
        return sum(Relation.RELAYED);
    }

    private long own() {
        return sum(Relation.OWN);
    }

    private long sum(Relation relation) {
        long sum = 0;
        for (int i = 0; i < portions.size(); i++) {
            if (portions.relation(i) == relation) {
                assertThat(portions.source(i)).isEqualTo(relation == Relation.OWN ? 0 : SOURCE);
                sum += portions.bytes(i);
            }
        }
        return sum;
    }
}
