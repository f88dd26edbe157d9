package iopath.analyzer.price;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * One amount as each of several processes saw it, in their order.
 *
 * <p>Sums and differences are made process by process: what is particular to one, and what the conditions of its
 * measurement add to all that it does, cancels out of a difference, as it does for an application before and after a
 * change.
 *
 * @param values at least one; the process at index {@code i} had the condition {@code i % conditions}
 * @param conditions how many there are; a divisor of the number of values
 */
public record Spread(List<Double> values, int conditions) {
    /** Student's t for 95 %, by degrees of freedom from 1 on. */
    private static final double[] T = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306};

    /**
     * Holds what the interval needs.
     *
     * @throws IllegalArgumentException if values and conditions do not fit, or a value is no number
     */
    public Spread {
        values = List.copyOf(values);
        if (values.isEmpty() || conditions < 1 || values.size() % conditions != 0) {
            throw new IllegalArgumentException(values.size() + " values of " + conditions + " conditions");
        }
        if (!values.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("no amounts: " + values);
        }
    }

    Spread plus(Spread other) {
        return with(other, Double::sum);
    }

    Spread minus(Spread other) {
        return with(other, (a, b) -> a - b);
    }

    Spread map(DoubleUnaryOperator change) {
        return new Spread(values.stream().map(change::applyAsDouble).toList(), conditions);
    }

    Spread times(double factor) {
        return map(value -> value * factor);
    }

    private Spread with(Spread other, DoubleBinaryOperator operator) {
        double[] results = new double[values.size()];
        Arrays.setAll(results, i -> operator.applyAsDouble(values.get(i), other.values.get(i)));
        return new Spread(Arrays.stream(results).boxed().toList(), conditions);
    }

    /**
     * Where one more process lands, 19 times of 20, under whichever of the conditions.
     *
     * <p>From the lowest to the highest mean of a condition, since a recording does not tell which it had; beyond both,
     * the prediction interval for one more value by Student's t, from the deviations within the conditions. Where each
     * condition was tried once, nothing is known of these, and the ends are what was seen.
     */
    public Interval interval() {
        double[] means = new double[conditions];
        Arrays.setAll(means, this::mean);
        double margin = margin(means);
        double low = Arrays.stream(means).min().orElseThrow() - margin;
        double high = Arrays.stream(means).max().orElseThrow() + margin;
        return new Interval(low, Math.min(high, Math.max(low, median())), high);
    }

    private double mean(int condition) {
        double sum = 0;
        for (int i = condition; i < values.size(); i += conditions) {
            sum += values.get(i);
        }
        return sum / repeats();
    }

    private int repeats() {
        return values.size() / conditions;
    }

    private double margin(double[] means) {
        int freedom = values.size() - conditions;
        if (freedom == 0) {
            return 0;
        }
        double squares = 0;
        for (int i = 0; i < values.size(); i++) {
            double off = values.get(i) - means[i % conditions];
            squares += off * off;
        }
        double t = T[Math.min(freedom, T.length) - 1];
        return t * Math.sqrt(squares / freedom * (1 + 1.0 / repeats()));
    }

    private double median() {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
