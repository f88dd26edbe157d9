package iopath.analyzer.render;

import iopath.analyzer.summarize.Io;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Transfer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/**
 * A profile in the text format of Prometheus, version 0.0.4: counters of what was recorded, for a node exporter's textfile
 * collector or a push gateway.
 */
public final class PrometheusText {
    private final StringBuilder text = new StringBuilder();

    private PrometheusText() {}

    /** All counters, by name and labels; the last line ended. */
    public static String of(Profile profile) {
        PrometheusText metrics = new PrometheusText();
        metrics.transfers(profile.transfers(), "bytes", "Bytes moved from source to sink.", Transfer::bytes);
        metrics.transfers(
                profile.transfers(), "calls", "System calls made for that, refused ones included.", Transfer::calls);
        metrics.transfers(
                profile.transfers(), "copied_bytes", "Bytes that the CPU copied for that.", Transfer::copiedBytes);
        metrics.io(profile.io(), "bytes", "Bytes read or written, as a system call tracer counts them.", Io::bytes);
        metrics.io(profile.io(), "calls", "System calls, those that moved nothing included.", Io::calls);
        metrics.one(
                "iopath_recorded_seconds_total",
                "Length of the recording.",
                profile.recording().durationNanos() / 1e9);
        return metrics.text.toString();
    }

    private void transfers(List<Transfer> rows, String unit, String help, ToLongFunction<Transfer> value) {
        family(
                "iopath_transfer_" + unit + "_total",
                help,
                sums -> rows.forEach(row -> sums.add(
                        labels(
                                "source", row.source(),
                                "sink", row.sink(),
                                "path", row.path(),
                                "reason", row.reason(),
                                "evidence", row.evidence()),
                        value.applyAsLong(row))));
    }

    private void io(List<Io> rows, String unit, String help, ToLongFunction<Io> value) {
        family(
                "iopath_io_" + unit + "_total",
                help,
                sums -> rows.forEach(row -> sums.add(
                        labels("endpoint", row.endpoint(), "direction", row.direction(), "buffer", row.buffer()),
                        value.applyAsLong(row))));
    }

    private void family(String name, String help, Consumer<Sums> fill) {
        Sums sums = new Sums(new TreeMap<>());
        fill.accept(sums);
        head(name, help);
        sums.byLabels.forEach((labels, value) ->
                text.append(name).append(labels).append(' ').append(value).append('\n'));
    }

    private void one(String name, String help, double value) {
        head(name, help);
        text.append(name).append(' ').append(value).append('\n');
    }

    private void head(String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" counter\n");
    }

    private static String labels(String... namesAndValues) {
        StringBuilder labels = new StringBuilder("{");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            labels.append(i == 0 ? "" : ",").append(namesAndValues[i]).append("=\"");
            labels.append(escaped(namesAndValues[i + 1])).append('"');
        }
        return labels.append('}').toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** Values by their labels: rows that differ in nothing shown are one. */
    private record Sums(Map<String, Long> byLabels) {
        void add(String labels, long value) {
            byLabels.merge(labels, value, Long::sum);
        }
    }
}
