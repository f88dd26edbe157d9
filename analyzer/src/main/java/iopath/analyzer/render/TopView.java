package iopath.analyzer.render;

/**
 * How a person looks at the live screen.
 *
 * @param filter rows without this text are left out
 * @param typing whether the filter is being typed
 * @param help whether the keys are explained
 * @param ascii whether bars are drawn without block characters
 * @param quit whether the person wants to leave
 */
public record TopView(
        Sort sort, String filter, boolean typing, boolean paused, boolean help, boolean ascii, boolean quit) {
    private static final int MAX_FILTER = 200;
    private static final int ESCAPE = 27;
    private static final int BACKSPACE = 8;
    private static final int DELETE = 127;
    private static final int CONTROL_C = 3;

    /** The order of rows. */
    public enum Sort {
        BYTES("bytes/s"),
        COPIES("copied bytes/s"),
        NAME("name");

        private final String text;

        Sort(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }

        private Sort next() {
            return values()[(ordinal() + 1) % values().length];
        }
    }

    /** The view at the start. */
    public static TopView start(boolean ascii) {
        return new TopView(Sort.BYTES, "", false, false, false, ascii, false);
    }

    /** The view after a key; 13 or 10 is Enter, 27 is Esc. */
    public TopView pressed(int key) {
        return key == CONTROL_C ? with(sort, filter, false, paused, help, true) : typing ? typed(key) : commanded(key);
    }

    private TopView typed(int key) {
        return switch (key) {
            case '\r', '\n' -> with(sort, filter, false, paused, help, false);
            case ESCAPE -> with(sort, "", false, paused, help, false);
            case BACKSPACE, DELETE -> with(sort, filter.substring(0, start(filter)), true, paused, help, false);
            default ->
                Character.isISOControl(key) || !Character.isValidCodePoint(key) || filter.length() >= MAX_FILTER
                        ? this
                        : with(sort, filter + Character.toString(key), true, paused, help, false);
        };
    }

    /** Where the last character begins. */
    private static int start(String text) {
        return text.isEmpty() ? 0 : text.offsetByCodePoints(text.length(), -1);
    }

    private TopView commanded(int key) {
        return switch (key) {
            case 'q', 'Q' -> with(sort, filter, false, paused, help, true);
            case 's' -> with(sort.next(), filter, false, paused, help, false);
            case '/' -> with(sort, filter, true, paused, false, false);
            case 'p', ' ' -> with(sort, filter, false, !paused, help, false);
            case '?', 'h' -> with(sort, filter, false, paused, !help, false);
            case ESCAPE -> with(sort, help ? filter : "", false, paused, false, false);
            default -> this;
        };
    }

    private TopView with(
            Sort newSort, String newFilter, boolean newTyping, boolean newPaused, boolean newHelp, boolean newQuit) {
        return new TopView(newSort, newFilter, newTyping, newPaused, newHelp, ascii, newQuit);
    }
}
