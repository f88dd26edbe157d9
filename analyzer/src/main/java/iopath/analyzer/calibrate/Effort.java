package iopath.analyzer.calibrate;

/**
 * How long is measured.
 *
 * @param conditions under which is measured: what files are like, and what the other end does
 * @param repeats processes of each condition, one after the other, since each compiles and places its memory in another
 *     way
 * @param turns in each of them, in each of which every way has its own
 * @param turnMillis length of a turn
 */
public record Effort(int conditions, int repeats, int turns, int turnMillis) {
    /** Some 50 seconds; many short turns, since how the two ends wait for each other changes from one to the next. */
    public static final Effort NORMAL = new Effort(4, 2, 4, 12);

    /** Some 20 seconds: much wider intervals. */
    public static final Effort QUICK = new Effort(2, 2, 2, 10);

    /** All that are measured. */
    public int processes() {
        return conditions * repeats;
    }
}
