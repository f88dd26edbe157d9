package iopath.analyzer.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in columns that keep their places from one picture to the next.
 *
 * <p>A column is as wide as it says, and the last one takes what is left. Where there is no room for all, the columns
 * that can be spared first are left out.
 */
final class Grid {
    private static final String GAP = "  ";

    private final List<Column> columns;
    private final boolean[] shown;
    private final int width;

    /**
     * The head of a column.
     *
     * @param width of the column; of the last one, the least
     * @param spare 0 for one that always stays; the highest goes first
     */
    record Column(String title, Table.Side side, int width, int spare) {
        static Column words(String title, int width, int spare) {
            return new Column(title, Table.Side.LEFT, width, spare);
        }

        static Column numbers(String title, int width, int spare) {
            return new Column(title, Table.Side.RIGHT, width, spare);
        }
    }

    Grid(int width, Column... columns) {
        this.columns = List.of(columns);
        this.width = width;
        this.shown = new boolean[columns.length];
        Arrays.fill(shown, true);
        while (rest() < 0 && spare()) {
            // One column less each time.
        }
    }

    private boolean spare() {
        int first = -1;
        for (int i = 0; i < shown.length; i++) {
            int spare = columns.get(i).spare();
            if (shown[i]
                    && spare > 0
                    && (first < 0 || spare > columns.get(first).spare())) {
                first = i;
            }
        }
        if (first >= 0) {
            shown[first] = false;
        }
        return first >= 0;
    }

    /** Columns of the screen that nobody has asked for; negative if there are too few. */
    private int rest() {
        int taken = -GAP.length();
        for (int i = 0; i < shown.length; i++) {
            taken += shown[i] ? columns.get(i).width() + GAP.length() : 0;
        }
        return width - taken;
    }

    /** The width of the last column, 0 if it is left out. */
    int lastWidth() {
        int last = shown.length - 1;
        return shown[last] ? Math.max(0, columns.get(last).width() + rest()) : 0;
    }

    String head() {
        return line(columns.stream().map(Column::title).toList());
    }

    /** A row with a cell for each column, shown or not. */
    String row(String... cells) {
        if (cells.length != columns.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + columns.size() + " columns");
        }
        return line(List.of(cells));
    }

    private String line(List<String> cells) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < shown.length; i++) {
            if (shown[i]) {
                Column column = columns.get(i);
                int room = i == shown.length - 1 ? lastWidth() : column.width();
                String cell = Line.shortened(Line.safe(cells.get(i)), room);
                String pad = " ".repeat(Math.max(0, room - Line.width(cell)));
                texts.add(column.side() == Table.Side.LEFT ? cell + pad : pad + cell);
            }
        }
        return Line.shortened(String.join(GAP, texts).stripTrailing(), width);
    }
}
