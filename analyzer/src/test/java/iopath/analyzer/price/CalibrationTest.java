package iopath.analyzer.price;

import static iopath.analyzer.price.Calibrations.point;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import iopath.analyzer.price.Point.Lane;
import org.junit.jupiter.api.Test;

class CalibrationTest {
    private static final Lane HEAP = new Lane("file", "socket", "heap", 4);

    /** A call costs 1000 ns and a byte 1 ns. */
    private final Calibration line = Calibrations.of(
            point("file", "socket", "heap", 4, 1000, 2, 2, 2),
            point("file", "socket", "heap", 4, 10_000, 1.1, 1.1, 1.1));

    @Test
    void betweenTwoSizesACallAndAByteEachHaveAPrice() {
        assertThat(mid(line, 1000)).isEqualTo(2);
        assertThat(mid(line, 2000)).isCloseTo(1.5, within(1e-9));
        assertThat(mid(line, 10_000)).isEqualTo(1.1);
    }

    @Test
    void smallStepsPayForTheirCallsAndLargeOnesCostNoLessThanMeasured() {
        assertThat(mid(line, 100)).isCloseTo(11, within(1e-9));
        assertThat(mid(line, 1e6)).isEqualTo(1.1);
    }

    @Test
    void noNoiseMakesACallFree() {
        Calibration odd = Calibrations.of(
                point("file", "socket", "heap", 4, 1000, 1, 1, 1), point("file", "socket", "heap", 4, 10_000, 2, 2, 2));

        assertThat(mid(odd, 100)).isEqualTo(2);
    }

    @Test
    void linesThatCrossStillGiveAnInterval() {
        Calibration crossing = Calibrations.of(
                point("file", "socket", "heap", 4, 1000, 1.9, 2, 2.1),
                point("file", "socket", "heap", 4, 10_000, 0.2, 1.1, 2.0));

        assertThat(crossing.secondsPerGb(HEAP, 100)).hasValueSatisfying(cost -> {
            assertThat(cost.interval().low())
                    .isLessThanOrEqualTo(cost.interval().mid());
            assertThat(cost.interval().high())
                    .isGreaterThanOrEqualTo(cost.interval().mid());
        });
    }

    @Test
    void aWayThatWasNotMeasuredHasNoPrice() {
        assertThat(line.secondsPerGb(new Lane("file", "pipe", "heap", 4), 1000)).isEmpty();
    }

    @Test
    void nothingIsForFree() {
        assertThatThrownBy(() -> point("file", "socket", "heap", 4, 1000, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> point("file", "socket", "heap", 4, 0, 1, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void pointsOfOtherProcessesAreNotAdded() {
        Point two = new Point(HEAP, 2000, new Spread(java.util.List.of(1.0, 2.0), 2));
        Point three = point("file", "socket", "heap", 4, 1000, 1, 2, 3);

        assertThatThrownBy(() -> Calibrations.of(two, three)).hasMessageContaining("not of the same processes");
        assertThatThrownBy(Calibrations::of).hasMessageContaining("no points");
    }

    private static double mid(Calibration calibration, double chunk) {
        return calibration.secondsPerGb(HEAP, chunk).orElseThrow().interval().mid();
    }
}
