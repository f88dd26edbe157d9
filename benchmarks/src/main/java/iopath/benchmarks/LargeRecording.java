package iopath.benchmarks;

import iopath.analyzer.read.Fabricated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a recording of as many events as it is told: {@code LargeRecording FILE EVENTS}. Of ten events six are totals of
 * transfers, two totals of calls, two samples with a stack; they name {@value #FILES} files and {@value #SOCKETS} sockets.
 */
public final class LargeRecording {
    private static final int FILES = 2_000;
    private static final int SOCKETS = 50;
    private static final int ROUND = 10;
    private static final int BYTES = 65_536;

    private LargeRecording() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        long events = Long.parseLong(arguments[1]);
        try (Fabricated made = Fabricated.start("jvm")) {
            made.agent(0, 0, 0, 0);
            for (long round = 0; round < events / ROUND; round++) {
                round(made, round);
            }
            made.agent(events / ROUND * 2, 0, 0, 0);
            made.dump(file);
        }
        System.out.printf("%d events in %d bytes%n", events / ROUND * ROUND + 2, Files.size(file));
    }

    private static void round(Fabricated made, long round) {
        String file = "file:/data/topics/orders-" + round % FILES + "/00000000000000000000.log";
        String socket = "socket:10.0.0." + round % SOCKETS + ":9092";
        String out = file + " > " + socket;
        for (int i = 0; i < 3; i++) {
            made.transfer(out, "sendfile", "none", null, "kernel", 0, BYTES)
                    .transfer(out, "heap", "read-write-loop", null, "same-buffer", 4, BYTES);
        }
        made.io(file, "read", "kernel", 3 * BYTES, 3, 3)
                .io(socket, "write", "heap", 3 * BYTES, 3, 4)
                .sample(out, "sendfile", "none", BYTES, 2 * round + 1, 0)
                .sample(out, "heap", "read-write-loop", BYTES, 2 * round + 2, 0);
    }
}
