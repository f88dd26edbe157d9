package iopath.analyzer.attach;

import iopath.analyzer.text.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * The one door for what a target says of itself: on this side of it is one line that commands no terminal.
 *
 * <p>A target may hold anything in its properties, its command line and its answers.
 */
final class Told {
    /** Longer than the longest path that Linux has. */
    private static final int MOST = 5000;

    private Told() {}

    /** One line; characters that do not show stand there by their number, and a very long line is cut. */
    static String line(@Nullable String text) {
        if (text == null) {
            return "";
        }
        String cut = text.length() > MOST ? text.substring(0, MOST) + "..." : text;
        return PlainText.of(cut.strip().replaceAll("\\s*\\R\\s*", "; "));
    }
}
