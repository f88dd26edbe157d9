package iopath.analyzer.summarize;

/**
 * The sums over all transfers, in bytes.
 *
 * @param transferred from endpoint to endpoint, proven
 * @param kernel of those, the ones that never left the kernel
 * @param userSpace of those, the ones on any other known path
 * @param inferred from endpoint to endpoint by order and sizes alone; in none of the above
 * @param memory from or to the application itself
 * @param unknown on a path that is not known, or between endpoints without evidence
 * @param copied CPU copies times bytes, and what the JDK copied for calls that did not take it
 * @param moved all transfers together
 */
public record Summary(
        long transferred,
        long kernel,
        long userSpace,
        long inferred,
        long memory,
        long unknown,
        long copied,
        long moved) {

    /** The bytes of all rows. */
    public static long moved(Iterable<Transfer> transfers) {
        long moved = 0;
        for (Transfer transfer : transfers) {
            moved = Saturated.add(moved, transfer.bytes());
        }
        return moved;
    }

    /** The bytes of the rows of which one end is not known. */
    public static long anonymous(Iterable<Transfer> transfers) {
        long anonymous = 0;
        for (Transfer transfer : transfers) {
            if (transfer.isAnonymous()) {
                anonymous = Saturated.add(anonymous, transfer.bytes());
            }
        }
        return anonymous;
    }

    /** Both together. */
    Summary plus(Summary more) {
        return new Summary(
                Saturated.add(transferred, more.transferred),
                Saturated.add(kernel, more.kernel),
                Saturated.add(userSpace, more.userSpace),
                Saturated.add(inferred, more.inferred),
                Saturated.add(memory, more.memory),
                Saturated.add(unknown, more.unknown),
                Saturated.add(copied, more.copied),
                Saturated.add(moved, more.moved));
    }

    static Summary of(Iterable<Transfer> transfers) {
        long transferred = 0;
        long kernel = 0;
        long userSpace = 0;
        long inferred = 0;
        long memory = 0;
        long unknown = 0;
        long copied = 0;
        for (Transfer transfer : transfers) {
            long bytes = transfer.bytes();
            copied = Saturated.add(copied, transfer.copiedBytes());
            if (!transfer.isEndToEnd()) {
                memory = Saturated.add(memory, bytes);
            } else if (transfer.isInferred()) {
                inferred = Saturated.add(inferred, bytes);
            } else if (transfer.isProven()) {
                transferred = Saturated.add(transferred, bytes);
            }
            if (transfer.isProven() && transfer.isInKernel()) {
                kernel = Saturated.add(kernel, bytes);
            } else if (transfer.isProven() && !transfer.isUnknown()) {
                userSpace = Saturated.add(userSpace, bytes);
            }
            boolean unproven = transfer.isEndToEnd() && !transfer.isInferred() && !transfer.isProven();
            if (unproven || (transfer.isUnknown() && !transfer.isInferred())) {
                unknown = Saturated.add(unknown, bytes);
            }
        }
        return new Summary(transferred, kernel, userSpace, inferred, memory, unknown, copied, moved(transfers));
    }
}
