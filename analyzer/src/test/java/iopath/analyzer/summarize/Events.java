package iopath.analyzer.summarize;

import iopath.analyzer.event.AgentState;
import iopath.analyzer.event.ContentLook;
import iopath.analyzer.event.CpuLoad;
import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.HookStatus;
import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.Reading;
import iopath.analyzer.event.Route;
import iopath.analyzer.event.Suppressed;
import iopath.analyzer.event.TransferSample;
import iopath.analyzer.event.TransferTotals;
import iopath.analyzer.event.Unseen;
import iopath.analyzer.gate.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A list of events to sum up, in words. */
public final class Events {
    /** 2026-01-02T03:04:05Z. */
    private static final long START = 1_767_323_045_000_000_000L;

    private static final long SECOND = 1_000_000_000;

    private final List<Consumer<Tally>> events = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private long hooks;
    private long atNanos = START + SECOND;

    /** {@code "file:/a > socket:b"}. */
    public Events transfer(
            String route,
            String path,
            String reason,
            @Nullable String detail,
            String evidence,
            int copies,
            long bytes,
            long operations,
            long calls) {
        TransferTotals totals = new TransferTotals(
                route(route, path, reason, detail, evidence, copies), bytes, operations, calls, bytes / 10);
        long nanos = atNanos;
        events.add(tally -> {
            tally.at(nanos);
            tally.transfer(totals);
        });
        return this;
    }

    /** A transfer for which {@code inVain} bytes were copied by the JDK that the calls did not take. */
    public Events copiedInVain(String route, String path, int copies, long bytes, long inVain) {
        TransferTotals totals =
                new TransferTotals(route(route, path, "none", null, "none", copies), bytes, 2, 2, 0, inVain);
        events.add(tally -> tally.transfer(totals));
        return this;
    }

    public Events transfer(String route, String path, String reason, String evidence, int copies, long bytes) {
        return transfer(route, path, reason, null, evidence, copies, bytes, 2, 2);
    }

    public Events sample(
            @Nullable String site, String route, String path, String reason, long weight, long sample, long corrects) {
        List<String> stack = site == null ? List.of() : List.of("java.lang.Thread.run", site);
        return sample(stack, site, route, path, reason, weight, sample, corrects);
    }

    public Events sample(
            List<String> stack,
            @Nullable String site,
            String route,
            String path,
            String reason,
            long weight,
            long sample,
            long corrects) {
        int copies = path.equals("sendfile") ? 0 : 4;
        TransferSample event = new TransferSample(
                route(route, path, reason, null, "none", copies), site, stack, weight, sample, corrects);
        events.add(tally -> tally.sample(event));
        return this;
    }

    /** Totals that follow are told so many milliseconds after the recording began. */
    public Events at(long millis) {
        atNanos = START + millis * 1_000_000;
        return this;
    }

    public Events io(String endpoint, String direction, String buffer, long bytes, long operations, long calls) {
        IoTotals totals = new IoTotals(endpoint(endpoint), direction, buffer, bytes, operations, calls);
        events.add(tally -> tally.io(totals));
        return this;
    }

    /** A look at content that was written to sockets: of {@code looked} bytes, {@code found} had come from files. */
    public Events look(long written, long looked, long found) {
        ContentLook look = new ContentLook("socket", written, looked, found, 0, 0, looked - found);
        events.add(tally -> tally.look(look));
        return this;
    }

    /** Bytes out of memory to sockets, of which content told nothing: {@code looked} were looked at. */
    public Events blindLook(long written, long looked) {
        ContentLook look = new ContentLook("socket", written, looked, 0, 0, 0, 0);
        events.add(tally -> tally.look(look));
        return this;
    }

    public Events unseen(String kind, String name, long bytes, long followed) {
        events.add(tally -> tally.unseen(new Unseen(kind, name, bytes, followed)));
        return this;
    }

    public Events hook(String target, String status, @Nullable String why) {
        HookStatus hook = new HookStatus(hooks++, target, status, why);
        events.add(tally -> tally.hook(hook));
        return this;
    }

    public Events suppressed(String target, String thrown, long calls) {
        events.add(tally -> tally.suppressed(new Suppressed(target, thrown, calls)));
        return this;
    }

    public Events agent(long pid, long samples, long dropped, long folded, long lost) {
        AgentState state = new AgentState(
                "0.1",
                "17.0.15",
                pid,
                "com.example.Server",
                Map.of(),
                "",
                1_000,
                samples,
                dropped,
                folded,
                lost,
                0,
                null);
        events.add(tally -> tally.agent(state));
        return this;
    }

    /** What an agent warned of. */
    Events caution(String warning) {
        AgentState state =
                new AgentState("0.1", "17.0.15", 1, "com.example.Server", Map.of(), "", 1_000, 0, 0, 0, 0, 0, warning);
        events.add(tally -> tally.agent(state));
        return this;
    }

    public Events jvm(String java, long pid, String mainClass) {
        events.add(tally -> tally.jvm(new Jvm(java, pid, mainClass)));
        return this;
    }

