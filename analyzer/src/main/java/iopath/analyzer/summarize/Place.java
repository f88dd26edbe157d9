package iopath.analyzer.summarize;

import org.jspecify.annotations.Nullable;

/**
 * Where in the code bytes were moved.
 *
 * @param frame the application's, as {@code com.example.Server.send:42}; a library's where it has none on the stack
 * @param by the library's that did it for the application, or {@code null} if the first says it all
 * @param bytes a share of exact bytes, estimated from samples; 0 where they were too few
 */
public record Place(String frame, @Nullable String by, long bytes) {

    /** The innermost frame that is not the JDK's. */
    String inner() {
        return by == null ? frame : by;
    }

    /** Both in words. */
    public String text() {
        return by == null ? frame : frame + ", by " + by;
    }
}
