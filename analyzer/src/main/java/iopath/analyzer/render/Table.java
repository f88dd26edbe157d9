package iopath.analyzer.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Rows in columns, as wide as a terminal at most; the last column is shortened in its middle where it must be. */
public final class Table {
    private static final String GAP = "  ";

    private final Column[] columns;
    private final List<List<String>> rows = new ArrayList<>();

    /** On which side a column is flush. */
    public enum Side {
        LEFT,
        RIGHT
    }

    /** The head of a column. */
    public record Column(String title, Side side) {
        /** A column of words. */
        public static Column words(String title) {
            return new Column(title, Side.LEFT);
        }

        /** A column of numbers. */
        public static Column numbers(String title) {
            return new Column(title, Side.RIGHT);
        }
    }

    public Table(Column... columns) {
        if (columns.length < 2) {
            throw new IllegalArgumentException("a table of one column is a list");
        }
        this.columns = columns.clone();
        rows.add(Arrays.stream(columns).map(Column::title).toList());
    }

    /** Adds a row with a cell for each column. */
    public Table row(String... cells) {
        if (cells.length != columns.length) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.length + " columns");
        }
        rows.add(Arrays.stream(cells).map(Line::safe).toList());
        return this;
    }

    /** Adds a sentence under the last row; empty adds nothing. */
    public Table note(String note) {
        if (!note.isEmpty()) {
            rows.add(List.of(note));
        }
        return this;
    }

    /** The lines, heads first, {@value Line#WIDTH} columns wide at most. */
    public List<String> lines() {
        return lines(Line.WIDTH);
    }

    /** The same for lines of another width. */
    List<String> lines(int width) {
        int[] widths = widths(width);
        return rows.stream()
                .flatMap(row -> row.size() == columns.length
                        ? Stream.of(line(row, widths))
                        : Line.wrapped(row.get(0), 4, width).stream())
                .toList();
    }

    private int[] widths(int width) {
        int[] widths = new int[columns.length];
        for (List<String> row : rows) {
            for (int i = 0; i < columns.length && row.size() == columns.length; i++) {
                widths[i] = Math.max(widths[i], Line.width(row.get(i)));
            }
        }
        int last = columns.length - 1;
        int over = Arrays.stream(widths).sum() + GAP.length() * last - width;
        // The last column gives first, then the widest of the others.
        int least = Math.min(widths[last], 16);
        int given = Math.min(Math.max(0, over), widths[last] - least);
        widths[last] -= given;
        for (over -= given; over > 0; over--) {
            int widest = 0;
            for (int i = 1; i <= last; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            widths[widest]--;
        }
        return widths;
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = Line.shortened(row.get(i), widths[i]);
            String pad = " ".repeat(widths[i] - Line.width(cell));
            line.append(i == 0 ? "" : GAP);
            line.append(columns[i].side() == Side.LEFT ? cell + pad : pad + cell);
        }
        return line.toString().stripTrailing();
    }
}
