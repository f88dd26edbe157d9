package iopath.analyzer.summarize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists that end in one row for all that did not fit. */
public final class Capped {
    private Capped() {}

    /** The first rows, {@code max} at most: the last of them stands for the rest if there are more. */
    public static <T> List<T> list(List<T> rows, int max, Function<List<T>, T> other) {
        if (rows.size() <= max) {
            return rows;
        }
        List<T> capped = new ArrayList<>(rows.subList(0, max - 1));
        capped.add(other.apply(rows.subList(max - 1, rows.size())));
        return capped;
    }
}
