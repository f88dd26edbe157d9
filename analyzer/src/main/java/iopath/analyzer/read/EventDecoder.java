package iopath.analyzer.read;

import iopath.analyzer.event.AgentState;
import iopath.analyzer.event.ContentLook;
import iopath.analyzer.event.CpuLoad;
import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.EventSink;
import iopath.analyzer.event.HookStatus;
import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.Route;
import iopath.analyzer.event.TransferSample;
import iopath.analyzer.event.TransferTotals;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Turns recorded events into plain values; one that lacks a field it must have is refused. */
final class EventDecoder {
    private static final Pattern JRE = Pattern.compile("JRE \\(([0-9.]+)");

    private final EventSink sink;
    private final Map<String, Consumer<RecordedEvent>> decoders;
    private final Traces traces = new Traces();
    private long lostBytes;

    EventDecoder(EventSink sink) {
        this.sink = sink;
        this.decoders = Map.ofEntries(
                Map.entry("iopath.TransferTotals", this::transfer),
                Map.entry("iopath.Transfer", this::sample),
                Map.entry("iopath.IoTotals", this::io),
                Map.entry("iopath.Content", this::look),
                Map.entry("iopath.Hook", this::hook),
                Map.entry("iopath.Agent", this::agent),
                Map.entry("jdk.JVMInformation", this::jvm),
                Map.entry("jdk.InitialSystemProperty", this::property),
                Map.entry("jdk.CPULoad", this::cpu),
                Map.entry("jdk.CPUInformation", this::processors),
                Map.entry("jdk.DataLoss", this::loss));
    }

    /** The events that say something here. */
    Set<String> names() {
        return decoders.keySet();
    }

    /**
     * Hands an event on.
     *
     * @throws RuntimeException if it is not what its name promises
     */
    void decode(RecordedEvent event) {
        Consumer<RecordedEvent> decoder = decoders.get(event.getEventType().getName());
        if (decoder != null) {
            sink.at(nanos(event.getStartTime()));
            decoder.accept(event);
        }
    }

    /** Bytes of events that JFR says it lost since this was last asked. */
    long takeLostBytes() {
        long bytes = lostBytes;
        lostBytes = 0;
        return bytes;
    }

    private void transfer(RecordedEvent event) {
        sink.transfer(new TransferTotals(
                route(event),
                event.getLong("bytes"),
                event.getLong("operations"),
                event.getLong("calls"),
                event.getLong("nanos")));
    }

    private void sample(RecordedEvent event) {
        Traces.Trace trace = traces.of(event.getStackTrace());
        sink.sample(new TransferSample(
                route(event),
                trace.site(),
                trace.frames(),
                event.getLong("weight"),
                event.getLong("sample"),
                event.getLong("corrects")));
    }

    private void io(RecordedEvent event) {
        sink.io(new IoTotals(
                new Endpoint(word(event, "endpoint"), text(event, "name")),
                word(event, "direction"),
                word(event, "buffer"),
                event.getLong("bytes"),
                event.getLong("operations"),
                event.getLong("calls")));
    }

    private void look(RecordedEvent event) {
        sink.look(new ContentLook(
                word(event, "sink"),
                event.getLong("written"),
                event.getLong("looked"),
                event.getLong("fromFiles"),
                event.getLong("fromSockets"),
                event.getLong("fromPipes"),
                event.getLong("fromNone")));
    }

    private void hook(RecordedEvent event) {
        sink.hook(new HookStatus(
                nanos(event.getStartTime()), word(event, "target"), word(event, "status"), text(event, "why")));
    }

    private void agent(RecordedEvent event) {
        sink.agent(new AgentState(
                text(event, "version"),
                text(event, "jdk"),
                event.getLong("pid"),
                text(event, "mainClass"),
                text(event, "options"),
                event.getLong("installed"),
                event.getLong("samples"),
                event.getLong("samplesDropped"),
                event.getLong("rowsFolded"),
                event.getLong("linksLost"),
                event.hasField("runtimeBytes") ? event.getLong("runtimeBytes") : 0));
    }

    private void jvm(RecordedEvent event) {
        String command = text(event, "javaArguments");
        String mainClass =
                command == null || command.isBlank() ? null : command.strip().split(" ", 2)[0];
        sink.jvm(new Jvm(javaOf(text(event, "jvmVersion")), event.getLong("pid"), mainClass));
    }

    private void property(RecordedEvent event) {
        // java.version is no initial property: the JVM's own version is, as in 17.0.15+6-Debian.
        String value = text(event, "value");
        if ("java.vm.version".equals(text(event, "key")) && value != null) {
            sink.jvm(new Jvm(value.split("\\+", 2)[0], null, null));
        }
    }

    /** {@code 17.0.15} of {@code OpenJDK ... JRE (17.0.15+6-Debian), built on ...}. */
    private static @Nullable String javaOf(@Nullable String jvmVersion) {
        Matcher matcher = JRE.matcher(jvmVersion == null ? "" : jvmVersion);
        return matcher.find() ? matcher.group(1) : null;
    }

    private void cpu(RecordedEvent event) {
        sink.cpu(new CpuLoad((double) event.getFloat("jvmUser") + event.getFloat("jvmSystem")));
    }

    private void processors(RecordedEvent event) {
        sink.processors(event.getInt("hwThreads"));
    }

    private void loss(RecordedEvent event) {
        lostBytes += event.getLong("amount");
    }

    private static Route route(RecordedEvent event) {
        return new Route(
                new Endpoint(word(event, "source"), text(event, "sourceName")),
                new Endpoint(word(event, "sink"), text(event, "sinkName")),
                word(event, "path"),
                word(event, "reason"),
                text(event, "detail"),
                word(event, "evidence"),
                event.hasField("cpuCopies") ? (int) event.getLong("cpuCopies") : 0);
    }

    private static @Nullable String text(RecordedEvent event, String field) {
        return event.hasField(field) ? event.getString(field) : null;
    }

    /** A string that an event cannot do without; it can be lost with the constants of a cut chunk. */
    private static String word(RecordedEvent event, String field) {
        String word = event.getString(field);
        if (word == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return word;
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }
}
