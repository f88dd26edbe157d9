package iopath.benchmarks;

import iopath.agent.classify.BufferKind;
import iopath.agent.link.ContentScan;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import iopath.agent.link.Memory;
import iopath.agent.link.Portions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * What a look at the content of one operation costs while a window is open: of a read, of a write that no read brought,
 * which is noted as the application's own, and of a write that is known from before.
 */
public final class ContentMain {

    private static final int BYTES = 4096;

    /** More than any cache holds: what an application writes has not been looked at a moment ago. */
    private static final int MEMORY = 128 << 20;

    /** Fewer than the table of chunks holds, so that what was noted is known. */
    private static final int KNOWN = 512 << 10;

    private ContentMain() {}

    /** Measures; options {@code --slices N}, {@code --operations N} in each, {@code --agent FILE}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("slices", "300");
        defaults.put("operations", "500");
        defaults.put("agent", "");
        Arguments given = new Arguments(arguments, defaults);
        List<String> jvm = Mode.IDLE.jvmArguments(given.agentJar(), "");
        Process child = Jvm.builder(jvm, Measured.class, given.text("slices"), given.text("operations"))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        System.exit(child.waitFor());
    }

    /** The JVM that has the agent's classes. */
    static final class Measured {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private final int slices;
        private final int operations;
        private final TextTable table = new TextTable("4 KiB, direct buffer", "median, ns", "quartiles", "ns a byte");
        private final LinkTable links = new LinkTable(12);
        // A window that does not close.
        private final Contents contents = new Contents(links, Long.MAX_VALUE / 8);
        private final ContentScan scan = contents.scan();
        private final Portions portions = new Portions();
        private final ByteBuffer memory = ByteBuffer.allocateDirect(MEMORY);
        private final long base = Memory.base(memory);

        private Measured(int slices, int operations) {
            this.slices = slices;
            this.operations = operations;
            SplittableRandom random = new SplittableRandom(1);
            while (memory.hasRemaining()) {
                memory.putLong(random.nextLong());
            }
            memory.clear();
        }

        public static void main(String[] arguments) throws IOException {
            System.out.println(Machine.describe());
            new Measured(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
        }

        /** Does something with the 4 KiB at an address. */
        private interface Look {
            void at(long from);
        }

        private void run() {
            measure("a read is noted", MEMORY, from -> note(from));
            measure("a write of its own is looked at, and noted", MEMORY, this::look);
            measure("a write of its own, known from before, is looked at", KNOWN, this::look);
            measure("a write linked in part is noted", MEMORY, this::noteOwn);
            measure("the same, known from before", KNOWN, this::noteOwn);
            System.out.println("\nCPU time of a look, " + slices + " slices of " + operations + ":\n\n" + table);
        }

        private void note(long from) {
            contents.note(scan, memory, base, from, from + BYTES, 5, BufferKind.DIRECT.ordinal(), contents.number());
        }

        private void look(long from) {
            portions.clear();
            links.write(memory, base, from, from + BYTES, portions);
            contents.look(scan, memory, base, from, from + BYTES, portions);
        }

        private void noteOwn(long from) {
            contents.noteOwn(scan, memory, base, from, from + BYTES);
        }

        private void measure(String name, int size, Look look) {
            double[] nanos = new double[slices];
            int at = 0;
            for (int i = -slices / 5; i < slices; i++) {
                long begin = THREADS.getCurrentThreadCpuTime();
                for (int j = 0; j < operations; j++) {
                    look.at(base + at);
                    at = (at + BYTES) % size;
                }
                if (i >= 0) {
                    nanos[i] = (double) (THREADS.getCurrentThreadCpuTime() - begin) / operations;
                }
            }
            Arrays.sort(nanos);
            double median = nanos[slices / 2];
            table.row(
                    name,
                    TextTable.number(median, 0),
                    TextTable.number(nanos[slices / 4], 0) + " to " + TextTable.number(nanos[3 * slices / 4], 0),
                    TextTable.number(median / BYTES, 2));
        }
    }
}
