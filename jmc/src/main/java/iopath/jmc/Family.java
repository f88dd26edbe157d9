package iopath.jmc;

import java.util.Arrays;
import java.util.Set;

/** Findings that one rule tells, by their codes; together the families have every finding once. */
enum Family {
    LOOPS("Copy Loops Between Files and Sockets", "read-write-loop", "stream-loop"),
    WRAPPERS("Wrapped Channels", "wrapped-channel"),
    APPEND("Transfers Into Files Opened With APPEND", "append-target", "poisoned"),
    REFUSED("Transfers That the Kernel Refused", "kernel-refused"),
    TLS("TLS in User Space", "tls"),
    MISSING("Transfers Without an In-Kernel Way", "no-jdk-path", "not-a-regular-file"),
    SPINS("Calls That Move Nothing", "would-block", "end-of-file"),
    CUT("Calls Cut at the Most That Linux Moves", "cut-at-limit"),
    PARTIAL("Heap Buffers Copied for Nothing", "partial-heap-writes"),
    SMALL("Small Reads and Writes", "small-reads", "small-writes"),
    COVERAGE(
            "What iopath Did Not See",
            "no-events",
            "hook-failed",
            "hook-absent",
            "unknown-path",
            "links-lost",
            "rows-folded",
            "samples-dropped",
            "damaged-recording"),
    /** What the others leave, findings of later versions too. */
    OTHERS("Other Transfers");

    private final String title;
    private final Set<String> codes;

    Family(String title, String... codes) {
        this.title = title;
        this.codes = Set.of(codes);
    }

    /** The name of the rule. */
    String title() {
        return title;
    }

    /** Whether a finding of this code is one of the family. */
    boolean has(String code) {
        return this == OTHERS
                ? Arrays.stream(values()).noneMatch(family -> family.codes.contains(code))
                : codes.contains(code);
    }
}
