package iopath.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * CPU time of the measured thread, system time included.
 *
 * <p>A thread that writes to a socket waits for whoever reads, and on a busy machine for a core: its elapsed time is
 * theirs. Its CPU time is its own. A benchmark method has this as a parameter for no other end than to be measured.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Cpu {

    /** Names of the counters in JMH's results. */
    static final String NANOS = "cpuNanos";

    static final String ELAPSED = "elapsedNanos";

    /** CPU time of an iteration. */
    public long cpuNanos;

    /** Elapsed time of an iteration. */
    public long elapsedNanos;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long cpuBegin;
    private long elapsedBegin;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void begin() {
        elapsedBegin = System.nanoTime();
        cpuBegin = threads.getCurrentThreadCpuTime();
    }

    /** Ends an iteration; JMH clears the counters when it begins to measure, so they are set here. */
    @TearDown(Level.Iteration)
    public void end() {
        cpuNanos = threads.getCurrentThreadCpuTime() - cpuBegin;
        elapsedNanos = System.nanoTime() - elapsedBegin;
    }
}
