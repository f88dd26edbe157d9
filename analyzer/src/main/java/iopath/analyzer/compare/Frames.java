package iopath.analyzer.compare;

/** Names of code as sites have them: {@code com.example.Server.send:42}. */
public final class Frames {
    private Frames() {}

    /** The frame without its line, which moves with every edit. */
    public static String method(String frame) {
        int colon = frame.lastIndexOf(':');
        return colon < 0 ? frame : frame.substring(0, colon);
    }

    /**
     * Whether a frame lies in what is named: a package, a class, a method, or a line.
     *
     * @param name such as {@code com.example.Server}
     */
    public static boolean isIn(String frame, String name) {
        if (!frame.startsWith(name)) {
            return false;
        }
        return frame.length() == name.length() || ".:$".indexOf(frame.charAt(name.length())) >= 0;
    }
}
