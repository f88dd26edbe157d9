package iopath.analyzer.calibrate;

/**
 * How long is measured.
 *
 * @param processes that are measured one after the other, since each compiles and places its memory in another way; of
 *     four, each has another pair of file and other end
 * @param turns in each of them, in each of which every way has its own
 * @param turnMillis length of a turn
 */
public record Effort(int processes, int turns, int turnMillis) {
    /** Some 35 seconds. */
    public static final Effort NORMAL = new Effort(4, 2, 30);

    /** Some 10 seconds: wider intervals, and not all that differs between processes is seen. */
    public static final Effort QUICK = new Effort(2, 2, 15);
}
