package iopath.analyzer.price;

import iopath.analyzer.price.Point.Lane;
import iopath.analyzer.summarize.Work;
import java.util.Optional;

/**
 * What work costs by a calibration, and what the same bytes would cost in another way.
 *
 * @param calibration of the host, or of one like it
 */
record Tariff(Calibration calibration) {
    private static final String MEMORY = "memory";

    /** From here on larger steps save next to nothing. */
    static final double LARGE_STEP = 64 << 10;

    private static final double KERNEL_STEP = 1 << 20;
    private static final double TLS_STEP = 128 << 10;

    /** CPU seconds, if there is a price. */
    Optional<Spread> cost(Work work) {
        return cost(work, step(work));
    }

    /** The same if each step were as large as it can be with profit; never smaller than it is. */
    Optional<Spread> costInLargeSteps(Work work) {
        return cost(work, Math.max(step(work), LARGE_STEP));
    }

    private Optional<Spread> cost(Work work, double step) {
        return whole(work, step).or(() -> halves(work, step)).map(each -> each.times(work.bytes() / 1e9));
    }

    private Optional<Spread> whole(Work work, double step) {
        return calibration.secondsPerGb(lane(work), step);
    }

    /** A pair that was not measured costs what its read and its write do. */
    private Optional<Spread> halves(Work work, double step) {
        boolean buffered = work.path().equals("direct") || work.path().equals("heap");
        if (!buffered || !isTwoSided(work)) {
            return Optional.empty();
        }
        int copies = work.path().equals("heap") ? 2 : 1;
        Optional<Spread> read = calibration.secondsPerGb(new Lane(work.source(), MEMORY, work.path(), copies), step);
        Optional<Spread> write = calibration.secondsPerGb(new Lane(MEMORY, work.sink(), work.path(), copies), step);
        return read.flatMap(r -> write.map(r::plus));
    }

    /** What of a TLS transfer's cost is the cipher's. */
    Optional<Spread> cipher(Work work) {
        return calibration
                .secondsPerGb(new Lane(MEMORY, MEMORY, Point.CIPHER, tlsCopies(work)), step(work))
                .map(each -> each.times(work.bytes() / 1e9));
    }

    /** If the kernel moved the bytes. */
    Optional<Spread> inKernel(Work work) {
        boolean toFile = work.sink().equals("file");
        return other(work, "sendfile", toFile ? 1 : 0, KERNEL_STEP)
                .or(() -> other(work, "copy-file-range", 1, KERNEL_STEP));
    }

    /** If they went through one large direct buffer. */
    Optional<Spread> direct(Work work) {
        int copies = isTwoSided(work) ? 2 : 1;
        return cost(
                new Work(work.source(), work.sink(), "direct", copies, work.bytes(), work.calls(), 0),
                Math.max(step(work), LARGE_STEP));
    }

    /** If they were encrypted out of direct buffers, several records a write. */
    Optional<Spread> tlsDirect(Work work) {
        return other(work, "tls", 2, TLS_STEP);
    }

    /** The cost as it is, or in large steps; of TLS what the same steps would cost if nothing were encrypted. */
    Optional<Spread> uncipheredCost(Work work, boolean large) {
        double step = large ? Math.max(step(work), LARGE_STEP) : step(work);
        if (!work.path().equals("tls")) {
            return cost(work, step);
        }
        int copies = tlsCopies(work);
        String path = copies == 4 ? "heap" : "direct";
        return cost(new Work(work.source(), work.sink(), path, copies, work.bytes(), work.calls(), 0), step);
    }

    private Optional<Spread> other(Work work, String path, int copies, double step) {
        return calibration
                .secondsPerGb(new Lane(work.source(), work.sink(), path, copies), step)
                .map(each -> each.times(work.bytes() / 1e9));
    }

    private static Lane lane(Work work) {
        int copies = switch (work.path()) {
            case "tls" -> tlsCopies(work);
            case "direct" -> isTwoSided(work) ? 2 : 1;
            case "heap" -> isTwoSided(work) ? 4 : 2;
            case "sendfile" -> work.sink().equals("file") ? 1 : 0;
            default -> 1;
        };
        return new Lane(work.source(), work.sink(), work.path(), copies);
    }

    private static int tlsCopies(Work work) {
        return work.cpuCopies() > 2 ? 4 : 2;
    }

    /** Bytes of a step: a read with its write where there are both, else a call. */
    private static double step(Work work) {
        boolean pairs = switch (work.path()) {
            case "direct", "heap", "tls", "splice" -> isTwoSided(work);
            default -> false;
        };
        double steps = Math.max(1, pairs ? work.calls() / 2.0 : work.calls());
        return Math.max(1, work.bytes() / steps);
    }

    private static boolean isTwoSided(Work work) {
        return !work.source().equals(MEMORY) && !work.sink().equals(MEMORY);
    }
}
