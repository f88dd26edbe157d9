package iopath.analyzer.price;

import iopath.analyzer.price.Point.Lane;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What bytes cost on one host; each point has a value of each process that measured.
 *
 * @param host where it was measured
 * @param points at least one, in the order in which they are written
 */
public record Calibration(Host host, List<Point> points) {
    public Calibration {
        points = points.stream()
                .sorted(Comparator.comparing((Point p) -> p.lane().source())
                        .thenComparing(p -> p.lane().sink())
                        .thenComparing(p -> p.lane().path())
                        .thenComparing(p -> p.lane().cpuCopies())
                        .thenComparing(Point::chunkBytes))
                .toList();
        if (points.isEmpty()) {
            throw new IllegalArgumentException("it has no points");
        }
        if (points.stream()
                        .map(p -> List.of(
                                p.secondsPerGb().conditions(),
                                p.secondsPerGb().values().size()))
                        .distinct()
                        .count()
                > 1) {
            throw new IllegalArgumentException("its points are not of the same processes");
        }
    }

    /**
     * A host as it was when it was measured.
     *
     * @param name its own name for itself
     * @param cpu model of its processors
     * @param processors how many of them there are
     * @param kernel name with version
     * @param java version as in {@code 17.0.15}
     * @param date the day, as in {@code 2026-11-23}
     */
    public record Host(String name, String cpu, int processors, String kernel, String java, String date) {}

    /** Nothing, as each process saw it. */
    Spread nothing() {
        return points.get(0).secondsPerGb().times(0);
    }

    /**
     * CPU seconds for 1,000,000,000 bytes in steps of any size, if the way was measured.
     *
     * <p>A step costs a part for the call and a part for its bytes: between two sizes that were measured, and below the
     * smallest, its cost lies on the line through the nearest two; above the largest, a byte costs what it does there.
     *
     * @param chunkBytes mean size of a step, positive
     */
    Optional<Spread> secondsPerGb(Lane lane, double chunkBytes) {
        List<Point> known = points.stream().filter(p -> p.lane().equals(lane)).toList();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        Spread first = known.get(0).secondsPerGb();
        List<Double> costs = IntStream.range(0, first.values().size())
                .mapToObj(process -> at(known, chunkBytes, process))
                .toList();
        return Optional.of(new Spread(costs, first.conditions()));
    }

    private static double at(List<Point> known, double chunk, int process) {
        Point last = known.get(known.size() - 1);
        if (known.size() == 1 || chunk >= last.chunkBytes()) {
            return seen(last, process);
        }
        int above = 1;
        while (known.get(above).chunkBytes() < chunk) {
            above++;
        }
        Point a = known.get(above - 1);
        Point b = known.get(above);
        double stepA = seen(a, process) * a.chunkBytes();
        double stepB = seen(b, process) * b.chunkBytes();
        double slope = (stepB - stepA) / (b.chunkBytes() - a.chunkBytes());
        double step = stepA + slope * (chunk - a.chunkBytes());
        // A call costs something, even where noise has the line go through less than nothing.
        return Math.max(step / chunk, seen(last, process));
    }

    private static double seen(Point point, int process) {
        return point.secondsPerGb().values().get(process);
    }
}
