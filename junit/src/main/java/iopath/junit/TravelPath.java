package iopath.junit;

import java.util.Locale;

/** How bytes travel; the words of the report. */
public enum TravelPath {
    SENDFILE,
    COPY_FILE_RANGE,
    SPLICE,
    MAPPED,
    DIRECT,
    HEAP,
    TLS;

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
