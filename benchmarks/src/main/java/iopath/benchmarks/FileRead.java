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

/** Positional reads of 4 KiB from the page cache. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FileRead {

    private static final int BYTES = 4096;

    /** Kind of buffer. */
    @Param({"direct", "heap"})
    public String buffer;

    private HotFile file;
    private ByteBuffer memory;

    /** Opens the file. */
    @Setup
    public void open() throws IOException {
        file = new HotFile();
        memory = HotFile.buffer(buffer, BYTES);
    }

    /** Reads once. */
    @Benchmark
    public int read(Cpu cpu) throws IOException {
        return file.channel().read(memory.clear(), file.next(BYTES));
    }

    /** Removes the file. */
    @TearDown
    public void close() throws IOException {
        file.close();
    }
}
