package iopath.analyzer.summarize;

import java.util.Comparator;
import java.util.List;

/**
 * The way by which code came to move bytes.
 *
 * @param frames the outermost first, as {@code com.example.Server.send:42}; those of the JDK without a line
 * @param source kind of endpoint
 * @param sink kind of endpoint
 * @param evidence how it is known that what was written is what was read
 * @param bytes a share of exact bytes, estimated from samples
 * @param copiedBytes CPU copies times bytes, likewise
 */
public record Stack(
        List<String> frames,
        String source,
        String sink,
        String path,
        String reason,
        String evidence,
        long bytes,
        long copiedBytes) {
    /** Most bytes first, and what stands for others last. */
    static final Comparator<Stack> ORDER = Comparator.<Stack, Boolean>comparing(
                    row -> row.path().equals(Words.OTHER))
            .thenComparing(Comparator.comparingLong(Stack::bytes).reversed())
            .thenComparing(row -> String.join("\n", row.frames()))
            .thenComparing(Stack::source)
            .thenComparing(Stack::sink)
            .thenComparing(Stack::path)
            .thenComparing(Stack::reason)
            .thenComparing(Stack::evidence)
            .thenComparing(Stack::copiedBytes);

    public Stack {
        frames = List.copyOf(frames);
    }

    /** Whether by this way bytes of a row came to move; see {@link Site#isOf}. */
    boolean isOf(Transfer row) {
        return source.equals(row.source())
                && sink.equals(row.sink())
                && path.equals(row.path())
                && reason.equals(row.reason());
    }

    /** The last row of a list, for all that did not fit. */
    public static Stack others(List<Stack> rest) {
        String other = Words.OTHER;
        long bytes = rest.stream().mapToLong(Stack::bytes).reduce(0, Saturated::add);
        long copied = rest.stream().mapToLong(Stack::copiedBytes).reduce(0, Saturated::add);
        return new Stack(List.of(other), other, other, other, other, other, bytes, copied);
    }
}
