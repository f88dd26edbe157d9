package iopath.analyzer.render;

import iopath.analyzer.summarize.Finding.Severity;

/**
 * How a text may look where it is shown.
 *
 * @param width columns of a line, {@value #LEAST} at least
 * @param coloured whether colours are shown as such
 */
public record Look(int width, boolean coloured) {
    /** Of a file, a pipe, and what tells nothing of itself. */
    public static final Look PLAIN = new Look(Line.WIDTH, false);

    /** Below this a table has no room for its numbers. */
    static final int LEAST = 60;

    /** Lines that are longer are not read to their end. */
    static final int MOST = 160;

    private static final String YELLOW = "\u001b[1;33m";
    private static final String CYAN = "\u001b[36m";
    private static final String OFF = "\u001b[0m";

    public Look {
        width = Math.max(LEAST, Math.min(MOST, width));
    }

    /** A severity's word: what asks for something stands out. */
    String of(Severity severity) {
        if (!coloured) {
            return severity.text();
        }
        return switch (severity) {
            case WARNING -> YELLOW + severity.text() + OFF;
            case INFO -> CYAN + severity.text() + OFF;
        };
    }
}
