package iopath.benchmarks;

import java.util.ArrayList;
import java.util.List;

/**
 * A program, and the same after a fix.
 *
 * @param codes findings whose fixes make the difference
 * @param megabytes how much a run of a demo moves
 * @param warmUps runs in a process that do not count
 * @param runs those that do
 * @param before class with {@code int run(String...)}, and its arguments
 * @param after likewise
 * @param inTurns whether both are measured in turns in one process; not where the first leaves something behind for the
 *     second
 */
record PricePair(
        String name,
        List<String> codes,
        int megabytes,
        int warmUps,
        int runs,
        List<String> before,
        List<String> after,
        boolean inTurns) {

    /** All that are tried. */
    static List<PricePair> all(int megabytes) {
        List<PricePair> pairs = new ArrayList<>();
        pairs.add(demos("heap-to-sendfile", "read-write-loop", megabytes, 4, "01-loop-heap", "03-transfer-to"));
        pairs.add(demos("direct-to-sendfile", "read-write-loop", megabytes, 4, "02-loop-direct", "03-transfer-to"));
        pairs.add(
                demos("wrapper-to-sendfile", "wrapped-channel", megabytes, 4, "04-wrapped-channel", "05-bare-channel"));
        pairs.add(demos("mapped-to-sendfile", "read-write-loop", megabytes, 4, "12-mapped", "03-transfer-to"));
        pairs.add(demos(
                "append-to-kernel",
                "append-target,poisoned",
                megabytes,
                2,
                "06-append-target",
                "07-positioned-target"));
        // Eight times the CPU time of the others a byte.
        pairs.add(demos(
                "small-to-large", "small-reads,small-writes", megabytes / 4, 4, "10-small-reads", "11-large-reads"));
        // Each run is some seconds of waiting for a new process at the other end to compile its cipher.
        pairs.add(demos("tls-heap-to-direct", "tls", megabytes, 2, "08-tls-engine", "09-tls-engine-direct"));
        String busy = BusySender.class.getName();
        pairs.add(new PricePair(
                "busy-loop-to-sendfile",
                List.of("read-write-loop"),
                0,
                1,
                100,
                List.of(busy, "loop"),
                List.of(busy, "transfer"),
                true));
        return pairs;
    }

    /** The two for {@link CpuOf}, which is to run them in turns; they are of one class. */
    List<String> both() {
        List<String> words = new ArrayList<>(before);
        words.add(CpuOf.OTHER);
        words.addAll(after.subList(1, after.size()));
        return words;
    }

    private static PricePair demos(String name, String codes, int megabytes, int runs, String before, String after) {
        String demos = "iopath.demo.Demos";
        return new PricePair(
                name,
                List.of(codes.split(",", -1)),
                megabytes,
                2,
                runs,
                List.of(demos, "run", before),
                List.of(demos, "run", after),
                codes.equals("tls"));
    }
}
