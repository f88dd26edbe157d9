package iopath.analyzer.price;

import iopath.analyzer.price.Calibration.Host;
import iopath.analyzer.price.Point.Lane;
import java.util.List;

/** A calibration with round numbers. */
public final class Calibrations {
    private static final Host HOST = new Host("vm", "a processor", 2, "Linux 6", "17.0.15", "2026-01-02");

    private Calibrations() {}

    public static Calibration round() {
        return of(
                point("file", "socket", "heap", 4, 8192, 0.5, 0.6, 0.7),
                point("file", "socket", "heap", 4, 65536, 0.3, 0.4, 0.5),
                point("file", "socket", "direct", 2, 65536, 0.2, 0.3, 0.35),
                point("file", "socket", "sendfile", 0, 1 << 20, 0.1, 0.15, 0.2),
                point("file", "socket", "tls", 4, 16384, 1.0, 1.1, 1.2),
                point("file", "socket", "tls", 2, 131072, 0.7, 0.8, 0.9),
                point("file", "memory", "direct", 1, 512, 2.0, 2.1, 2.2),
                point("file", "memory", "direct", 1, 65536, 0.1, 0.11, 0.12),
                point("memory", "file", "heap", 2, 65536, 0.3, 0.31, 0.32),
                point("socket", "memory", "heap", 2, 65536, 0.2, 0.21, 0.22),
                point("memory", "memory", "cipher", 4, 16384, 0.45, 0.46, 0.47));
    }

    static Calibration of(Point... points) {
        return new Calibration(HOST, List.of(points));
    }

    /** Of three processes, each under a condition of its own. */
    static Point point(
            String source, String sink, String path, int copies, int chunk, double low, double mid, double high) {
        return new Point(new Lane(source, sink, path, copies), chunk, new Spread(List.of(low, mid, high), 3));
    }
}
