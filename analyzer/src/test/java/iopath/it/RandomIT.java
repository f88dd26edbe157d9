package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.it.Catalog.Entry;
import iopath.it.Jdks.Jdk;
import iopath.it.Syscalls.Flow;
import iopath.it.Syscalls.Moved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that move bytes at random and know where each came from: whatever they do, the sums are the kernel's, and
 * nothing is said to have gone from one endpoint to another that did not.
 *
 * <p>{@code -Diopath.it.seed} is the first one's seed, {@code -Diopath.it.programs} how many there are on each JDK.
 */
class RandomIT {

    private static final long SEED = Long.getLong("iopath.it.seed", 1);
    private static final String SAME_BYTES = "same-bytes";
    private static final int PROGRAMS = Integer.getInteger("iopath.it.programs", 5);

    @TempDir
    private Path folder = Path.of("");

    @TestFactory
    List<DynamicTest> nothingIsLinkedFalsely() {
        List<DynamicTest> tests = new ArrayList<>();
        if (!Strace.isThere()) {
            Missing.say("no strace here: apt-get install strace");
            return tests;
        }
        List<Jdk> jdks = Jdks.present();
        boolean all = Boolean.getBoolean("iopath.it.all");
        for (long seed = SEED; seed < SEED + PROGRAMS; seed++) {
            long program = seed;
            for (Jdk jdk : all ? jdks : List.of(jdks.get((int) (seed % jdks.size())))) {
                tests.add(DynamicTest.dynamicTest(
                        jdk + " / seed " + seed,
                        () -> check(jdk, program, Files.createTempDirectory(folder, jdk.toString()))));
            }
        }
        return tests;
    }

    private static void check(Jdk jdk, long seed, Path folder) throws Exception {
        Entry entry = Catalog.program("RandomProgram.run");
        Run run = new Run.Plan(jdk, entry, folder)
                .trace()
                .agent()
                // Every second program has its content looked at.
                .with("-Diopath.it.seed=" + seed, "-Diopath.content=" + (seed % 2 == 0 ? "1g" : "0"))
                .with("-Diopath.it.steps=" + Integer.getInteger("iopath.it.steps", 300))
                .record()
                .run();
        Path recording = Objects.requireNonNull(run.recording());
        Map<String, Long> moved = told(run, "moved ");
        Map<String, Long> unseen = told(run, "unseen ");

        // JDK 25 complains of the program, which frees direct buffers.
        assertThat(run.errors()).allMatch(line -> line.startsWith("WARNING: "));
        Map<Flow, Moved> traced = Objects.requireNonNull(run.syscalls()).flows();
        assertThat(Report.of(recording).flows()).as("io, as strace saw it").isEqualTo(traced);
        assertThat(sums(recording)).as("bytes of all transfers").isEqualTo(sums(traced));
        Map<String, Long> most = sum(moved, unseen);
        assertThat(proven(recording, evidence -> !evidence.equals(SAME_BYTES)))
                .as("proven by memory; of these %s could not be told from others", unseen)
                .allSatisfy(
                        (pair, bytes) -> assertThat(bytes).as(pair).isLessThanOrEqualTo(most.getOrDefault(pair, 0L)));
        Map<String, Long> mostByContent = sum(most, told(run, "alike "));
        Map<String, Long> proven = proven(recording, evidence -> true);
        assertThat(proven)
                .as("proven by memory and content")
                .allSatisfy((pair, bytes) ->
                        assertThat(bytes).as(pair).isLessThanOrEqualTo(mostByContent.getOrDefault(pair, 0L)));
        assertThat(bySink(proven))
                .as("proven of each sink; what is alike may be another's, but not the program's own")
                .allSatisfy((sink, bytes) -> assertThat(bytes)
                        .as(sink)
                        .isLessThanOrEqualTo(bySink(most).getOrDefault(sink, 0L)));
        System.out.printf(
                "%s, seed %d: %d bytes went from endpoint to endpoint, %d were found, %d of them through TLS;"
                        + " %d could not be told from others%n",
                jdk,
                seed,
                endToEnd(moved),
                endToEnd(proven),
                endToEnd(proven(recording, "tls-wrap"::equals)),
                endToEnd(unseen));
    }

    private static Map<String, Long> told(Run run, String what) {
        Map<String, Long> told = new TreeMap<>();
        for (String line : run.results()) {
            int equal = line.indexOf(" = ");
            if (line.startsWith(what)) {
                told.put(line.substring(what.length(), equal), Long.parseLong(line.substring(equal + 3)));
            }
        }
        return told;
    }

    private static long endToEnd(Map<String, Long> pairs) {
        return pairs.entrySet().stream()
                .filter(pair -> !pair.getKey().startsWith("memory "))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Bytes that came from another endpoint. */
    private static Map<String, Long> bySink(Map<String, Long> pairs) {
        Map<String, Long> sinks = new TreeMap<>();
        pairs.forEach((pair, bytes) -> {
            if (!pair.startsWith("memory ")) {
                sinks.merge(pair.substring(pair.indexOf("-> ") + 3), bytes, Long::sum);
            }
        });
        return sinks;
    }

    private static Map<String, Long> sum(Map<String, Long> a, Map<String, Long> b) {
        Map<String, Long> sum = new TreeMap<>(a);
        b.forEach((pair, bytes) -> sum.merge(pair, bytes, Long::sum));
        return sum;
    }

    /** Bytes from endpoint to endpoint by the recording, files by name, with evidence that is asked for. */
    private static Map<String, Long> proven(Path recording, Predicate<String> evidence) throws IOException {
        Map<String, Long> proven = new TreeMap<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("iopath.TransferTotals")
                        && !event.getString("source").equals("memory")
                        && !event.getString("sink").equals("memory")
                        && evidence.test(event.getString("evidence"))) {
                    proven.merge(end(event, "source") + " -> " + end(event, "sink"), event.getLong("bytes"), Long::sum);
                }
            }
        }
        return proven;
    }

    private static String end(RecordedEvent event, String side) {
        String kind = event.getString(side);
        return kind.equals("file")
                ? "file " + Path.of(event.getString(side + "Name")).getFileName()
                : kind;
    }

    /** What each kind of endpoint got, but for what the program printed. */
    private static Map<String, Long> sums(Path recording) throws IOException {
        Map<String, Long> sums = new TreeMap<>();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                RecordedEvent event = file.readEvent();
                if (event.getEventType().getName().equals("iopath.TransferTotals")
                        && !event.getString("sink").equals("memory")
                        && !Printed.isStandard(event.getString("sinkName"))) {
                    sums.merge(event.getString("sink"), event.getLong("bytes"), Long::sum);
                }
            }
        }
        return sums;
    }

    private static Map<String, Long> sums(Map<Flow, Moved> traced) {
        Map<String, Long> sums = new TreeMap<>();
        traced.forEach((flow, moved) -> {
            if (flow.direction().equals("write")) {
                sums.merge(flow.endpoint(), moved.bytes(), Long::sum);
            }
        });
        return sums;
    }
}
