package iopath.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import jdk.jfr.Recording;

/**
 * Runs a program several times in this process, and writes down what CPU time the later runs took, or records them.
 *
 * <p>All threads count, user and system; children do not. The first runs load and compile the code, which costs as much
 * as moving some hundred megabytes and is no part of the price of a byte.
 */
final class CpuOf {
    private static final Duration LOAD_PERIOD = Duration.ofMillis(200);

    /** Stands between the arguments of two programs. */
    static final String OTHER = "--";

    private CpuOf() {}

    /**
     * Takes a file to write to, how many runs do not count, how many do, {@code cpu} for nanoseconds or {@code record}
     * for a recording, a class with {@code int run(String...)} that returns an exit code, and its arguments; after
     * {@code --} those of another program of the class, which then takes turns with the first.
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Path file = Path.of(arguments[0]);
        int runs = Integer.parseInt(arguments[2]);
        Method program = Class.forName(arguments[4]).getMethod("run", String[].class);
        List<String> words = List.of(arguments).subList(5, arguments.length);
        int other = words.indexOf(OTHER);
        if (other >= 0) {
            Object first = words.subList(0, other).toArray(String[]::new);
            Object second = words.subList(other + 1, words.size()).toArray(String[]::new);
            run(program, first, Integer.parseInt(arguments[1]));
            run(program, second, Integer.parseInt(arguments[1]));
            Files.writeString(file, inTurns(program, first, second, runs));
            return;
        }
        run(program, words.toArray(String[]::new), Integer.parseInt(arguments[1]), runs, arguments[3], file);
    }

    /** The CPU time of each, when both run so many times in this process. */
    private static String inTurns(Method program, Object first, Object second, int runs)
            throws IOException, ReflectiveOperationException {
        ThreadClocks clocks = new ThreadClocks();
        long firstNanos = 0;
        long secondNanos = 0;
        for (int i = 0; i < runs; i++) {
            long begin = clocks.nanos();
            run(program, first, 1);
            long middle = clocks.nanos();
            run(program, second, 1);
            firstNanos += middle - begin;
            secondNanos += clocks.nanos() - middle;
        }
        return firstNanos + " " + secondNanos;
    }

    private static void run(Method program, Object words, int warmUps, int runs, String what, Path file)
            throws IOException, ReflectiveOperationException {
        run(program, words, warmUps);
        if (what.equals("record")) {
            try (Recording recording = new Recording()) {
                recording.enable("jdk.CPULoad").withPeriod(LOAD_PERIOD);
                recording.enable("jdk.CPUInformation");
                recording.enable("jdk.JVMInformation");
                recording.start();
                run(program, words, runs);
                recording.stop();
                recording.dump(file);
            }
        } else {
            OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
            long begin = system.getProcessCpuTime();
            run(program, words, runs);
            Files.writeString(file, Long.toString(system.getProcessCpuTime() - begin));
        }
    }

    private static void run(Method program, Object words, int times) throws ReflectiveOperationException {
        for (int i = 0; i < times; i++) {
            Object code = program.invoke(null, words);
            if (!Integer.valueOf(0).equals(code)) {
                throw new IllegalStateException("the program ended with " + code);
            }
        }
    }
}
