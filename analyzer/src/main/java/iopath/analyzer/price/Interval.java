package iopath.analyzer.price;

import java.util.function.DoubleUnaryOperator;

/**
 * An amount that is not known exactly.
 *
 * @param low the least that is likely
 * @param mid the median of what was seen, between the two others
 * @param high the most
 */
public record Interval(double low, double mid, double high) {

    /** Nothing, exactly. */
    public static final Interval ZERO = new Interval(0, 0, 0);

    /**
     * Holds the order.
     *
     * @throws IllegalArgumentException if the three are not finite, or not in their order
     */
    public Interval {
        if (!Double.isFinite(low) || !Double.isFinite(high) || !(low <= mid && mid <= high)) {
            throw new IllegalArgumentException("no interval: " + low + ", " + mid + ", " + high);
        }
    }

    /** The sum, end by end. */
    public Interval plus(Interval other) {
        return new Interval(low + other.low, mid + other.mid, high + other.high);
    }

    /** This many times the amount; the factor is not negative. */
    Interval times(double factor) {
        return map(end -> end * factor);
    }

    /** The widest quotient that both allow; all ends are positive, but that of this may be zero or less. */
    Interval over(Interval other) {
        double least = low / (low < 0 ? other.low : other.high);
        double most = high / (high < 0 ? other.high : other.low);
        return new Interval(least, Math.min(most, Math.max(least, mid / other.mid)), most);
    }

    /** Each end at most so much. */
    Interval atMost(double most) {
        return map(end -> Math.min(end, most));
    }

    /** Each end at least and at most so much. */
    Interval within(double least, double most) {
        return map(end -> Math.max(least, Math.min(end, most)));
    }

    /** Each end through a function that never falls. */
    public Interval map(DoubleUnaryOperator rising) {
        return new Interval(rising.applyAsDouble(low), rising.applyAsDouble(mid), rising.applyAsDouble(high));
    }
}
