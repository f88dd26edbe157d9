package iopath.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.agent.link.MappedMemory.Range;
import org.junit.jupiter.api.Test;

/** An address is all that a native transport has: what was mapped there before must not be taken for what is there. */
class MappedMemoryTest {

    private final MappedMemory memory = new MappedMemory();

    @Test
    void anAddressIsFoundAsLongAsTheFileIsMapped() {
        memory.add(new Range(0x3000, 0x5000, 2));
        memory.add(new Range(0x1000, 0x2000, 1));
        memory.add(new Range(0x5000, 0x6000, 3));

        assertThat(row(0x1000, 0x2000)).isEqualTo(1);
        assertThat(row(0x4fff, 0x5000)).isEqualTo(2);
        assertThat(row(0x5000, 0x5001)).isEqualTo(3);
        assertThat(row(0xfff, 0x1000)).isEqualTo(-1);
        assertThat(row(0x2000, 0x2001)).isEqualTo(-1);
        assertThat(row(0x6000, 0x6001)).isEqualTo(-1);

        memory.remove(0x3000, 0x5000);
        assertThat(row(0x3000, 0x3001)).isEqualTo(-1);
        assertThat(row(0x1000, 0x1001)).isEqualTo(1);
        assertThat(row(0x5000, 0x5001)).isEqualTo(3);
    }

    @Test
    void bytesThatEndOutsideOfTheFileAreNotTheFiles() {
        memory.add(new Range(0x1000, 0x2000, 1));
        assertThat(row(0x1800, 0x2001)).isEqualTo(-1);
    }

    @Test
    void newMemoryTakesThePlaceOfAllThatItOverlaps() {
        memory.add(new Range(0x1000, 0x2000, 1));
        memory.add(new Range(0x2000, 0x3000, 2));
        memory.add(new Range(0x4000, 0x5000, 3));

        memory.add(new Range(0x1800, 0x4800, 4));
        assertThat(row(0x1000, 0x1001)).isEqualTo(-1);
        assertThat(row(0x2000, 0x2001)).isEqualTo(4);
        assertThat(row(0x4800, 0x4801)).isEqualTo(-1);

        memory.remove(0x47ff, 0x4800);
        assertThat(row(0x2000, 0x2001)).isEqualTo(-1);
    }

    @Test
    void whatChangesWhileTheKernelIsAskedIsNotOverwritten() {
        Object before = memory.state();
        memory.add(new Range(0x1000, 0x2000, 1));
        assertThat(memory.replace(before, new Range[] {new Range(0x8000, 0x9000, "/old")}))
                .isFalse();
        assertThat(row(0x1000, 0x1001)).isEqualTo(1);

        assertThat(memory.replace(memory.state(), new Range[] {new Range(0x8000, 0x9000, "/old")}))
                .isTrue();
        Range found = memory.find(0x8000, 0x8001);
        assertThat(found).isNotNull();
        found.resolve(7);
        assertThat(row(0x8000, 0x8001)).isEqualTo(7);
        memory.clear();
        assertThat(row(0x8000, 0x8001)).isEqualTo(-1);
    }

    private int row(long from, long to) {
        Range found = memory.find(from, to);
        return found == null ? -1 : found.endpoint();
    }
}
