package iopath.benchmarks;

import java.util.Arrays;

/** Slices of time that were measured in pairs, one with recording off and one with it on, in turns. */
final class Pairs {

    private final int slices;
    private final double[] off;
    private final double[] added;
    private double first;
    private int done;

    Pairs(int pairs) {
        slices = 2 * pairs;
        off = new double[pairs];
        added = new double[pairs];
    }

    static TextTable table(String what) {
        return new TextTable(what, "off, ns", "on - off, median, ns", "95 % of it", "quartiles of the pairs");
    }

    boolean isFull() {
        return done == slices;
    }

    /** Whether recording is on in the next slice: every other pair begins with it. */
    boolean isOn() {
        return (done & 1) == 1 ^ (done >> 1 & 1) == 1;
    }

    /** Takes the nanoseconds of one operation in the next slice. */
    void add(double nanos) {
        int pair = done >> 1;
        if ((done & 1) == 0) {
            first = nanos;
        } else {
            boolean isOn = isOn();
            off[pair] = isOn ? first : nanos;
            added[pair] = isOn ? nanos - first : first - nanos;
        }
        done++;
    }

    /** Adds what they show to a table. */
    void row(String name, TextTable table) {
        Arrays.sort(off);
        Arrays.sort(added);
        double pairs = off.length;
        table.row(
                name,
                TextTable.number(quantile(off, 0.5), 0),
                TextTable.number(quantile(added, 0.5), 0),
                // The order statistics that bound a median: Binomial(n, 1/2), normal approximation.
                between(added, 0.5 - 0.98 / Math.sqrt(pairs), 0.5 + 0.98 / Math.sqrt(pairs)),
                between(added, 0.25, 0.75));
    }

    private static String between(double[] sorted, double low, double high) {
        return TextTable.number(quantile(sorted, low), 0) + " to " + TextTable.number(quantile(sorted, high), 0);
    }

    private static double quantile(double[] sorted, double at) {
        return sorted[(int) Math.min(sorted.length - 1, Math.max(0, at * sorted.length))];
    }
}
