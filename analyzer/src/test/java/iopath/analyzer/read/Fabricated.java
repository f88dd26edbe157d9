package iopath.analyzer.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.AnnotationElement;
import jdk.jfr.Event;
import jdk.jfr.EventFactory;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;
import jdk.jfr.ValueDescriptor;
import org.jspecify.annotations.Nullable;

/** Recordings with the events of docs/events.md, made by this JVM. */
public final class Fabricated implements AutoCloseable {
    /** The documented fields of each event. */
    static final Map<String, Map<String, Class<?>>> EVENTS = new LinkedHashMap<>();

    private static final Map<String, EventFactory> FACTORIES = new LinkedHashMap<>();

    static {
        Map<String, Class<?>> route = new LinkedHashMap<>();
        for (String name :
                List.of("source", "sourceName", "sink", "sinkName", "path", "reason", "detail", "evidence")) {
            route.put(name, String.class);
        }
        route.put("cpuCopies", int.class);
        event("iopath.TransferTotals", with(route, long.class, "bytes", "operations", "calls", "nanos", "extraCopied"));
        event("iopath.Transfer", with(route, long.class, "bytes", "weight", "sample", "corrects"));
        event(
                "iopath.IoTotals",
                with(
                        with(Map.of(), String.class, "endpoint", "name", "direction", "buffer"),
                        long.class,
                        "bytes",
                        "operations",
                        "calls"));
        event("iopath.Hook", with(Map.of(), String.class, "target", "status", "why"));
        Map<String, Class<?>> agent = with(Map.of(), String.class, "version", "jdk", "mainClass", "options");
        event(
                "iopath.Agent",
                with(
                        agent,
                        long.class,
                        "pid",
                        "installed",
                        "samples",
                        "samplesDropped",
                        "rowsFolded",
                        "linksLost",
                        "runtimeBytes"));
    }

    private final Recording recording;

    private Fabricated(Recording recording) {
        this.recording = recording;
    }

    /** Starts one; what is committed until it is dumped is in it. */
    public static Fabricated start(String... options) {
        Recording recording = new Recording();
        if (List.of(options).contains("jvm")) {
            recording.enable("jdk.JVMInformation");
        }
        recording.start();
        return new Fabricated(recording);
    }

    /** A copy of what was recorded so far; the JVM begins a new chunk. */
    public Path dump(Path file) throws IOException {
        recording.dump(file);
        return file;
    }

    @Override
    public void close() {
        recording.close();
    }

    /** {@code "file:/a > socket:b", path, reason, detail, evidence}. */
    public Fabricated transfer(
            String route,
            String path,
            String reason,
            @Nullable String detail,
            String evidence,
            int copies,
            long bytes) {
        Event event = routed("iopath.TransferTotals", route, path, reason, detail, evidence, copies);
        event.set(9, bytes);
        event.set(10, 2L);
        event.set(11, 3L);
        event.set(12, 4L);
        event.commit();
        return this;
    }

    /** A sample with the caller's stack. */
    public Fabricated sample(String route, String path, String reason, long weight, long sample, long corrects) {
        Event event = routed("iopath.Transfer", route, path, reason, null, "same-buffer", 4);
        event.set(9, 100L);
        event.set(10, weight);
        event.set(11, sample);
        event.set(12, corrects);
        event.commit();
        return this;
    }

    public Fabricated io(String endpoint, String direction, String buffer, long bytes, long operations, long calls) {
        return commit("iopath.IoTotals", kind(endpoint), name(endpoint), direction, buffer, bytes, operations, calls);
    }

    public Fabricated hook(String target, String status, @Nullable String why) {
        return commit("iopath.Hook", target, status, why);
    }

    public Fabricated agent(long samples, long dropped, long folded, long lost) {
        return commit(
                "iopath.Agent",
                "0.1",
                "17.0.15",
                "com.example.Server",
                "",
                4711L,
                1_700_000_000_000L,
                samples,
                dropped,
                folded,
                lost);
    }

    /** A recording with a little of everything, in several chunks. */
    public static Path everything(Path file, int chunks) throws IOException {
        try (Fabricated made = start("jvm")) {
            List<Recording> rotations = new ArrayList<>();
            for (int i = 0; i < chunks; i++) {
                made.agent(i, 0, 0, 0)
                        .hook("sun.nio.ch.FileChannelImpl.transferTo", "applied", null)
                        .io("file:/data/some/long/name/of/a/file.log", "read", "heap", 1000, 1, 2)
                        .io("socket:10.0.0.1:9092", "write", "heap", 1000, 1, 1);
                for (int j = 0; j < 20; j++) {
                    made.transfer(
                                    "file:/data/some/long/name/of/a/file.log > socket:10.0.0.1:9092",
                                    "heap",
                                    "read-write-loop",
                                    null,
                                    "same-buffer",
                                    4,
                                    50)
                            .sample(
                                    "file:/data/some/long/name/of/a/file.log > socket:10.0.0.1:9092",
                                    "heap",
                                    "read-write-loop",
                                    50,
                                    i * 20 + j + 1,
                                    0);
                }
                // A recording that starts makes the JVM begin a new chunk.
                Recording rotation = new Recording();
                rotation.start();
                rotations.add(rotation);
            }
            made.dump(file);
            rotations.forEach(Recording::close);
        }
        return file;
    }

    private static Event routed(
            String event,
            String route,
            String path,
            String reason,
            @Nullable String detail,
            String evidence,
            int copies) {
        String[] ends = route.split(" > ", 2);
        Event made = newEvent(event);
        Object[] values = {
            kind(ends[0]), name(ends[0]), kind(ends[1]), name(ends[1]), path, reason, detail, evidence, copies
        };
        for (int i = 0; i < values.length; i++) {
            made.set(i, values[i]);
        }
        return made;
    }

    private Fabricated commit(String name, @Nullable Object... values) {
        Event event = newEvent(name);
        for (int i = 0; i < values.length; i++) {
            event.set(i, values[i]);
        }
        event.commit();
        return this;
    }

    private static String kind(String endpoint) {
        return endpoint.split(":", 2)[0];
    }

    private static @Nullable String name(String endpoint) {
        String[] parts = endpoint.split(":", 2);
        return parts.length == 1 ? null : parts[1];
    }

    private static Event newEvent(String name) {
        EventFactory factory = FACTORIES.get(name);
        if (factory == null) {
            throw new IllegalArgumentException(name);
        }
        return factory.newEvent();
    }

    private static void event(String name, Map<String, Class<?>> fields) {
        EVENTS.put(name, fields);
        List<ValueDescriptor> descriptors = new ArrayList<>();
        fields.forEach((field, type) -> descriptors.add(new ValueDescriptor(type, field)));
        FACTORIES.put(
                name,
                EventFactory.create(
                        List.of(new AnnotationElement(Name.class, name), new AnnotationElement(StackTrace.class, true)),
                        descriptors));
    }

    private static Map<String, Class<?>> with(Map<String, Class<?>> fields, Class<?> type, String... names) {
        Map<String, Class<?>> more = new LinkedHashMap<>(fields);
        for (String name : names) {
            more.put(name, type);
        }
        return more;
    }
}
