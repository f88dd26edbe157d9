package iopath.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the agent adds to a process as a whole: start-up, throughput, size of the recording. */
public final class ProcessMain {

    private static final List<String> WAYS = List.of("transferTo", "direct", "heap");
    private static final double MIB = 1 << 20;
    private static final double GIB = 1 << 30;
    private static final double NANOS = 1e9;

    private final Arguments arguments;
    private final Path agentJar;
    private final int rounds;

    private ProcessMain(Arguments arguments) {
        this.arguments = arguments;
        this.agentJar = arguments.agentJar();
        this.rounds = arguments.number("rounds");
    }

    /**
     * Measures.
     *
     * <ul>
     *   <li>{@code --parts LIST} of {@code startup}, {@code throughput}, {@code recording}, {@code command}
     *   <li>{@code --rounds N} JVMs for each mode, {@code --starts N} of them for start-up
     *   <li>{@code --warmup N}, {@code --seconds N} of load before and while the throughput is measured
     *   <li>{@code --short N}, {@code --long N} seconds of load in the two recordings whose difference is the rate
     *   <li>{@code --settings NAME} of the recordings: {@code none} has the agent's events alone
     *   <li>{@code --command LINE} any other load, run once for each mode and round. Its environment has the options for
     *       the JVM that it starts in {@code IOPATH_JVM_ARGS}; its last line of output is a number, such as bytes a
     *       second, larger is better
     *   <li>{@code --agent FILE} the agent's jar
     * </ul>
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("parts", "startup,throughput,recording");
        defaults.put("rounds", "5");
        defaults.put("starts", "15");
        defaults.put("warmup", "2");
        defaults.put("seconds", "2");
        defaults.put("short", "5");
        defaults.put("long", "20");
        defaults.put("settings", "none");
        defaults.put("command", "");
        defaults.put("agent", "");
        new ProcessMain(new Arguments(arguments, defaults)).run();
    }

    private void run() throws IOException, InterruptedException {
        System.out.println(Machine.describe());
        for (String part : arguments.text("parts").split(",")) {
            switch (part) {
                case "startup" -> startUp();
                case "throughput" -> throughput();
                case "recording" -> recording();
                case "command" -> command();
                default -> throw new IllegalArgumentException("no part " + part);
            }
        }
    }

    /** The modes in an order that turns from round to round. */
    private static List<Mode> modes(int round) {
        List<Mode> modes = new ArrayList<>(List.of(Mode.values()));
        Collections.rotate(modes, round);
        return modes;
    }

    private List<String> jvm(Mode mode) {
        return mode.jvmArguments(agentJar, "settings=" + arguments.text("settings"));
    }

    private void startUp() throws IOException, InterruptedException {
        Map<Mode, Sample> millis = samples();
        // Round -1 brings files into the page cache and is not counted.
        for (int round = -1; round < arguments.number("starts"); round++) {
            for (Mode mode : modes(round + 1)) {
                long begin = System.nanoTime();
                output(Jvm.start(jvm(mode), Trivial.class));
                if (round >= 0) {
                    sample(millis, mode).add((System.nanoTime() - begin) / 1e6);
                }
            }
        }
        TextTable table = new TextTable("mode", "median, ms", "quartiles, ms", "added to without, median, ms");
        Sample without = sample(millis, Mode.WITHOUT);
        millis.forEach((mode, sample) -> table.row(
                mode.text(),
                TextTable.number(sample.median(), 0),
                TextTable.number(sample.quantile(0.25), 0) + " to " + TextTable.number(sample.quantile(0.75), 0),
                TextTable.number(sample.minus(without).median(), 0)));
        System.out.println(
                "\nFrom start to end of a program that does nothing, " + without.size() + " times:\n\n" + table);
    }

    private void throughput() throws IOException, InterruptedException {
        TextTable table = new TextTable(
                "file server", "mode", "MiB/s", "rate, of without", "server CPU, s/GiB", "CPU, of without");
        for (String way : WAYS) {
            Map<Mode, Sample> rates = samples();
            Map<Mode, Sample> costs = samples();
            for (int round = 0; round < rounds; round++) {
                for (Mode mode : modes(round)) {
                    System.err.println("round " + round + ": " + way + ", " + mode.text());
                    Load load = load(jvm(mode), way, arguments.number("warmup"), arguments.number("seconds"));
                    sample(rates, mode).add(load.bytes() / MIB / (load.nanos() / NANOS));
                    sample(costs, mode).add(load.cpuNanos() / NANOS / (load.bytes() / GIB));
                }
            }
            rates.forEach((mode, rate) -> table.row(
                    way,
                    mode.text(),
                    TextTable.withError(rate, 0),
                    TextTable.withError(rate.over(sample(rates, Mode.WITHOUT)), 3),
                    TextTable.withError(sample(costs, mode), 3),
                    TextTable.withError(sample(costs, mode).over(sample(costs, Mode.WITHOUT)), 3)));
        }
        System.out.println(
                "\nA server that sends a file over one loopback connection, as fast as it is taken:\n\n" + table);
    }

