package iopath.demo.kafka;

import iopath.demo.kafka.Report.Flow;
import iopath.demo.kafka.Report.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** The phases side by side, as text of at most 80 columns. */
final class Comparison {
    private static final String ABSENT = "-";

    private final List<Phase> phases;
    private final int cores;
    private final StringBuilder out = new StringBuilder();

    private Comparison(List<Phase> phases, int cores) {
        this.phases = phases;
        this.cores = cores;
    }

    static String render(List<Phase> phases, int cores) {
        Comparison comparison = new Comparison(phases, cores);
        comparison.table();
        comparison.traces();
        comparison.claims();
        return comparison.out.toString();
    }

    private void table() {
        row("", phase -> phase.kind().title());
        row("direction", phase -> phase.kind().direction());
        if (reported()) {
            row("path", flow(Comparison::path));
            row("bytes", flow(flow -> count(flow.bytes())));
            row("operations", flow(flow -> count(flow.operations())));
            row("calls", flow(flow -> count(flow.calls())));
            row("mode switches per MB", number("%.1f", Comparison::switchesPerMb));
            row("CPU copies per byte", number("%.2f", Flow::copiesPerByte));
            row("linked", number("%.3f %%", flow -> 100 * flow.linkedShare()));
        }
        row("log bytes", phase -> count(phase.bytes()));
        row("broker CPU s per GB", phase -> format("%.2f", phase.secondsPerGb()));
        row("throughput MB/s", phase -> format("%.0f", phase.clientBytesPerSecond() / 1e6));
        line("");
    }

    private void traces() {
        for (Phase phase : phases) {
            Trace trace = phase.trace();
            if (trace != null) {
                Flow flow = phase.flow();
                line(phase.kind().title() + ", counted by strace:");
                line(format(
                        "  sendfile %,d bytes in %,d calls, %,d refused",
                        trace.sendfileBytes(), trace.sendfileCalls(), trace.refusedCalls()));
                line(format(
                        "  other socket writes %,d bytes in %,d calls",
                        trace.socketWriteBytes(), trace.socketWriteCalls()));
                if (flow != null) {
                    line("  the report has " + count(flow.kernelBytes()) + " bytes moved inside the kernel");
                }
            }
        }
    }

    private void claims() {
        if (reported()) {
            line("Claim: 2 mode switches and no CPU copy, against 4 and 4. Measured:");
            measured(flow -> format(
                    "%.1f switches per MB, %.2f copies per byte, %,.1f KB a call",
                    switchesPerMb(flow), flow.copiesPerByte(), flow.bytes() / flow.calls() / 1e3));
            line("Claim: TLS prohibits zero-copy. Measured, moved inside the kernel:");
            measured(flow -> format("%.1f %% of %s bytes", 100 * flow.kernelShare(), count(flow.bytes())));
        }
        line("Claim: CPU is rarely the bottleneck. Measured, while serving:");
        for (Phase phase : phases) {
            line(format(
                    "  %-10s broker used %.2f of %d cores at %.0f MB/s; host %.0f %% busy",
                    phase.kind().title(),
                    phase.brokerCores(),
                    cores,
                    phase.clientBytesPerSecond() / 1e6,
                    100 * phase.hostBusy()));
        }
        line("  (the client runs on the same host; \"host\" counts it from its start to its end)");
    }

    private boolean reported() {
        return phases.stream().allMatch(phase -> phase.report() != null);
    }

    private void measured(Function<Flow, String> text) {
        for (Phase phase : phases) {
            line(format("  %-10s %s", phase.kind().title(), flow(text).apply(phase)));
        }
    }

    private static double switchesPerMb(Flow flow) {
        return 2 * flow.calls() / (flow.bytes() / 1e6);
    }

    /** The path of most bytes, with its share where it is not alone. */
    private static String path(Flow flow) {
        Map<String, Double> bytes = new TreeMap<>();
        for (Row row : flow.rows()) {
            bytes.merge(row.path(), row.bytes(), Double::sum);
        }
        Map.Entry<String, Double> most = bytes.entrySet().stream()
                .max(Comparator.comparingDouble(Map.Entry::getValue))
                .orElseThrow();
        return bytes.size() == 1
                ? most.getKey()
                : format("%s %.1f %%", most.getKey(), 100 * most.getValue() / flow.bytes());
    }

    private static Function<Phase, String> number(String format, ToDoubleFunction<Flow> value) {
        return flow(flow -> format(format, value.applyAsDouble(flow)));
    }

    private static Function<Phase, String> flow(Function<Flow, String> text) {
        return phase -> {
            Flow flow = phase.flow();
            return flow == null ? ABSENT : flow.isEmpty() ? "none seen" : text.apply(flow);
        };
    }

    private void row(String label, Function<Phase, String> cell) {
        List<String> cells = new ArrayList<>();
        phases.forEach(phase -> cells.add(format("%18s", cell.apply(phase))));
        line(format("%-22s", label) + String.join(" ", cells));
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    private static String count(double value) {
        return format("%,.0f", value);
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
