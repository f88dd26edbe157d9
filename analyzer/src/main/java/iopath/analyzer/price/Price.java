package iopath.analyzer.price;

import org.jspecify.annotations.Nullable;

/**
 * What the calls of a finding cost, and what could be saved; CPU time is user and system together.
 *
 * @param bytes of the finding, those whose cost is known
 * @param secondsPerGb CPU seconds for 1,000,000,000 of these bytes
 * @param seconds CPU seconds of all of them
 * @param share of the process's CPU time, 0 to 1; {@code null} if that is not known, or does not fit
 * @param cipherSeconds of the CPU seconds those that encryption takes, {@code null} where nothing is encrypted
 * @param saving what the fix would save, {@code null} if there is none with a price
 * @param worth what that comes to
 * @param sentence all of it for people
 */
public record Price(
        long bytes,
        Interval secondsPerGb,
        Interval seconds,
        @Nullable Interval share,
        @Nullable Interval cipherSeconds,
        @Nullable Saving saving,
        Worth worth,
        String sentence) {

    /**
     * What a fix would save, with its two parts; low ends can be negative, where it may cost instead.
     *
     * @param seconds CPU seconds
     * @param share of the process's CPU time, at most 1; {@code null} where that of the cost is
     * @param callSeconds by fewer calls, which a larger buffer would save as well
     * @param copySeconds the rest: the copies themselves
     */
    public record Saving(Interval seconds, @Nullable Interval share, Interval callSeconds, Interval copySeconds) {}

    /** Whether a fix is worth its while, as far as CPU time goes. */
    public enum Worth {
        YES("yes"),
        MAYBE("maybe"),
        NO("no"),
        UNKNOWN("unknown");

        private final String text;

        Worth(String text) {
            this.text = text;
        }

        /** The name in reports. */
        public String text() {
            return text;
        }
    }
}
