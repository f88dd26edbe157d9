package iopath.analyzer.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpreadTest {
    @Test
    void whatEachConditionShowedOnceIsAllThatIsKnown() {
        assertThat(new Spread(List.of(3.0, 1.0, 2.0), 3).interval()).isEqualTo(new Interval(1, 2, 3));
    }

    @Test
    void whatDiffersBetweenConditionsIsNotTakenForChance() {
        assertThat(new Spread(List.of(1.0, 9.0, 1.0, 9.0), 2).interval()).isEqualTo(new Interval(1, 5, 9));
    }

    /** Two of each: deviations of 0.1, two degrees of freedom, so 4.303 * sqrt(0.02 * 1.5). */
    @Test
    void chanceReachesBeyondWhatWasSeen() {
        Interval interval = new Spread(List.of(1.0, 9.0, 1.2, 9.2), 2).interval();

        assertThat(interval.low()).isCloseTo(1.1 - 0.7453, within(1e-3));
        assertThat(interval.high()).isCloseTo(9.1 + 0.7453, within(1e-3));
    }

    @Test
    void whatIsParticularToAProcessCancelsOut() {
        Spread before = new Spread(List.of(3.0, 5.0, 4.0, 7.0), 2);
        Spread after = new Spread(List.of(1.0, 3.0, 2.0, 5.0), 2);

        assertThat(before.minus(after).interval()).isEqualTo(new Interval(2, 2, 2));
        assertThat(before.plus(after).interval().high())
                .isGreaterThan(before.interval().high());
    }

    /** The promise of the interval, held to 20,000 calibrations with one more process each. */
    @ParameterizedTest
    @CsvSource({"1, 4", "2, 2", "4, 2", "4, 1000"})
    void oneMoreProcessOfAnyConditionLandsInside(int conditions, int repeats) {
        Random random = new Random(5);
        int inside = 0;
        int rounds = repeats > 100 ? 500 : 20_000;
        for (int round = 0; round < rounds; round++) {
            double[] means = random.doubles(conditions).toArray();
            List<Double> values = new ArrayList<>();
            for (int i = 0; i < conditions * repeats; i++) {
                values.add(means[i % conditions] + 0.1 * random.nextGaussian());
            }
            double next = means[random.nextInt(conditions)] + 0.1 * random.nextGaussian();
            Interval interval = new Spread(values, conditions).interval();
            inside += interval.low() <= next && next <= interval.high() ? 1 : 0;
        }
        assertThat((double) inside / rounds).isGreaterThan(0.945);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "1, 0", "NaN, 1", "Infinity, 1"})
    void whatIsNoMeasurementIsRefused(double value, int conditions) {
        assertThatThrownBy(() -> new Spread(List.of(value), conditions)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Spread(List.of(), 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
