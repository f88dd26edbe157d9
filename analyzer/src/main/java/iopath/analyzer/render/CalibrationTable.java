package iopath.analyzer.render;

import static iopath.analyzer.render.Table.Column.numbers;
import static iopath.analyzer.render.Table.Column.words;

import iopath.analyzer.price.Calibration;
import iopath.analyzer.price.Interval;
import iopath.analyzer.price.Point;
import java.util.List;
import java.util.Locale;

/** A calibration for a terminal. */
public final class CalibrationTable {
    private CalibrationTable() {}

    /** All points, each line ended. */
    public static String of(Calibration calibration) {
        Calibration.Host host = calibration.host();
        List<String> head = Line.wrapped(
                "CPU seconds for a GB on " + host.name() + " (" + host.cpu() + ", " + host.processors()
                        + " processors, " + host.kernel() + ", Java " + host.java() + "), " + host.date(),
                0);
        Table table = new Table(
                words("Transfer"),
                words("Path"),
                numbers("Copy"),
                numbers("Step"),
                numbers("Low"),
                numbers("Median"),
                numbers("High"));
        for (Point point : calibration.points()) {
            Interval cost = point.secondsPerGb().interval();
            table.row(
                    point.lane().source() + " -> " + point.lane().sink(),
                    point.lane().path(),
                    Integer.toString(point.lane().cpuCopies()),
                    Integer.toString(point.chunkBytes()),
                    seconds(Math.max(0, cost.low())),
                    seconds(cost.mid()),
                    seconds(cost.high()));
        }
        return String.join("\n", head) + "\n\n" + String.join("\n", table.lines()) + "\n";
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
