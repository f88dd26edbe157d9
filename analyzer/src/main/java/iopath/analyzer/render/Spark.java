package iopath.analyzer.render;

import java.util.Collections;
import java.util.List;

/** Amounts over time as one line of bars. */
final class Spark {
    private static final String BLOCKS = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private static final String ASCII = " .:-=+*#@";

    private final String bars;
    private final long full;

    /**
     * Bars of one scale.
     *
     * @param full the amount of the highest bar
     */
    Spark(boolean ascii, long full) {
        this.bars = ascii ? ASCII : BLOCKS;
        this.full = full;
    }

    /** The highest bar that amounts have at a width. */
    static long highest(List<Long> amounts, int width) {
        return width < 1 ? 0 : Collections.max(means(amounts, width));
    }

    /** As many bars as fit, each for equally many of the amounts. */
    String of(List<Long> amounts, int width) {
        if (width < 1) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (long mean : means(amounts, width)) {
            int top = bars.length() - 1;
            // Something is never shown as nothing.
            int bar = mean <= 0 || full <= 0
                    ? 0
                    : (int) Math.max(1, Math.min(top, Math.round((double) top * mean / full)));
            text.append(bars.charAt(bar));
        }
        return text.toString();
    }

    private static List<Long> means(List<Long> amounts, int width) {
        int each = 1;
        while (amounts.size() % each != 0 || amounts.size() / each > width) {
            each++;
        }
        int size = each;
        return java.util.stream.IntStream.range(0, amounts.size() / size)
                .mapToObj(i -> Math.round(amounts.subList(i * size, (i + 1) * size).stream()
                        .mapToLong(Long::longValue)
                        .average()
                        .orElse(0)))
                .toList();
    }
}
