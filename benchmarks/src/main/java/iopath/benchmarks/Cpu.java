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
 * <p>A thread that writes to a socket waits for whoever reads: its elapsed time is the reader's. Its CPU time is its
 * own.
 */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Cpu {

    /** Names of the counters in JMH's results. */
    static final String NANOS = "cpuNanos";

    static final String OPERATIONS = "operations";

    /** CPU time of an iteration. */
    public long cpuNanos;

    /** Operations in that time. */
    public long operations;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long begin;
    private long counted;

    /** Begins an iteration. */
    @Setup(Level.Iteration)
    public void begin() {
        counted = 0;
        begin = threads.getCurrentThreadCpuTime();
    }

    /** Counts one operation. */
    void count() {
        counted++;
    }

    /** Ends an iteration; JMH clears the counters when it begins to measure, so they are set here. */
    @TearDown(Level.Iteration)
    public void end() {
        cpuNanos = threads.getCurrentThreadCpuTime() - begin;
        operations = counted;
    }
}
