package iopath.benchmarks;

import iopath.analyzer.calibrate.CalibrationFile;
import iopath.analyzer.price.Calibration;
import iopath.analyzer.price.Interval;
import iopath.analyzer.price.Price;
import iopath.analyzer.price.Prices;
import iopath.analyzer.price.Pricing;
import iopath.analyzer.read.RecordingReader;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Compares what a report promises of a fix with what the fix saves.
 *
 * <p>The promise is made from a recording of the program before, and a calibration. The truth is the CPU time of whole
 * processes without an agent, before and after, in turns; of programs that do much else besides, in turns within one
 * process, as what else they do differs from process to process by more than the fix saves.
 */
public final class PriceMain {
    private final Arguments arguments;
    private final Path directory;

    private PriceMain(Arguments arguments, Path directory) {
        this.arguments = arguments;
        this.directory = directory;
    }

    /** Takes {@code --calibration FILE --only NAME,NAME --megabytes N --rounds N --demos JAR --agent JAR}. */
    public static void main(String[] words) throws Exception {
        Arguments arguments = new Arguments(
                words,
                Map.of(
                        "calibration",
                        "",
                        "only",
                        "",
                        "megabytes",
                        "256",
                        "rounds",
                        "4",
                        "agent",
                        "",
                        "demos",
                        "demo-apps/target/iopath-demo.jar"));
        Path directory = Files.createTempDirectory("iopath-price");
        try {
            new PriceMain(arguments, directory).run();
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private void run() throws Exception {
        String file = arguments.text("calibration");
        Calibration calibration = CalibrationFile.read(file.isEmpty() ? CalibrationFile.cached() : Path.of(file));
        List<String> only = List.of(arguments.text("only").split(",", -1));
        System.out.println(Machine.describe() + "\n");
        TextTable table = new TextTable(
                "pair",
                "predicted, s",
                "of the process",
                "worth",
                "measured, s",
                "95 % of the mean",
                "mean inside",
                "overlap");
        for (PricePair pair : PricePair.all(arguments.number("megabytes"))) {
            if (only.contains("") || only.contains(pair.name())) {
                row(table, pair, calibration);
            }
        }
        System.out.print(table);
    }

    private void row(TextTable table, PricePair pair, Calibration calibration) throws Exception {
        List<Price> prices = promised(pair, calibration);
        Interval saving = sum(prices, price -> saving(price).seconds());
        Sample before = new Sample();
        Sample after = new Sample();
        for (int round = 0; round < arguments.number("rounds"); round++) {
            if (pair.inTurns()) {
                double[] both = cpuSeconds(pair, pair.both());
                before.add(both[0]);
                after.add(both[1]);
                continue;
            }
            // The order turns, so that what changes slowly on the machine is nobody's.
            boolean first = round % 2 == 0;
            (first ? before : after).add(cpuSeconds(pair, first ? pair.before() : pair.after())[0]);
            (first ? after : before).add(cpuSeconds(pair, first ? pair.after() : pair.before())[0]);
        }
        Sample saved = before.minus(after);
        table.row(
                pair.name(),
                range(saving, 3),
                shares(prices),
                String.join(
                        "/",
                        new TreeSet<>(prices.stream().map(p -> p.worth().text()).toList())),
                TextTable.number(saved.mean(), 3),
                TextTable.number(saved.mean() - saved.error(), 3) + " to "
                        + TextTable.number(saved.mean() + saved.error(), 3),
                yes(saving.low() <= saved.mean() && saved.mean() <= saving.high()),
                yes(saving.low() <= saved.mean() + saved.error() && saved.mean() - saved.error() <= saving.high()));
        System.out.println(pair.name() + ": before " + TextTable.withError(before, 3) + " s, after "
                + TextTable.withError(after, 3) + " s");
        prices.forEach(price -> System.out.println("    " + price.sentence()));
    }

    private static String yes(boolean holds) {
        return holds ? "yes" : "no";
    }

    private List<Price> promised(PricePair pair, Calibration calibration) throws Exception {
        Path recording = directory.resolve(pair.name() + ".jfr");
        run(pair, "record", recording, List.of("-javaagent:" + arguments.agentJar() + "=quiet"), pair.before());
        Tally tally = new Tally();
        Profile profile = tally.profile(new RecordingReader(tally).read(List.of(recording)));
        Prices prices = Pricing.of(profile, calibration);
        List<Price> promised = new ArrayList<>();
        for (Finding finding : profile.findings()) {
            Price price = pair.codes().contains(finding.code()) ? prices.of(finding) : null;
            if (price != null && price.saving() != null) {
                promised.add(price);
            }
        }
        if (promised.isEmpty()) {
            throw new IllegalStateException(pair.name() + ": no finding " + pair.codes() + " with a price");
        }
        return promised;
    }

    private static Interval sum(List<Price> prices, Function<Price, Interval> part) {
        return prices.stream().map(part).reduce(Interval.ZERO, Interval::plus);
    }

    private static Price.Saving saving(Price price) {
        Price.Saving saving = price.saving();
        if (saving == null) {
            throw new IllegalStateException("no saving in " + price);
        }
        return saving;
    }

    /** In per cent; a dash for a process that was too short for two events on its load. */
    private static String shares(List<Price> prices) {
        List<Interval> shares = new ArrayList<>();
        for (Price price : prices) {
            Interval share = saving(price).share();
            if (share == null) {
                return "-";
            }
            shares.add(share.map(end -> 100 * end));
        }
        return range(shares.stream().reduce(Interval.ZERO, Interval::plus), 1) + " %";
    }

    private static String range(Interval interval, int decimals) {
        return TextTable.number(interval.low(), decimals) + " to " + TextTable.number(interval.high(), decimals);
    }

    private double[] cpuSeconds(PricePair pair, List<String> program) throws Exception {
        Path file = directory.resolve("nanos");
        run(pair, "cpu", file, List.of(), program);
        return Stream.of(Files.readString(file).split(" ", -1))
                .mapToDouble(nanos -> Long.parseLong(nanos) / 1e9)
                .toArray();
    }

    private void run(PricePair pair, String what, Path file, List<String> options, List<String> program)
            throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(String.format(Locale.ROOT, "-Diopath.demo.bytes=%d", (long) pair.megabytes() << 20));
        command.addAll(List.of("-cp", own() + ":" + arguments.text("demos"), CpuOf.class.getName(), file.toString()));
        command.addAll(List.of(Integer.toString(pair.warmUps()), Integer.toString(pair.runs()), what));
        command.addAll(program);
        Path said = directory.resolve("said");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(program + " failed: " + Files.readString(said));
        }
    }

    private static Path own() throws java.net.URISyntaxException {
        return Path.of(PriceMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }
}
