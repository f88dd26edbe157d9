package iopath.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What the agent adds to one operation: the same benchmark in JVMs with and without it, in turns.
 *
 * <p>A round is one JVM for each benchmark and mode. The modes of one benchmark follow each other, so that a slow minute
 * of the machine meets all of them; their order turns from round to round. A difference is taken in each round, its
 * error is that of the differences' mean.
 */
public final class OverheadMain {

    private final Arguments arguments;
    private final Path agentJar;
    private final Pattern only;

    private OverheadMain(Arguments arguments) {
        this.arguments = arguments;
        this.agentJar = arguments.agentJar();
        this.only = Pattern.compile(arguments.text("only"));
    }

    /**
     * Measures; as it stands in about ten minutes.
     *
     * <ul>
     *   <li>{@code --rounds N} JVMs for each benchmark and mode
     *   <li>{@code --warmup N}, {@code --iterations N} how often in a JVM {@code --millis N} are spent before and while
     *       it is measured
     *   <li>{@code --only REGEX} which benchmarks, by class and method
     *   <li>{@code --settings NAME} of the recording: {@code none} has the agent's events alone
     *   <li>{@code --agent FILE} the agent's jar
     * </ul>
     */
    public static void main(String[] arguments) throws RunnerException {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("rounds", "3");
        defaults.put("warmup", "4");
        defaults.put("iterations", "3");
        defaults.put("millis", "400");
        defaults.put("only", "");
        defaults.put("settings", "none");
        defaults.put("agent", "");
        new OverheadMain(new Arguments(arguments, defaults)).run();
    }

    private void run() throws RunnerException {
        System.out.println(Machine.describe());
        calls(measure(Operation.calls(), List.of(Mode.values())));
        hooks(measure(Operation.hooks(), List.of(Mode.IDLE, Mode.RECORDING)));
        parts(measure(Operation.parts(), List.of(Mode.IDLE)));
    }

    /** What was measured in one mode. */
    private record Measured(Sample nanos, Sample cpu, Sample allocated) {

        Measured() {
            this(new Sample(), new Sample(), new Sample());
        }
    }

    private Map<Operation, Map<Mode, Measured>> measure(List<Operation> operations, List<Mode> modes)
            throws RunnerException {
        Map<Operation, Map<Mode, Measured>> all = new LinkedHashMap<>();
        for (int round = 0; round < arguments.number("rounds"); round++) {
            for (Operation operation : operations) {
                if (!only.matcher(operation.method()).find()) {
                    continue;
                }
                Map<Mode, Measured> row = all.computeIfAbsent(operation, o -> new EnumMap<>(Mode.class));
                List<Mode> turned = new ArrayList<>(modes);
                Collections.rotate(turned, round);
                for (Mode mode : turned) {
                    System.err.println("round " + round + ": " + operation.text() + ", " + mode.text());
                    measure(operation, mode, row.computeIfAbsent(mode, m -> new Measured()));
                }
            }
        }
        return all;
    }

    private void measure(Operation operation, Mode mode, Measured into) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(arguments.number("millis"));
        List<String> jvm = new ArrayList<>(List.of("-Xms256m", "-Xmx256m"));
        jvm.addAll(mode.jvmArguments(agentJar, "settings=" + arguments.text("settings")));
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Pattern.quote(OverheadMain.class.getPackageName() + "." + operation.method()) + "$")
                .forks(1)
                .warmupIterations(arguments.number("warmup"))
                .warmupTime(time)
                .measurementIterations(arguments.number("iterations"))
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .jvmArgs(jvm.toArray(String[]::new))
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (!operation.buffer().isEmpty()) {
            options = options.param("buffer", operation.buffer());
        }
        for (RunResult result : new Runner(options.build()).run()) {
            Map<String, Result> others = result.getSecondaryResults();
            double nanos = result.getPrimaryResult().getScore();
            into.nanos().add(nanos);
            into.cpu().add(nanos * score(others, Cpu.NANOS) / score(others, Cpu.ELAPSED));
            into.allocated().add(score(others, "gc.alloc.rate.norm"));
        }
    }

    private static double score(Map<String, Result> results, String name) {
        Result result = results.get(name);
        return result == null ? Double.NaN : result.getScore();
    }

    private static void calls(Map<Operation, Map<Mode, Measured>> all) {
        if (all.isEmpty()) {
            return;
        }
        print("CPU time of the calling thread, ns an operation, and what is added to it", differences(all, m -> m.cpu));
        print("Elapsed time, ns an operation, and what is added to it", differences(all, m -> m.nanos));
        TextTable table = new TextTable("operation", "without", "idle", "jfr-only", "recording");
        all.forEach((operation, row) -> table.row(
                operation.text(),
                TextTable.number(in(row, Mode.WITHOUT).allocated().mean(), 3),
                TextTable.number(in(row, Mode.IDLE).allocated().mean(), 3),
                TextTable.number(in(row, Mode.JFR_ONLY).allocated().mean(), 3),
                TextTable.number(in(row, Mode.RECORDING).allocated().mean(), 3)));
        print("Bytes allocated an operation, by all threads of the JVM", table);
    }

    private static TextTable differences(Map<Operation, Map<Mode, Measured>> all, Function<Measured, Sample> quantity) {
        TextTable table =
                new TextTable("operation", "without", "+ idle", "+ jfr-only", "+ recording", "recording - jfr-only");
        all.forEach((operation, row) -> {
            Sample without = quantity.apply(in(row, Mode.WITHOUT));
            Sample jfr = quantity.apply(in(row, Mode.JFR_ONLY));
            Sample recording = quantity.apply(in(row, Mode.RECORDING));
            table.row(
                    operation.text(),
                    TextTable.withError(without, 0),
                    TextTable.withError(quantity.apply(in(row, Mode.IDLE)).minus(without), 0),
                    TextTable.withError(jfr.minus(without), 0),
                    TextTable.withError(recording.minus(without), 0),
                    TextTable.withError(recording.minus(jfr), 0));
        });
        return table;
    }

    private static void hooks(Map<Operation, Map<Mode, Measured>> all) {
        if (all.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("hooks alone", "idle, ns", "recording, ns", "idle, B", "recording, B");
        all.forEach((operation, row) -> table.row(
                operation.text(),
                TextTable.withLeast(in(row, Mode.IDLE).cpu(), 1),
                TextTable.withLeast(in(row, Mode.RECORDING).cpu(), 1),
                TextTable.number(in(row, Mode.IDLE).allocated().mean(), 3),
                TextTable.number(in(row, Mode.RECORDING).allocated().mean(), 3)));
        print("The hooks without a system call, CPU time, median and (least)", table);
    }

    private static void parts(Map<Operation, Map<Mode, Measured>> all) {
        if (all.isEmpty()) {
            return;
        }
        TextTable table = new TextTable("part", "ns", "B");
        all.forEach((operation, row) -> table.row(
                operation.text(),
                TextTable.withLeast(in(row, Mode.IDLE).cpu(), 1),
                TextTable.number(in(row, Mode.IDLE).allocated().mean(), 3)));
        print("Parts of the hooks, CPU time, median and (least)", table);
    }

    private static Measured in(Map<Mode, Measured> row, Mode mode) {
        return row.getOrDefault(mode, new Measured());
    }

    private static void print(String title, TextTable table) {
        System.out.println("\n" + title + ":\n\n" + table);
    }
}
