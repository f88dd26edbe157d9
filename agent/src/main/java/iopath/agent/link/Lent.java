package iopath.agent.link;

/**
 * Ranges whose bytes do not count as kept where they were asked for, but in a copy of them: a short list, reused.
 *
 * <p>Past its bound a range is forgotten: then its bytes count as sent again.
 */
final class Lent {

    private static final int FROM = 0;
    private static final int TO = 1;
    private static final int ORIGIN = 2;
    private static final int DISTANCE = 3;
    private static final int OF = 4;
    private static final int WIDTH = 5;
    private static final int LIMIT = 16;

    private final long[] fields = new long[WIDTH * LIMIT];
    private int size;

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    /**
     * Adds a range.
     *
     * @param from first address in the copy
     * @param to address after its last byte
     * @param origin row that the bytes are from, and kind of memory
     * @param distance how far the copy lies above what was asked for
     * @param of what was asked for: a portion, or the number of an extent
     */
    void add(long from, long to, long origin, long distance, long of) {
        if (size == LIMIT) {
            return;
        }
        int i = size++ * WIDTH;
        fields[i + FROM] = from;
        fields[i + TO] = to;
        fields[i + ORIGIN] = origin;
        fields[i + DISTANCE] = distance;
        fields[i + OF] = of;
    }

    long from(int i) {
        return fields[i * WIDTH + FROM];
    }

    long to(int i) {
        return fields[i * WIDTH + TO];
    }

    long origin(int i) {
        return fields[i * WIDTH + ORIGIN];
    }

    long distance(int i) {
        return fields[i * WIDTH + DISTANCE];
    }

    long of(int i) {
        return fields[i * WIDTH + OF];
    }
}
