package iopath.benchmarks;

import iopath.agent.probe.Probe;
import iopath.agent.probe.Sink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What recording adds to one operation, by switching it off and on every few milliseconds in one JVM.
 *
 * <p>Two JVMs differ by more than the agent costs: in what the compiler made, in where the memory lies. Here both sides
 * are the same code in the same JVM, and a slow minute meets both. What the idle hooks cost cannot be seen this way.
 */
public final class SwitchMain {

    private static final int READ_BYTES = 4096;
    private static final int SEND_BYTES = 64 * 1024;
    private static final long WARM_UP_NANOS = 3_000_000_000L;

    private SwitchMain() {}

    /** One operation of a benchmark. */
    @FunctionalInterface
    private interface Operation {
        void run() throws IOException;
    }

    /**
     * Measures; in about a minute.
     *
     * <ul>
     *   <li>{@code --pairs N} of slices, one off and one on, for each operation
     *   <li>{@code --operations N} in a slice
     *   <li>{@code --only TEXT} only the operations whose names have it
     *   <li>{@code --agent FILE} the agent's jar
     * </ul>
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("pairs", "1500");
        defaults.put("operations", "1000");
        defaults.put("only", "");
        defaults.put("agent", "");
        Arguments given = new Arguments(arguments, defaults);
        List<String> jvm = new ArrayList<>(List.of("-Xms256m", "-Xmx256m"));
        jvm.addAll(Mode.RECORDING.jvmArguments(given.agentJar(), "settings=none"));
        Process child = Jvm.builder(
                        jvm, Measured.class, given.text("pairs"), given.text("operations"), given.text("only"))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        System.exit(child.waitFor());
    }

    /** The JVM that is measured: it has the agent, and a recording that stays on throughout. */
    static final class Measured {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private final int pairs;
        private final int operations;
        private final String only;
        private final Sink sink;
        private final TextTable table = Pairs.table("operation");

        private Measured(int pairs, int operations, String only) {
            this.pairs = pairs;
            this.operations = operations;
            this.only = only;
            Sink live = Probe.sink;
            if (live == null) {
                throw new IllegalStateException("the agent does not record in this JVM");
            }
            this.sink = live;
        }

        public static void main(String[] arguments) throws IOException {
            System.out.println(Machine.describe());
            new Measured(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), arguments[2]).run();
        }

        private void run() throws IOException {
            try (HotFile file = new HotFile();
                    FileChannel nowhere = FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE);
                    Drain drain = new Drain()) {
                // What the agent keeps for this thread is in the old generation in any process that has run for a
                // while: a
                // reference from there to a young object costs G1 a fence.
                file.channel().read(ByteBuffer.allocate(READ_BYTES), 0);
                System.gc();
                System.gc();
                for (String kind : List.of("direct", "heap")) {
                    ByteBuffer read = HotFile.buffer(kind, READ_BYTES);
                    ByteBuffer own = HotFile.buffer(kind, READ_BYTES);
                    measure(
                            "FileChannel.read 4 KiB, " + kind,
                            () -> file.channel().read(read.clear(), file.next(READ_BYTES)));
                    measure("write of 4 KiB to /dev/null, " + kind, () -> nowhere.write(own.clear()));
                    measure("read, and linked write to /dev/null, " + kind, () -> {
                        file.channel().read(read.clear(), file.next(READ_BYTES));
                        nowhere.write(read.flip());
                    });
                    measure(
                            "SocketChannel.write 4 KiB, " + kind,
                            () -> drain.channel().write(own.clear()));
                }
                measure("transferTo 4 KiB to /dev/null", () -> file.channel().transferTo(0, READ_BYTES, nowhere));
                measure(
                        "transferTo 64 KiB to a socket",
                        () -> file.channel().transferTo(0, SEND_BYTES, drain.channel()));
            }
            Probe.sink = sink;
            System.out.println("\nCPU time of the calling thread that recording adds, " + pairs + " pairs of "
                    + operations + " operations off and on:\n\n" + table);
        }

        private void measure(String name, Operation operation) throws IOException {
            if (!name.contains(only)) {
                return;
            }
            // The compiler sees both sides first, and gets the time to be done with them.
            long warm = System.nanoTime() + WARM_UP_NANOS;
            for (int i = 0; i < pairs / 10 || System.nanoTime() < warm; i++) {
                slice(operation, i % 2 == 0 ? null : sink);
            }
            Pairs measured = new Pairs(pairs);
            while (!measured.isFull()) {
                measured.add(slice(operation, measured.isOn() ? sink : null));
            }
            measured.row(name, table);
        }

        private double slice(Operation operation, @Nullable Sink on) throws IOException {
            Probe.sink = on;
            long begin = THREADS.getCurrentThreadCpuTime();
            for (int i = 0; i < operations; i++) {
                operation.run();
            }
            return (double) (THREADS.getCurrentThreadCpuTime() - begin) / operations;
        }
    }
}
