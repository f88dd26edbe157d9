package iopath.benchmarks;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * The same quantity, measured once in each round.
 *
 * <p>Values of two samples with the same index were measured one after the other, so their differences are free of what
 * changes slowly on the machine.
 */
final class Sample {

    private static final double CONFIDENCE = 0.95;

    private double[] values = new double[0];

    void add(double value) {
        values = Arrays.copyOf(values, values.length + 1);
        values[values.length - 1] = value;
    }

    int size() {
        return values.length;
    }

    /** This with each value's counterpart in {@code other} taken off. */
    Sample minus(Sample other) {
        return with(other, (a, b) -> a - b);
    }

    /** Each value as a multiple of its counterpart. */
    Sample over(Sample other) {
        return with(other, (a, b) -> a / b);
    }

    private Sample with(Sample other, DoubleBinaryOperator operator) {
        Sample result = new Sample();
        for (int i = 0; i < Math.min(size(), other.size()); i++) {
            result.add(operator.applyAsDouble(values[i], other.values[i]));
        }
        return result;
    }

    double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /** Half of the 95 % confidence interval of the mean, by Student's t; NaN for fewer than two values. */
    double error() {
        int n = values.length;
        if (n < 2) {
            return Double.NaN;
        }
        double mean = mean();
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        double t = new TDistribution(n - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        return t * Math.sqrt(squares / (n - 1) / n);
    }

    double median() {
        return quantile(0.5);
    }

    /** By linear interpolation between the two nearest values. */
    double quantile(double q) {
        if (values.length == 0) {
            return Double.NaN;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
