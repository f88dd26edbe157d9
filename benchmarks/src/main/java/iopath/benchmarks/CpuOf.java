package iopath.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import jdk.jfr.Recording;

/**
 * Runs a program several times in this process, and writes down what CPU time the later runs took, or records them.
 *
 * <p>All threads count, user and system; children do not. The first runs load and compile the code, which costs as much
 * as moving some hundred megabytes and is no part of the price of a byte.
 */
final class CpuOf {
    private static final Duration LOAD_PERIOD = Duration.ofMillis(200);

    private CpuOf() {}

    /**
     * Takes a file to write to, how many runs do not count, how many do, {@code cpu} for nanoseconds or {@code record}
     * for a recording, a class with {@code int run(String...)} that returns an exit code, and its arguments.
     */
    public static void main(String[] arguments) throws IOException, ReflectiveOperationException {
        Path file = Path.of(arguments[0]);
        int runs = Integer.parseInt(arguments[2]);
        Method program = Class.forName(arguments[4]).getMethod("run", String[].class);
        Object words = Arrays.copyOfRange(arguments, 5, arguments.length);
        run(program, words, Integer.parseInt(arguments[1]));
        if (arguments[3].equals("record")) {
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
