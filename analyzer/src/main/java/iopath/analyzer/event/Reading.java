package iopath.analyzer.event;

import java.util.List;

/**
 * What reading a list of recordings came to.
 *
 * @param files as they were named
 * @param startNanos start of the earliest chunk, nanoseconds since the epoch
 * @param endNanos end of the latest
 * @param warnings what could not be read, a line each, without a line's end
 * @param notes what else an engineer should know, likewise; it takes nothing from the sums
 */
public record Reading(List<String> files, long startNanos, long endNanos, List<String> warnings, List<String> notes) {
    public Reading {
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }
}
