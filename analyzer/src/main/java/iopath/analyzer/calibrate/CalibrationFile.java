package iopath.analyzer.calibrate;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.price.Calibration;
import iopath.analyzer.price.Calibration.Host;
import iopath.analyzer.price.Point;
import iopath.analyzer.price.Point.Lane;
import iopath.analyzer.price.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A calibration as it lies on disk, or in the JSON of a report. */
public final class CalibrationFile {
    /** Those of this program have some 10 kB; a report has some hundred. */
    private static final long MAX_BYTES = 64 << 20;

    private static final int SCHEMA = 2;

    private CalibrationFile() {}

    /** Where it is kept for this user: {@code iopath/calibration.json} under {@code XDG_CACHE_HOME} or {@code ~/.cache}. */
    public static Path cached() {
        String cache = System.getenv("XDG_CACHE_HOME");
        // By the specification a relative path is to be ignored.
        Path base = cache != null && Path.of(cache).isAbsolute()
                ? Path.of(cache)
                : Path.of(System.getProperty("user.home", "."), ".cache");
        return base.resolve("iopath").resolve("calibration.json");
    }

    /**
     * Reads one, or the one that a report in JSON carries.
     *
     * @throws BadCalibrationException if the file cannot be read, or holds something else
     */
    public static Calibration read(Path file) throws BadCalibrationException {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException("it is larger than any calibration");
            }
            Object root = JSON.std.anyFrom(file.toFile());
            Object inside = root instanceof Map<?, ?> map ? map.get("calibration") : null;
            return calibration(object(inside == null ? root : inside, "the file"));
        } catch (IOException | IllegalArgumentException e) {
            throw new BadCalibrationException("the calibration " + file + " cannot be used (" + reason(e)
                    + "); make one with iopath calibrate --output FILE");
        }
    }

    private static String reason(Exception e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof com.fasterxml.jackson.core.JsonProcessingException json) {
            return "it is no JSON: " + json.getOriginalMessage();
        }
        return String.valueOf(e.getMessage());
    }

    private static Calibration calibration(Map<?, ?> root) {
        if (number(root, "schemaVersion") != SCHEMA) {
            throw new IllegalArgumentException("it is of another version than " + SCHEMA);
        }
        Map<?, ?> host = object(root.get("host"), "host");
        if (!(root.get("points") instanceof List<?> rows) || rows.isEmpty()) {
            throw new IllegalArgumentException("it has no points");
        }
        int conditions = whole(root, "conditions");
        List<Point> points = rows.stream().map(row -> point(row, conditions)).toList();
        if (new HashSet<>(points.stream()
                                .map(p -> List.of(p.lane(), p.chunkBytes()))
                                .toList())
                        .size()
                < points.size()) {
            throw new IllegalArgumentException("it has a point twice");
        }
        return new Calibration(
                new Host(
                        text(host, "name"),
                        text(host, "cpu"),
                        whole(host, "processors"),
                        text(host, "kernel"),
                        text(host, "java"),
                        text(host, "date")),
                points);
    }

    private static Point point(Object row, int conditions) {
        Map<?, ?> fields = object(row, "a point");
        if (!(fields.get("seen") instanceof List<?> seen)) {
            throw new IllegalArgumentException("seen is no list");
        }
        return new Point(
                new Lane(
                        text(fields, "source"), text(fields, "sink"), text(fields, "path"), whole(fields, "cpuCopies")),
                whole(fields, "chunkBytes"),
                new Spread(seen.stream().map(CalibrationFile::amount).toList(), conditions));
    }

    private static Map<?, ?> object(@Nullable Object value, String what) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalArgumentException(what + " is no object");
    }

    private static String text(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is missing");
    }

    private static double number(Map<?, ?> fields, String name) {
        if (fields.get(name) instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException(name + " is missing");
    }

    private static double amount(Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw new IllegalArgumentException("a value that was seen is no number");
    }

    private static int whole(Map<?, ?> fields, String name) {
        double number = number(fields, name);
        if (number != (int) number || number < 0) {
            throw new IllegalArgumentException(name + " is no whole number");
        }
        return (int) number;
    }
}
