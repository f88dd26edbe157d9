package iopath.agent.emit;

/**
 * Decides what a recording may do with the space that is left: HotSpot ends the JVM when JFR cannot write.
 *
 * <p>Pure arithmetic. All amounts are bytes, rates are bytes a second, and none is negative.
 */
final class SpaceRule {

    /** Below this much, a disk can fill up before anyone can react; a recording is then kept in memory. */
    static final long ROOMY = 1L << 30;

    /** What must be free to record to a disk at all, for a stream that cannot be kept in memory. */
    static final long TO_STREAM = 256L << 20;

    /** What must be free to begin a recording in memory. */
    static final long TO_KEEP = 12L << 20;

    /** What must stay free while a recording is written to disk. */
    static final long FLOOR = 64L << 20;

    /** Of a recording's constants and metadata, which take below 1 MiB. */
    private static final long METADATA = 2L << 20;

    /** A recording is written, and then copied to its file, which may lie on the same disk. */
    private static final int TIMES_WRITTEN = 2;

    /** Half of the 10 MB that JFR has for events by default, less what its own cost takes. */
    private static final long MOST_IN_MEMORY = 3L << 20;

    /** The fastest disk that we know of. */
    private static final long FASTEST = 8L << 30;

    private static final long LONGEST_PAUSE_MILLIS = 500;
    private static final long SHORTEST_PAUSE_MILLIS = 10;

    private SpaceRule() {}

    /** Whether a recording that goes to disk has to end now: within 0.3 s the disk would have less than a floor. */
    static boolean isShort(long free, long rate) {
        return free - rate / 10 * 3 < FLOOR;
    }

    /** Whether a recording in memory can be written, even if the disk goes on filling for a second. */
    static boolean mayWrite(long free, long rate, long recorded) {
        return free - rate >= METADATA + TIMES_WRITTEN * recorded;
    }

    /** Whether a recording in memory should be written soon, since the space for it goes. */
    static boolean isTight(long free, long recorded) {
        return free < TO_KEEP / 2 + METADATA + TIMES_WRITTEN * recorded;
    }

    /** Whether more in memory might push out what is there. */
    static boolean fillsMemory(long recorded) {
        return recorded > MOST_IN_MEMORY;
    }

    /** How long nobody needs to look: a sixteenth of the time that the fastest disk takes to fill. */
    static long pauseMillis(long free) {
        return Math.max(SHORTEST_PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, free / (FASTEST / 1000)));
    }
}
