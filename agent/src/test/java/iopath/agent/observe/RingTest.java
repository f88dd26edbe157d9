package iopath.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.classify.Request;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RingTest {

    private static final int SOCKET = 7;

    private final Ring ring = new Ring();

    @Test
    void aCompletionThatWasNotAskedForIsUnknown() {
        ring.add(1, Request.READ, SOCKET);

        assertThat(ring.find(2)).isNegative();
        assertThat(ring.find(0)).as("0 is no sign of a free place").isNegative();
    }

    @Test
    void anIdThatIsUsedAgainStandsForTheLaterRequest() {
        ring.address(ring.add(5, Request.READ, SOCKET), 100L);
        int at = ring.add(5, Request.WRITE, 8);

        assertThat(ring.find(5)).isEqualTo(at);
        assertThat(ring.request(at)).isEqualTo(Request.WRITE);
        assertThat(ring.end(at)).isEqualTo(8);
        assertThat(ring.address(at, 0)).as("memory of the earlier one").isZero();
        ring.remove(at);
        assertThat(ring.find(5)).isNegative();
    }

    /** Thousands come and go at the same time, whose ids differ in few digits: none may hide another. */
    @Test
    void everyRequestThatIsUnderWayIsFound() {
        Map<Long, Integer> underWay = new HashMap<>();
        Random random = new Random(42);
        for (int i = 0; i < 200_000; i++) {
            long id = (long) random.nextInt(500) << 32 | 26L << 16 | random.nextInt(8);
            int at = ring.find(id);
            assertThat(at >= 0).isEqualTo(underWay.containsKey(id));
            if (at >= 0) {
                assertThat(ring.end(at)).isEqualTo(underWay.remove(id));
                ring.remove(at);
            } else {
                underWay.put(id, i % 4000);
                assertThat(ring.add(id, Request.READ, i % 4000)).isNotNegative();
            }
        }
        assertThat(underWay).hasSizeGreaterThan(1000);
    }

    @Test
    void whatIsSetOfARequestLeavesTheRestAlone() {
        ring.add(1, Request.SPLICE_OUT, 4095, 4094);
        int at = ring.find(1);
        ring.look(at, Ring.Look.PROVEN);
        ring.look(at, Ring.Look.UNPROVEN);
        ring.address(at, -1L);

        assertThat(ring.request(at)).isEqualTo(Request.SPLICE_OUT);
        assertThat(ring.end(at)).isEqualTo(4095);
        assertThat(ring.source(at)).isEqualTo(4094);
        assertThat(ring.look(at)).isEqualTo(Ring.Look.UNPROVEN);
        assertThat(ring.address(at, 0)).isEqualTo(-1);
    }

    @Test
    void theKernelMayHaveAnIovecThatIsOverwrittenAfterwards() {
        ByteBuffer vector = ByteBuffer.allocateDirect(64).order(ByteOrder.nativeOrder());
        vector.putLong(0, 1000).putLong(8, 10).putLong(16, 2000).putLong(24, 20);
        int at = ring.add(1, Request.WRITE_VECTOR, SOCKET);

        ring.vector(at, address(vector), 2);
        vector.putLong(0, 0).putLong(8, 0);

        assertThat(ring.pieces(at)).isEqualTo(2);
        assertThat(ring.address(at, 0)).isEqualTo(1000);
        assertThat(ring.length(at, 0, 25)).isEqualTo(10);
        assertThat(ring.address(at, 1)).isEqualTo(2000);
        assertThat(ring.length(at, 1, 15)).as("what was not sent").isEqualTo(15);
    }

    @Test
    void aMessageNamesItsPiecesBehindItsAddressee() {
        ByteBuffer vector = ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder());
        vector.putLong(0, 1000).putLong(8, 10);
        ByteBuffer header = ByteBuffer.allocateDirect(56).order(ByteOrder.nativeOrder());
        header.putLong(0, 555).putInt(8, 16).putLong(16, address(vector)).putLong(24, 1);
        int at = ring.add(1, Request.WRITE_MESSAGE, SOCKET);

        ring.message(at, address(header));

        assertThat(ring.pieces(at)).isEqualTo(1);
        assertThat(ring.address(at, 0)).isEqualTo(1000);
        assertThat(ring.length(at, 0, 99)).isEqualTo(10);
    }

    @Test
    void memoryOfManyPiecesIsUsedAgain() {
        ByteBuffer vector = ByteBuffer.allocateDirect(1024 * 16).order(ByteOrder.nativeOrder());
        for (int i = 0; i < 1000; i++) {
            int at = ring.add(i, Request.WRITE_VECTOR, SOCKET);
            ring.vector(at, address(vector), 1 + i % 1024);
            assertThat(ring.pieces(at)).isEqualTo(1 + i % 1024);
            ring.remove(at);
        }
        int one = ring.add(1, Request.WRITE, SOCKET);
        assertThat(ring.pieces(one)).as("pieces of one that is not in pieces").isEqualTo(1);
    }

    @Test
    void moreThanTheTableHoldsCompleteUnknown() {
        long id = 1;
        while (ring.add(id, Request.READ, SOCKET) >= 0) {
            id++;
        }
        assertThat(id).isGreaterThan(Ring.LIMIT);
        assertThat(ring.find(id)).isNegative();
        assertThat(ring.find(1)).isNotNegative();
    }

    private static long address(ByteBuffer direct) {
        return iopath.agent.link.Memory.base(direct);
    }
}
