package iopath.analyzer.summarize;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up what the JVMs say of their processor time; an event speaks of the time since the one before.
 *
 * <p>Of a chunk with two events the later one may be read first, since each thread of JFR's has a buffer of its own. So
 * the newest {@value #MOST_OPEN} are kept in their order before they are added up.
 */
final class CpuBook {
    /** A processor cannot be busier, but rounding can have an event say so. */
    private static final double MAX_LOAD = 1;

    private static final int MOST_OPEN = 1000;

    private final TreeMap<Long, Double> open = new TreeMap<>();
    private int processorsOfFile;
    private int processors;
    private long lastNanos;
    private double loadNanosOfFile;
    private double mostOfFile;
    private double busySeconds;
    private double mostSeconds;
    private long coveredNanos;

    void nextFile() {
        while (!open.isEmpty()) {
            settleFirst();
        }
        busySeconds += loadNanosOfFile * processorsOfFile / 1e9;
        mostSeconds = Math.max(mostSeconds, mostOfFile * processorsOfFile);
        processors = Math.max(processors, processorsOfFile);
        loadNanosOfFile = 0;
        mostOfFile = 0;
        lastNanos = 0;
        processorsOfFile = 0;
    }

    void processors(int count) {
        processorsOfFile = Math.max(processorsOfFile, count);
    }

    /** A load that ended at a time; a second one that ended then adds nothing, so that no time counts twice. */
    void load(long nanos, double load) {
        if (!(load >= 0) || nanos <= lastNanos) {
            return;
        }
        open.putIfAbsent(nanos, load);
        if (open.size() > MOST_OPEN) {
            settleFirst();
        }
    }

    private void settleFirst() {
        Map.Entry<Long, Double> first = open.pollFirstEntry();
        if (lastNanos > 0) {
            long span = first.getKey() - lastNanos;
            double share = Math.min(first.getValue(), MAX_LOAD);
            loadNanosOfFile += share * span;
            coveredNanos = Saturated.add(coveredNanos, span);
            mostOfFile = Math.max(mostOfFile, share);
        }
        lastNanos = first.getKey();
    }

    /** The sum so far, or {@code null} if the events do not tell: two loads and the number of processors are needed. */
    @Nullable
    CpuUse use(long durationNanos) {
        nextFile();
        if (coveredNanos == 0 || processors == 0) {
            return null;
        }
        double rest = Math.max(0, durationNanos - coveredNanos);
        double mean = busySeconds / coveredNanos;
        return new CpuUse(
                busySeconds,
                busySeconds + mean * rest,
                busySeconds + Math.max(mean * rest, mostSeconds * rest / 1e9),
                processors);
    }
}
