package iopath.analyzer.summarize;

import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.TransferSample;
import iopath.analyzer.event.TransferTotals;
import java.util.List;

/** The seconds of a running JVM, in words. */
public final class Seconds {
    static final long SECOND = 1_000_000_000L;

    /** 2026-01-02T03:04:05Z. */
    static final long START = 1_767_323_045L * SECOND;

    final Live live;
    private long nanos = START;
    private long clock = 77;
    private long samples;

    Seconds() {
        this(0);
    }

    Seconds(long since) {
        live = new Live(since);
        live.at(nanos);
    }

    /** Time passes, there and here. */
    Seconds pass(long span) {
        nanos += span;
        clock += span;
        live.at(nanos);
        return this;
    }

    /** Time passes here, and nothing comes. */
    void idle(long span) {
        clock += span;
    }

    /** What was said so far has arrived. */
    Seconds told() {
        live.flushed(clock);
        return this;
    }

    Seconds total(String route, String path, String reason, String evidence, int copies, long bytes) {
        live.transfer(
                new TransferTotals(Events.route(route, path, reason, null, evidence, copies), bytes, 2, 2, bytes / 10));
        return this;
    }

    Seconds copied(long bytes) {
        return total("file:/a > socket:10.0.0.1:80", "heap", "read-write-loop", "same-buffer", 4, bytes);
    }

    Seconds io(String endpoint, String direction, long bytes) {
        live.io(new IoTotals(Events.endpoint(endpoint), direction, "heap", bytes, 1, 1));
        return this;
    }

    Seconds sample(String site, long weight) {
        live.sample(new TransferSample(
                Events.route("file:/a > socket:10.0.0.1:80", "heap", "read-write-loop", null, "same-buffer", 4),
                site,
                List.of(site),
                weight,
                ++samples,
                0));
        return this;
    }

    public Moment now() {
        return live.moment(clock);
    }

    /** A JVM with a row of each kind, whose load grows and sinks. */
    public static Seconds busy() {
        Seconds seconds = new Seconds();
        seconds.live.jvm(new Jvm("17.0.15", 4711L, "com.example.Server"));
        for (int i = 0; i < 75; i++) {
            long wave = 1_000_000L * (1 + i % 20);
            seconds.pass(SECOND);
            seconds.sample("com.example.Server.send:42", wave * 3);
            seconds.sample("com.example.Mirror.copy:7", wave);
            seconds.total("file:/data/a.log > socket:10.0.0.1:9092", "sendfile", "none", "kernel", 0, wave * 10)
                    .total(
                            "file:/data/b.log > socket:10.0.0.1:9092",
                            "heap",
                            "read-write-loop",
                            "same-buffer",
                            4,
                            wave * 3)
                    .total("file:/data/b.log > socket:10.0.0.1:9093", "tls", "tls", "tls-wrap", 4, 2_500_000)
                    .total("socket:10.0.0.1:9092 > memory", "direct", "none", "none", 1, 40_000);
            if (i < 70) {
                seconds.total("file:/data/a.log > file:/data/c.log", "copy-file-range", "none", "kernel", 0, wave);
            }
            seconds.io("file:/data/a.log", "read", wave * 10)
                    .io("file:/data/b.log", "read", wave * 3 + 2_500_000)
                    .io("socket:10.0.0.1:9092", "write", wave * 13)
                    .io("socket:10.0.0.1:9092", "read", 40_000)
                    .io("socket:10.0.0.1:9093", "write", 2_500_000)
                    .io("file:/data/topics/payments-and-refunds-0/00000000000000000000.log", "read", 12)
                    .told();
        }
        return seconds;
    }

    /** A JVM whose names are hostile. */
    public static Seconds hostile(String name) {
        Seconds seconds = new Seconds();
        seconds.live.jvm(new Jvm(name, 1L, name));
        for (int i = 0; i < 12; i++) {
            seconds.sample(name, 1L << 50)
                    .total("file:" + name + " > socket:" + name, name, name, "same-buffer", 4, Long.MAX_VALUE / 100)
                    .total("file:" + name + i + " > memory", "heap" + i, name, "none", 2, 1 << i)
                    .io("file:" + name + i, "read", 1L << 60)
                    .io("socket:" + name, "write", Long.MAX_VALUE)
                    .told();
            seconds.pass(SECOND);
        }
        return seconds;
    }
}
