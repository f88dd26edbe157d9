package iopath.benchmarks;

import iopath.agent.probe.Probe;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.lang.reflect.Field;
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

/**
 * What the woven methods call, without the system calls between: their noise is larger than what is measured.
 *
 * <p>Needs the agent in the JVM, which defines the probe and opens the packages whose fields are read here. What the
 * agent adds to an operation is the difference to {@link #nothing}.
 */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class HotPath {

    private static final int BYTES = 4096;
    private static final int TRANSFER_BYTES = 64 * 1024;

    /** Kind of buffer. */
    @Param({"direct", "heap"})
    public String buffer;

    private HotFile file;
    private FileInputStream stream;
    private FileDescriptor source;
    private FileDescriptor sink;
    private Drain drain;
    private ByteBuffer memory;
    private ByteBuffer own;

    /** Opens a file and a socket, through which nothing will go. */
    @Setup
    public void open() throws IOException, ReflectiveOperationException {
        file = new HotFile();
        drain = new Drain();
        stream = new FileInputStream(file.path().toFile());
        source = stream.getFD();
        Field field = drain.channel().getClass().getDeclaredField("fd");
        field.setAccessible(true);
        sink = (FileDescriptor) field.get(drain.channel());
        file.channel().read(HotFile.buffer(buffer, BYTES), 0);
        // What the agent keeps for this thread is now in the old generation, as in any process that has run for a
        // while:
        // a reference from there to a young buffer costs G1 a fence.
        System.gc();
        memory = HotFile.buffer(buffer, BYTES);
        own = HotFile.buffer(buffer, BYTES);
        file.channel().read(memory, 0);
    }

    /** What the others do beside calling the probe. */
    @Benchmark
    public int nothing(Cpu cpu) {
        return memory.clear().position(BYTES).position();
    }

    /** A read of 4 KiB. */
    @Benchmark
    public int read(Cpu cpu) {
        ByteBuffer m = memory.clear();
        Object token = Probe.begin();
        m.position(BYTES);
        Probe.endRead(token, source, m, BYTES, null);
        return m.position();
    }

    /** A write of 4 KiB that no read filled. */
    @Benchmark
    public int writeOwn(Cpu cpu) {
        ByteBuffer m = own.clear();
        Object token = Probe.begin();
        m.position(BYTES);
        Probe.endWrite(token, sink, m, BYTES, null);
        return m.position();
    }

    /** A read and a write of the same 4 KiB: two operations. */
    @Benchmark
    public int readThenWrite(Cpu cpu) {
        ByteBuffer m = memory.clear();
        Object token = Probe.begin();
        m.position(BYTES);
        Probe.endRead(token, source, m, BYTES, null);
        m.clear();
        token = Probe.begin();
        m.position(BYTES);
        Probe.endWrite(token, sink, m, BYTES, null);
        return m.position();
    }

    /** A transferTo of 64 KiB that the kernel took whole. */
    @Benchmark
    public int transferTo(Cpu cpu) {
        ByteBuffer m = memory.clear();
        Object transfer = Probe.beginTransferTo(file.channel(), drain.channel());
        Object token = Probe.begin();
        m.position(BYTES);
        Probe.endKernel(token, source, sink, true, false, TRANSFER_BYTES, TRANSFER_BYTES, null);
        Probe.endTransfer(transfer);
        return m.position();
    }

    /** Closes both. */
    @TearDown
    public void close() throws IOException {
        drain.close();
        stream.close();
        file.close();
    }
}
