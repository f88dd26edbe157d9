package iopath.analyzer.render;

import iopath.analyzer.text.PlainText;
import java.util.ArrayList;
import java.util.List;

/** Text that fits a terminal, and cannot command it. */
final class Line {
    /** Columns of a terminal. */
    static final int WIDTH = 80;

    private static final String CUT = "...";

    private Line() {}

    /** See {@link PlainText#of}. */
    static String safe(String text) {
        return PlainText.of(text);
    }

    /** Columns that a text takes; a combining mark counts one, so that this is never too few. */
    static int width(String text) {
        return text.codePoints().map(Line::width).sum();
    }

    private static int width(int c) {
        boolean wide = (c >= 0x1100 && c <= 0x115f)
                || (c >= 0x2e80 && c <= 0xa4cf)
                || (c >= 0xac00 && c <= 0xd7a3)
                || (c >= 0xf900 && c <= 0xfaff)
                || (c >= 0xfe30 && c <= 0xfe6f)
                || (c >= 0xff00 && c <= 0xff60)
                || (c >= 0xffe0 && c <= 0xffe6)
                || c >= 0x1f000;
        return wide ? 2 : 1;
    }

    /** At most {@code columns} of a text: its start, dots, and more of its end, which tells paths apart. */
    static String shortened(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        if (columns <= CUT.length()) {
            return CUT.substring(0, Math.max(0, columns));
        }
        int[] points = text.codePoints().toArray();
        int left = (columns - CUT.length()) / 3;
        int start = 0;
        for (int used = 0; start < points.length && used + width(points[start]) <= left; start++) {
            used += width(points[start]);
        }
        int right = columns - CUT.length() - left;
        int end = points.length;
        for (int used = 0; end > start && used + width(points[end - 1]) <= right; end--) {
            used += width(points[end - 1]);
        }
        return new String(points, 0, start) + CUT + new String(points, end, points.length - end);
    }

    /** A sentence on as many lines as it takes, each behind an indent; words too long for a line are shortened. */
    static List<String> wrapped(String sentence, int indent) {
        return wrapped(sentence, indent, WIDTH);
    }

    /** The same for lines of another width. */
    static List<String> wrapped(String sentence, int indent, int width) {
        List<String> lines = new ArrayList<>();
        int room = width - indent;
        StringBuilder line = new StringBuilder();
        for (String word : safe(sentence).split(" ", -1)) {
            String fitting = shortened(word, room);
            if (line.length() > 0 && width(line.toString()) + 1 + width(fitting) > room) {
                lines.add(" ".repeat(indent) + line);
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(fitting);
        }
        lines.add(" ".repeat(indent) + line);
        return lines;
    }
}
