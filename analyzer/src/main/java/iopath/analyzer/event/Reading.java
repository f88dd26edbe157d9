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
 * @param chunks what tells each chunk that was read from all others; none where there are no chunks
 */
public record Reading(
        List<String> files,
        long startNanos,
        long endNanos,
        List<String> warnings,
        List<String> notes,
        List<String> chunks) {
    /** Of what has no chunks. */
    public Reading(List<String> files, long startNanos, long endNanos, List<String> warnings, List<String> notes) {
        this(files, startNanos, endNanos, warnings, notes, List.of());
    }

    public Reading {
        files = List.copyOf(files);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
        chunks = List.copyOf(chunks);
    }
}
