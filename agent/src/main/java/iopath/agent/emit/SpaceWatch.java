package iopath.agent.emit;

/**
 * Notices, when asked once a second, that the disk under JFR's repository fills up while others record.
 *
 * <p>Space counts as low while a few more seconds like the last one would leave less than a reserve. A recording of
 * ours has a {@link DiskGuard}.
 */
final class SpaceWatch {

    /** What stays free, in bytes: a last flush with its metadata takes below 1 MiB. */
    private static final long RESERVE = 6L << 20;

    private static final int SECONDS_AHEAD = 3;

    private final RepositoryDisk disk = new RepositoryDisk(System.getProperty("java.io.tmpdir", "/tmp"));
    private long last = Long.MAX_VALUE;

    /** Whether space is low now; to be asked about once a second. */
    boolean isLow() {
        long free = disk.free();
        long used = Math.max(last - free, 0);
        boolean first = last == Long.MAX_VALUE;
        last = free;
        return free < RESERVE + (first ? 0 : SECONDS_AHEAD * used);
    }
}
