package iopath.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table in Markdown, aligned for reading as text: the first column to the left, the others to the right. */
final class TextTable {

    private final List<String[]> rows = new ArrayList<>();

    TextTable(String... heads) {
        rows.add(heads);
    }

    void row(String... cells) {
        rows.add(cells);
    }

    /** A number with so many decimals; a dash for none. */
    static String number(double value, int decimals) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /** A mean with its error. */
    static String withError(Sample sample, int decimals) {
        return number(sample.mean(), decimals) + " ± " + number(sample.error(), decimals);
    }

    /** A median with the least value: what a busy machine adds is never negative. */
    static String withLeast(Sample sample, int decimals) {
        return number(sample.median(), decimals) + " (" + number(sample.quantile(0), decimals) + ")";
    }

    @Override
    public String toString() {
        int[] widths = new int[rows.get(0).length];
        for (String[] row : rows) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder text = new StringBuilder();
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < widths.length; i++) {
                String cell = rows.get(r)[i];
                String pad = " ".repeat(widths[i] - cell.length());
                text.append(i == 0 ? "| " + cell + pad : pad + cell).append(" | ");
            }
            newLine(text);
            if (r == 0) {
                for (int i = 0; i < widths.length; i++) {
                    text.append(i == 0 ? "|" : "")
                            .append("-".repeat(widths[i] + 1))
                            .append(i == 0 ? "-|" : ":|");
                }
                newLine(text);
            }
        }
        return text.toString();
    }

    private static void newLine(StringBuilder text) {
        text.setLength(text.toString().stripTrailing().length());
        text.append('\n');
    }
}
