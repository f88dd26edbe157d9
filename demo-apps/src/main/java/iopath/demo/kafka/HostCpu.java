package iopath.demo.kafka;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.LongStream;

/** The host's CPU time since it started, in ticks. */
record HostCpu(long busy, long total) {
    private static final int IDLE = 3;
    private static final int IO_WAIT = 4;

    /** The guest columns of the file are part of its user columns, so only the first eight count. */
    private static final int COLUMNS = 8;

    static HostCpu now() throws IOException {
        String first = Files.readAllLines(Path.of("/proc/stat")).get(0);
        String[] words = first.trim().split(" +");
        long[] ticks = LongStream.range(1, Math.min(words.length, COLUMNS + 1))
                .map(i -> Long.parseLong(words[(int) i]))
                .toArray();
        long total = LongStream.of(ticks).sum();
        return new HostCpu(total - ticks[IDLE] - ticks[IO_WAIT], total);
    }

    double busyShareSince(HostCpu earlier) {
        return (double) (busy - earlier.busy) / Math.max(1, total - earlier.total);
    }
}
