package iopath.analyzer.summarize;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Exact sums of all transfers between two kinds of endpoint on one path for one reason.
 *
 * @param source kind of endpoint
 * @param sink kind of endpoint
 * @param detail what the reason names, or {@code null}
 * @param cpuCopies CPU copies of each byte, those of the application included
 * @param applicationCopies of these, copies that the application was seen to make
 * @param nanos time in the operations, estimated by the agent
 * @param copiedBytes CPU copies times bytes, and what the JDK copied for calls that did not take it
 */
public record Transfer(
        String source,
        String sink,
        String path,
        String reason,
        @Nullable String detail,
        String evidence,
        long bytes,
        long operations,
        long calls,
        int cpuCopies,
        int applicationCopies,
        long nanos,
        long copiedBytes) {

    /** Most bytes first, and what stands for others last. */
    static final Comparator<Transfer> ORDER = Comparator.comparing(Transfer::isOthers)
            .thenComparing(Comparator.comparingLong(Transfer::bytes).reversed())
            .thenComparing(Transfer::source)
            .thenComparing(Transfer::sink)
            .thenComparing(Transfer::path)
            .thenComparing(Transfer::reason)
            .thenComparing(Transfer::detail, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Transfer::evidence)
            .thenComparingInt(Transfer::cpuCopies)
            .thenComparingInt(Transfer::applicationCopies);

    /** A row whose bytes are all copied as often. */
    public Transfer(
            String source,
            String sink,
            String path,
            String reason,
            @Nullable String detail,
            String evidence,
            long bytes,
            long operations,
            long calls,
            int cpuCopies,
            int applicationCopies,
            long nanos) {
        this(
                source,
                sink,
                path,
                reason,
                detail,
                evidence,
                bytes,
                operations,
                calls,
                cpuCopies,
                applicationCopies,
                nanos,
                Saturated.times(bytes, cpuCopies));
    }

    /** Bytes that the JDK copied out of heap buffers before calls that did not take them; part of what was copied. */
    long copiedInVain() {
        return isOthers() ? 0 : Math.max(0, copiedBytes - Saturated.times(bytes, cpuCopies));
    }

    /** Whether both ends are files, sockets or pipes. */
    public boolean isEndToEnd() {
        return !source.equals(Words.MEMORY) && !sink.equals(Words.MEMORY);
    }

    /** Whether one end is the application, and nothing is known of what the bytes have to do with another endpoint. */
    boolean isAnonymous() {
        return !isEndToEnd() && !reason.equals(Words.MODIFIED) && !Words.TLS_FRAMING.equals(detail);
    }

    /** Whether both ends are known, and it is known that the bytes are the same. */
    boolean isProven() {
        return isEndToEnd() && !isInferred() && !evidence.equals(Words.NONE);
    }

    /** Whether order and sizes alone say that the bytes are the same. */
    public boolean isInferred() {
        return evidence.equals(Words.SAME_THREAD);
    }

    /** Whether no byte came up to user space. */
    public boolean isInKernel() {
        return Words.IN_KERNEL.contains(path);
    }

    boolean isUnknown() {
        return path.equals(Words.UNKNOWN);
    }

    /** Whether this is the last row of a list that would have been too long. */
    boolean isOthers() {
        return path.equals(Words.OTHER);
    }

    /** The last row of a list, for all that did not fit; the copies are their mean, rounded up to hide none. */
    public static Transfer others(List<Transfer> rest) {
        long bytes = 0;
        long operations = 0;
        long calls = 0;
        long nanos = 0;
        long copied = 0;
        for (Transfer row : rest) {
            bytes = Saturated.add(bytes, row.bytes);
            operations = Saturated.add(operations, row.operations);
            calls = Saturated.add(calls, row.calls);
            nanos = Saturated.add(nanos, row.nanos);
            copied = Saturated.add(copied, row.copiedBytes);
        }
        int copies = bytes == 0 ? 0 : (int) Math.ceil((double) copied / bytes);
        String other = Words.OTHER;
        return new Transfer(
                other, other, other, other, null, other, bytes, operations, calls, copies, 0, nanos, copied);
    }
}
