package iopath.demo;

/**
 * One program of the list.
 *
 * @param name what the command line calls it, with its number in front
 * @param pair the demos to compare it with
 * @param moral what its profile shows, in one line
 */
record Demo(String name, String pair, Role role, String moral, Body body) {

    /** The place of a demo in its pair. */
    enum Role {
        BEFORE("before"),
        AFTER("after"),
        SINGLE("single");

        private final String text;

        Role(String text) {
            this.text = text;
        }

        String text() {
            return text;
        }
    }

    /** The bytes that a demo moves. */
    interface Body {
        Moved run(Stage stage) throws Exception;
    }
}
