package iopath.analyzer.price;

/**
 * What bytes cost that were moved in one way in steps of one size.
 *
 * @param lane the way
 * @param chunkBytes size of a step, at least 1
 * @param secondsPerGb CPU seconds, user and system, for 1,000,000,000 bytes; the same number is nanoseconds a byte
 */
public record Point(Lane lane, int chunkBytes, Spread secondsPerGb) {

    /**
     * A way to move bytes that has a price of its own.
     *
     * @param source kind of endpoint; {@code memory} at both ends for a cipher alone
     * @param sink kind of endpoint
     * @param path a path of the contract, or {@value #CIPHER}
     * @param cpuCopies CPU copies of each byte, which tell TLS out of heap buffers from TLS out of direct ones
     */
    public record Lane(String source, String sink, String path, int cpuCopies) {}

    /** The path of bytes that are encrypted and go nowhere. */
    public static final String CIPHER = "cipher";

    /** Tells what cannot be: a step of no bytes, or a cost that is not positive. */
    public Point {
        if (chunkBytes < 1 || secondsPerGb.values().stream().anyMatch(cost -> cost <= 0)) {
            throw new IllegalArgumentException("no cost of a step: " + chunkBytes + " bytes, " + secondsPerGb.values());
        }
    }
}
