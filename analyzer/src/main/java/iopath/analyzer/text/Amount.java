package iopath.analyzer.text;

import java.util.Locale;

/** Numbers as people read them. */
public final class Amount {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Amount() {}

    /** Bytes with three digits and a decimal unit: {@code 1.24 GB} is 1,240 million. */
    public static String bytes(long bytes) {
        if (bytes > -1000 && bytes < 1000) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        // 999.5 would be shown as 1000.
        while (Math.abs(value) >= 999.5 && unit < UNITS.length - 1) {
            value /= 1000;
            unit++;
        }
        String format = Math.abs(value) < 9.995 ? "%.2f %s" : Math.abs(value) < 99.95 ? "%.1f %s" : "%.0f %s";
        return String.format(Locale.ROOT, format, value, UNITS[unit]);
    }

    /** A share in whole per cent that says neither all nor nothing where it is not. */
    public static String share(long part, long whole) {
        if (part <= 0 || whole <= 0) {
            return "0 %";
        }
        if (part >= whole) {
            return "100 %";
        }
        double percent = 100.0 * part / whole;
        if (percent < 1) {
            return "less than 1 %";
        }
        if (percent > 99) {
            return "more than 99 %";
        }
        return Math.round(percent) + " %";
    }

    /** A count of things, in the right number. */
    public static String count(long count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }

    /** A count of things whose plural is irregular. */
    public static String count(long count, String thing, String things) {
        return count + " " + (count == 1 ? thing : things);
    }

    /** Milliseconds as seconds. */
    public static String seconds(long millis) {
        return String.format(Locale.ROOT, millis < 10_000 ? "%.2f s" : "%.1f s", millis / 1000.0);
    }
}
