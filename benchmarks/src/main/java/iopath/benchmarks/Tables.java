package iopath.benchmarks;

import iopath.agent.aggregate.Cells;
import iopath.agent.classify.BufferKind;
import iopath.agent.link.LinkTable;
import iopath.agent.link.Memory;
import iopath.agent.link.Portions;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The parts of {@link HotPath} one by one, on tables of their own. Needs the agent, for its classes and packages. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Tables {

    private static final int BYTES = 4096;
    private static final int SOURCE = 7;
    private static final int ROWS = 64;

    /** Kind of buffer. */
    @Param({"direct", "heap"})
    public String buffer;

    private final Cells cells = new Cells(2048, key -> key);
    private final LinkTable links = new LinkTable(12);
    private final Portions portions = new Portions();
    private BufferKind kind;
    private ByteBuffer bytes;
    private ByteBuffer own;
    private int row;

    /** Fills the buffer and a few rows, so that look-ups have something to pass by. */
    @Setup
    public void fill() {
        bytes = HotFile.buffer(buffer, BYTES);
        own = HotFile.buffer(buffer, BYTES);
        kind = Memory.kind(bytes);
        for (int i = 1; i <= ROWS; i++) {
            cells.add((long) i << 2 | 2, 1, 1, 1, 1);
        }
    }

    /** One of the clock's readings that a timed operation makes. */
    @Benchmark
    public long nanoTime(Cpu cpu) {
        return System.nanoTime();
    }

    /** The identity of the memory under a buffer. */
    @Benchmark
    public long memory(Cpu cpu) {
        return Memory.base(Memory.of(bytes));
    }

    /** One addition to one row of totals, of a few rows in turn. */
    @Benchmark
    public void cellsAdd(Cpu cpu) {
        row = row + 1 & 3;
        cells.add((long) (row + 1) << 2 | 2, BYTES, 1, 1, 0);
    }

    /** Notes a read. */
    @Benchmark
    public void linkRead(Cpu cpu) {
        noteRead();
    }

    private void noteRead() {
        Object memory = Memory.of(bytes);
        long base = Memory.base(memory);
        links.read(memory, base, base, base + BYTES, SOURCE, kind, 1, 0, 0, 0);
    }

    /** Looks for the origin of bytes that have none. */
    @Benchmark
    public long linkWriteOwn(Cpu cpu) {
        Object memory = Memory.of(own);
        long base = Memory.base(memory);
        portions.clear();
        links.write(memory, base, base, base + BYTES, portions);
        return portions.bytes(0);
    }

    /** Notes a read, then finds it as the origin of a write. */
    @Benchmark
    public long linkReadThenWrite(Cpu cpu) {
        noteRead();
        Object memory = Memory.of(bytes);
        long base = Memory.base(memory);
        portions.clear();
        links.write(memory, base, base, base + BYTES, portions);
        return portions.bytes(0);
    }
}
