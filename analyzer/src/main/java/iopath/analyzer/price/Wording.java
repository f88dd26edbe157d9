package iopath.analyzer.price;

import java.util.Locale;

/** Intervals as people read them. */
final class Wording {
    private Wording() {}

    /** Seconds, as in {@code 0.12 to 0.15 s}. */
    static String seconds(Interval seconds) {
        return range(digits(seconds.low()), digits(seconds.high())) + " s";
    }

    /** Seconds a GB. */
    static String perGb(Interval seconds) {
        return range(digits(seconds.low()), digits(seconds.high())) + " CPU seconds per GB";
    }

    /** A share in per cent. */
    static String share(Interval share) {
        return range(percent(share.low()), percent(share.high())) + " %";
    }

    private static String range(String low, String high) {
        return low.equals(high) ? low : low + " to " + high;
    }

    private static String percent(double share) {
        double percent = 100 * share;
        double size = Math.abs(percent);
        return number(percent, size < 0.05 ? 2 : size < 10 ? 1 : 0);
    }

    private static String digits(double value) {
        double size = Math.abs(value);
        // By what is left after rounding, so that 0.09999 is 0.10 as 0.1 is.
        return number(value, size < 0.00995 ? 4 : size < 0.0995 ? 3 : size < 9.95 ? 2 : size < 99.5 ? 1 : 0);
    }

    private static String number(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
        // Without the zeros at the end of 0.0000, and without the sign of -0.00.
        return text.matches("-?0(\\.0+)?") ? "0" : text;
    }
}
