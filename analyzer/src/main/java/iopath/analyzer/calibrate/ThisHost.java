package iopath.analyzer.calibrate;

import iopath.analyzer.price.Calibration.Host;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** The host that this runs on, as it names itself. */
public final class ThisHost {
    private static final String UNKNOWN = "unknown";

    private ThisHost() {}

    /** Today's description; what the host does not tell is {@code unknown}. */
    public static Host describe() {
        return new Host(
                line(Path.of("/proc/sys/kernel/hostname")),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name", UNKNOWN) + " " + System.getProperty("os.version", UNKNOWN),
                System.getProperty("java.version", UNKNOWN),
                LocalDate.now(ZoneOffset.UTC).toString());
    }

    private static String line(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }

    private static String processor() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(UNKNOWN);
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
