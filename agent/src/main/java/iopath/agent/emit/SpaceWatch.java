package iopath.agent.emit;

import java.io.File;
import java.io.IOException;

/**
 * Watches the free space under JFR's repository: HotSpot shuts the JVM down when it cannot write there.
 *
 * <p>Space counts as low while a few more seconds like the last one would leave less than a reserve.
 */
final class SpaceWatch {

    /** What stays free, in bytes: a last flush with its metadata takes below 1 MiB. */
    static final long RESERVE = 6L << 20;

    /** What must be free to begin. */
    private static final long TO_START = 2 * RESERVE;

    private static final int SECONDS_AHEAD = 3;

    private long last = Long.MAX_VALUE;

    /** Says no where a recording would soon have to stop. */
    static void check() throws IOException {
        long free = free();
        if (free < TO_START) {
            throw new IOException("only " + (free >> 20) + " MiB are free in " + repository()
                    + ", where JFR keeps its data; the JVM would end when that is full");
        }
    }

    /** Whether space is low now; to be asked about once a second. */
    boolean isLow() {
        long free = free();
        long used = Math.max(last - free, 0);
        boolean first = last == Long.MAX_VALUE;
        last = free;
        return free < RESERVE + (first ? 0 : SECONDS_AHEAD * used);
    }

    private static long free() {
        return new File(repository()).getUsableSpace();
    }

    private static String repository() {
        String repository = System.getProperty("jdk.jfr.repository");
        return repository == null ? System.getProperty("java.io.tmpdir", "/tmp") : repository;
    }
}