    /** What a client got. */
    private record Load(long bytes, long nanos, long cpuNanos) {}

    private static Load load(List<String> jvm, String way, int warmup, int seconds)
            throws IOException, InterruptedException {
        Process server = Jvm.start(jvm, FileServer.class, way);
        try (BufferedReader answers = server.inputReader(StandardCharsets.UTF_8)) {
            String port = answers.readLine();
            if (port == null) {
                throw new IOException("the file server did not start");
            }
            String[] got = output(Jvm.start(
                            Jvm.SMALL, FileClient.class, port, Integer.toString(warmup), Integer.toString(seconds)))
                    .split(" ");
            return new Load(Long.parseLong(got[0]), Long.parseLong(got[1]), Long.parseLong(got[2]));
        } finally {
            server.getOutputStream().close();
            server.waitFor();
        }
    }

    private void recording() throws IOException, InterruptedException {
        TextTable table = new TextTable("file server", "recording", "KiB, fixed", "KiB a minute");
        for (String way : WAYS) {
            row(table, way, "iopath alone", Mode.RECORDING, "none");
            row(table, way, "default.jfc, no agent", Mode.JFR_ONLY, "default");
            row(table, way, "default.jfc and iopath", Mode.RECORDING, "default");
        }
        System.out.println("\nSize of the recording of such a server under full load:\n\n" + table);
    }

    private void row(TextTable table, String way, String text, Mode mode, String settings)
            throws IOException, InterruptedException {
        System.err.println("recording: " + way + ", " + text);
        int shortSeconds = arguments.number("short");
        int longSeconds = arguments.number("long");
        double less = recordedBytes(mode, settings, way, shortSeconds);
        double more = recordedBytes(mode, settings, way, longSeconds);
        double aSecond = (more - less) / (longSeconds - shortSeconds);
        table.row(
                way,
                text,
                TextTable.number((less - aSecond * shortSeconds) / 1024, 0),
                TextTable.number(aSecond * 60 / 1024, 0));
    }

    private double recordedBytes(Mode mode, String settings, String way, int seconds)
            throws IOException, InterruptedException {
        Path file = Files.createTempFile("iopath-benchmark", ".jfr");
        try {
            load(mode.jvmArguments(agentJar, "settings=" + settings + ",filename=" + file), way, 0, seconds);
            return Files.size(file);
        } finally {
            Files.delete(file);
        }
    }

    private void command() throws IOException, InterruptedException {
        String line = arguments.text("command");
        if (line.isBlank()) {
            throw new IllegalArgumentException("part command needs --command LINE");
        }
        Map<Mode, Sample> rates = samples();
        for (int round = 0; round < rounds; round++) {
            for (Mode mode : modes(round)) {
                System.err.println("round " + round + ": " + mode.text());
                ProcessBuilder builder =
                        new ProcessBuilder(line.strip().split("\\s+")).redirectError(ProcessBuilder.Redirect.INHERIT);
                builder.environment().put("IOPATH_JVM_ARGS", String.join(" ", jvm(mode)));
                sample(rates, mode).add(Double.parseDouble(output(builder.start())));
            }
        }
        TextTable table = new TextTable("mode", "rate", "of without");
        rates.forEach((mode, rate) -> table.row(
                mode.text(),
                TextTable.withError(rate, 0),
                TextTable.withError(rate.over(sample(rates, Mode.WITHOUT)), 3)));
        System.out.println("\n" + line + ":\n\n" + table);
    }

    private static Map<Mode, Sample> samples() {
        Map<Mode, Sample> samples = new EnumMap<>(Mode.class);
        for (Mode mode : Mode.values()) {
            samples.put(mode, new Sample());
        }
        return samples;
    }

    private static Sample sample(Map<Mode, Sample> samples, Mode mode) {
        return samples.getOrDefault(mode, new Sample());
    }

    /** The last line that a process prints until it ends well. */
    private static String output(Process process) throws IOException, InterruptedException {
        String last = "";
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                last = line;
            }
        }
        if (process.waitFor() != 0) {
            throw new IOException("a process ended with " + process.exitValue() + " and said: " + last);
        }
        return last;
    }
}
