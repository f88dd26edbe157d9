package iopath.benchmarks;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** transferTo of 64 KiB from the page cache to a loopback socket. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TransferTo {

    private static final int BYTES = 64 * 1024;

    private HotFile file;
    private Drain drain;

    /** Opens both ends. */
    @Setup
    public void open() throws IOException {
        file = new HotFile();
        drain = new Drain();
    }

    /** Sends once. */
    @Benchmark
    public long transferTo(Cpu cpu) throws IOException {
        return file.channel().transferTo(file.next(BYTES), BYTES, drain.channel());
    }

    /** Closes both ends. */
    @TearDown
    public void close() throws IOException {
        drain.close();
        file.close();
    }
}
