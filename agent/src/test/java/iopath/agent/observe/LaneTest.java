package iopath.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import iopath.agent.aggregate.Cells;
import org.junit.jupiter.api.Test;

/** Samples that are heavier or rarer than they should be make a wrong site look guilty. */
class LaneTest {

    private static final long MEAN = 1 << 20;

    @Test
    void weightsEstimateBytesWithoutBiasForSmallTransfers() {
        assertThat(estimate(512, 40_000, 400)).isCloseTo(1.0, within(0.05));
    }

    @Test
    void weightsEstimateBytesWithoutBiasForLargeTransfers() {
        assertThat(estimate(5_000_000, 20, 400)).isCloseTo(1.0, within(0.05));
    }

    @Test
    void weightsStayUnbiasedWhileTheMeanFollowsTheRate() {
        // Hundreds of samples at once: every lane doubles its mean several times.
        assertThat(estimate(1 << 20, 300, 2_000)).isCloseTo(1.0, within(0.05));
    }

    @Test
    void aFloodOfBytesDoesNotBecomeAFloodOfSamples() {
        Lane lane = lane(1);
        int samples = 0;
        for (int i = 0; i < 100_000; i++) {
            samples += lane.sampleWeight(MEAN) > 0 ? 1 : 0;
        }
        assertThat(samples).isLessThan(2_000);
    }

    /** Weights divided by bytes, over many lanes with seeds of their own. */
    private static double estimate(long transfer, int transfers, int lanes) {
        double weight = 0;
        for (int seed = 1; seed <= lanes; seed++) {
            Lane lane = lane(seed);
            for (int i = 0; i < transfers; i++) {
                weight += lane.sampleWeight(transfer);
            }
        }
        return weight / ((double) transfer * transfers * lanes);
    }

    private static Lane lane(long seed) {
        return new Lane(new Cells(16, key -> key), seed * 0x9E3779B97F4A7C15L, MEAN);
    }
}
