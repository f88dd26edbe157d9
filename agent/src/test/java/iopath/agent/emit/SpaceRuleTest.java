package iopath.agent.emit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk of any size, filled as fast as any: the guard must have acted before nothing is left. */
class SpaceRuleTest {

    private static final long MIB = 1L << 20;

    /** Ending a recording takes JFR this long on a busy host. */
    private static final long END_MILLIS = 250;

    @ParameterizedTest
    @ValueSource(longs = {10, 100, 500, 1000, 2000})
    void aDiskWithAGigabyteIsLeftBeforeItIsFull(long mibASecond) {
        long rate = mibASecond * MIB;
        long free = SpaceRule.ROOMY;
        while (true) {
            long pause = SpaceRule.pauseMillis(free);
            free -= rate * pause / 1000;
            if (SpaceRule.isShort(free, rate)) {
                break;
            }
        }
        assertThat(free - rate * END_MILLIS / 1000).isPositive();
    }

    @Test
    void aBurstOnADiskWithPlentyOfSpaceEndsNothing() {
        assertThat(SpaceRule.isShort(10 * SpaceRule.ROOMY, 2000 * MIB)).isFalse();
    }

    @Test
    void whatIsInMemoryIsNotWrittenWhileTheDiskFills() {
        assertThat(SpaceRule.mayWrite(100 * MIB, 500 * MIB, 1 * MIB)).isFalse();
        assertThat(SpaceRule.mayWrite(8 * MIB, 0, 1 * MIB)).isTrue();
        assertThat(SpaceRule.mayWrite(8 * MIB, 0, 4 * MIB)).isFalse();
    }

    @Test
    void nobodyLooksTwiceASecondAtAnEmptyDiskOrNeverAtAFullOne() {
        assertThat(SpaceRule.pauseMillis(0)).isEqualTo(10);
        assertThat(SpaceRule.pauseMillis(1L << 45)).isEqualTo(500);
    }
}
