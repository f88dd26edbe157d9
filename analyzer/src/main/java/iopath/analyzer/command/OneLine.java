package iopath.analyzer.command;

import org.jspecify.annotations.Nullable;

/** Messages on stderr: one line each, without characters that command a terminal. */
final class OneLine {
    private OneLine() {}

    static String of(@Nullable String message) {
        if (message == null) {
            return "no message";
        }
        return message.strip().replaceAll("\\s*\\R\\s*", "; ").replaceAll("[\\p{Cntrl}\\p{Cf}]", "?");
    }
}