    /** The JVM's share of all processors up to so many milliseconds after the recording began. */
    public Events cpu(long millis, double load) {
        events.add(tally -> {
            tally.at(START + millis * 1_000_000);
            tally.cpu(new CpuLoad(load));
        });
        return this;
    }

    public Events processors(int count) {
        events.add(tally -> tally.processors(count));
        return this;
    }

    public Events file() {
        events.add(tally -> tally.file("next"));
        return this;
    }

    public Events warning(String warning) {
        warnings.add(warning);
        return this;
    }

    public Profile profile() {
        return subject().profile();
    }

    /** The profile with all sites that were seen. */
    public Subject subject() {
        Tally tally = new Tally();
        tally.file("a.jfr");
        events.forEach(event -> event.accept(tally));
        Profile profile =
                tally.profile(new Reading(List.of("a.jfr"), START, START + 12_345_000_000L, warnings, List.of()));
        return new Subject(profile, tally.seenSites());
    }

    Profile shuffled(long seed) {
        Collections.shuffle(events, new Random(seed));
        return profile();
    }

    static Route route(String route, String path, String reason, @Nullable String detail, String evidence, int copies) {
        String[] ends = route.split(" > ", 2);
        return new Route(endpoint(ends[0]), endpoint(ends[1]), path, reason, detail, evidence, copies, 0);
    }

    static Endpoint endpoint(String text) {
        String[] parts = text.split(":", 2);
        return new Endpoint(parts[0], parts.length == 1 ? null : parts[1]);
    }

    /** A profile with each kind of row, for reports. */
    public static Events ofEachKind() {
        return new Events()
                .transfer("file:/data/a.log > socket:10.0.0.1:9092", "sendfile", "none", "kernel", 0, 6_200_000)
                .transfer(
                        "file:/data/a.log > socket:10.0.0.1:9092",
                        "heap",
                        "read-write-loop",
                        "same-buffer",
                        4,
                        3_000_000)
                .at(2_500)
                .transfer(
                        "file:/data/b.log > socket:10.0.0.1:9092",
                        "heap",
                        "wrapped-channel",
                        "com.example.io.metrics.CountingWritableByteChannel",
                        "same-call",
                        4,
                        800_000,
                        200,
                        200)
                .transfer("file:/data/a.log > file:/data/c.log", "mapped", "append-target", "same-call", 1, 100_000)
                .transfer(
                        "file:/data/a.log > file:/data/d.log",
                        "mapped",
                        "kernel-refused",
                        "poisoned",
                        "same-call",
                        1,
                        100_000,
                        1,
                        1)
                .at(11_000)
                .transfer("file:/data/a.log > socket:10.0.0.1:9093", "tls", "tls", "tls-wrap", 4, 900_000)
                .transfer("memory > socket:10.0.0.1:9093", "direct", "none", "tls-framing", "none", 1, 2_000, 60, 60)
                .transfer("file:/data/a.log > socket:10.0.0.1:9094", "heap", "unknown", "same-thread", 4, 50_000)
                .transfer("socket:10.0.0.1:9092 > memory", "heap", "none", "none", 2, 70_000)
                .transfer("memory > socket:10.0.0.1:9095", "unknown", "unknown", "none", 0, 10_000)
                .transfer(
                        "file:/data/a.log > socket:10.0.0.1:9092",
                        "sendfile",
                        "none",
                        "would-block",
                        "kernel",
                        0,
                        0,
                        0,
                        5_000)
                .io("file:/data/a.log", "read", "kernel", 6_200_000, 100, 100)
                .io("socket:10.0.0.1:9092", "write", "kernel", 6_200_000, 100, 5_100)
                .io("file:/data/a.log", "read", "heap", 3_900_000, 100, 101)
                .io("socket:10.0.0.1:9092", "write", "heap", 3_800_000, 300, 300)
                .io("file:/data/b.log", "read", "heap", 800_000, 100_000, 100_000)
                .io("file:/data/c.log", "write", "mapped", 100_000, 1, 1)
                .io("file:/data/d.log", "write", "mapped", 100_000, 1, 1)
                .io("socket:10.0.0.1:9093", "write", "heap", 902_000, 60, 60)
                .sample(
                        "com.example.Server.send:42",
                        "file:/data/a.log > socket:10.0.0.1:9092",
                        "heap",
                        "read-write-loop",
                        2_900_000,
                        1,
                        0)
                .sample(null, "file:/data/a.log > socket:10.0.0.1:9093", "tls", "tls", 1_000_000, 2, 0)
                .sample("com.example.Server.accept:7", "socket:10.0.0.1:9092 > memory", "heap", "none", 70_000, 3, 0)
                .hook("sun.nio.ch.FileChannelImpl.transferTo", "applied", null)
                .hook("sun.nio.ch.SocketChannelImpl.implWrite", "absent", "no such method on JDK 17")
                .hook("sun.security.ssl.SSLEngineImpl.wrap", "failed", "the shape check did not fit")
                .agent(4711, 0, 0, 0, 0)
                .agent(4711, 40, 2, 3, 4);
    }
}
