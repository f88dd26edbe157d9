package iopath.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Writes of 4 KiB that the application made itself, to a loopback socket. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SocketWrite {

    private static final int BYTES = 4096;

    /** Kind of buffer. */
    @Param({"direct", "heap"})
    public String buffer;

    private Drain drain;
    private ByteBuffer memory;

    /** Connects. */
    @Setup
    public void open() throws IOException {
        drain = new Drain();
        memory = HotFile.buffer(buffer, BYTES);
    }

    /** Writes once. */
    @Benchmark
    public int write(Cpu cpu) throws IOException {
        return drain.channel().write(memory.clear());
    }

    /** Disconnects. */
    @TearDown
    public void close() throws IOException {
        drain.close();
    }
}
