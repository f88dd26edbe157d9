package iopath.analyzer.compare;

/**
 * What went one way in two profiles.
 *
 * @param path a word of the contract
 * @param reason why it was not a better one
 * @param before in the first profile
 * @param after in the second
 */
public record Way(String path, String reason, Load before, Load after) {

    /**
     * Bytes with the time that they took.
     *
     * @param bytes exact, but for a site, where they are an estimate
     * @param nanos estimated time in the operations; 0 if nothing was timed
     */
    public record Load(long bytes, long nanos) {
        static final Load NONE = new Load(0, 0);

        Load plus(long moreBytes, long moreNanos) {
            return new Load(bytes + moreBytes, nanos + moreNanos);
        }

        /** Nanoseconds a byte; not a number where nothing was timed. */
        public double nanosPerByte() {
            return bytes <= 0 || nanos <= 0 ? Double.NaN : (double) nanos / bytes;
        }
    }

    /** How many times as long a byte takes now; not a number where one side was not timed. */
    public double slowdown() {
        return after.nanosPerByte() / before.nanosPerByte();
    }
}
