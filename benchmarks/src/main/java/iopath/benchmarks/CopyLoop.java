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

/** One turn of the loop that copies a file to a socket, 4 KiB at a time: the agent links the write to the read. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CopyLoop {

    private static final int BYTES = 4096;

    /** Kind of buffer. */
    @Param({"direct", "heap"})
    public String buffer;

    private HotFile file;
    private Drain drain;
    private ByteBuffer memory;

    /** Opens both ends. */
    @Setup
    public void open() throws IOException {
        file = new HotFile();
        drain = new Drain();
        memory = HotFile.buffer(buffer, BYTES);
    }

    /** Reads and writes once: two operations, two system calls. */
    @Benchmark
    public int copy(Cpu cpu) throws IOException {
        file.channel().read(memory.clear(), file.next(BYTES));
        return drain.channel().write(memory.flip());
    }

    /** Closes both ends. */
    @TearDown
    public void close() throws IOException {
        drain.close();
        file.close();
    }
}
