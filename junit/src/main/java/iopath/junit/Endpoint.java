package iopath.junit;

import java.util.Locale;

/** What bytes come from, or go to. */
public enum Endpoint {
    FILE,
    SOCKET,
    PIPE,
    /** The application itself: it made the bytes, or kept them. */
    MEMORY;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
