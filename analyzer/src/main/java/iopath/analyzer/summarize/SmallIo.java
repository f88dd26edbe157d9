package iopath.analyzer.summarize;

/**
 * An endpoint whose reads, or writes, are many and small.
 *
 * @param direction {@code read} or {@code write}
 */
record SmallIo(String kind, String name, String direction, long bytes, long operations) {
    /** Below this a call's fixed cost outweighs its copy: some 700 ns against 100 ns for 2 KiB. */
    private static final long SMALL_BYTES = 2048;

    private static final long MANY = 1000;

    static boolean isSmall(long bytes, long operations) {
        return operations >= MANY && bytes / operations < SMALL_BYTES;
    }

    long bytesEach() {
        return bytes / operations;
    }
}
