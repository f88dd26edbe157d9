package iopath.analyzer.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    private static final Interval ONE_TO_FOUR = new Interval(1, 2, 4);

    @ParameterizedTest
    @CsvSource({"2, 1, 3", "1, 4, 3", "NaN, 1, 2", "1, NaN, 2", "1, 2, NaN", "-Infinity, 1, 2", "1, 2, Infinity"})
    void whatIsNoIntervalIsRefused(double low, double mid, double high) {
        assertThatThrownBy(() -> new Interval(low, mid, high)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSumIsAsWideAsBothTogether() {
        assertThat(ONE_TO_FOUR.plus(ONE_TO_FOUR)).isEqualTo(new Interval(2, 4, 8));
    }

    @Test
    void aQuotientHasTheEndsThatAreFurthestApart() {
        Interval two = new Interval(1, 2, 2);

        assertThat(ONE_TO_FOUR.over(two)).isEqualTo(new Interval(0.5, 1, 4));
        assertThat(new Interval(-4, -2, 1).over(two)).isEqualTo(new Interval(-4, -1, 1));
        assertThat(new Interval(-4, -2, -1).over(two)).isEqualTo(new Interval(-4, -1, -0.5));
    }

    @Test
    void noEndExceedsTheMost() {
        assertThat(ONE_TO_FOUR.atMost(3)).isEqualTo(new Interval(1, 2, 3));
        assertThat(ONE_TO_FOUR.times(0)).isEqualTo(Interval.ZERO);
    }
}
