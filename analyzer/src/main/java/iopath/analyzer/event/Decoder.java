package iopath.analyzer.event;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns recorded events into plain values; one that lacks a field it must have is refused. */
public final class Decoder {

    /** Fields of the agent's event that say who its JVM is, by what they are called elsewhere. */
    private static final Map<String, String> IDENTITY =
            Map.of("service", "service", "serviceVersion", "version", "instance", "instance", "labels", "labels");

    /** What is to be said of a recording that lost events, behind the name of its file. */
    public static final String EVENTS_LOST = "JFR itself lost events, its buffers were full; sums are lower bounds";

    private static final Pattern JRE = Pattern.compile("JRE \\(([0-9.]+)");

    private final EventSink sink;
    private final Map<String, Consumer<EventFields>> decoders;
    private long lostBytes;

    public Decoder(EventSink sink) {
        this.sink = sink;
        this.decoders = Map.ofEntries(
                Map.entry("iopath.TransferTotals", this::transfer),
                Map.entry("iopath.Transfer", this::sample),
                Map.entry("iopath.IoTotals", this::io),
                Map.entry("iopath.Content", this::look),
                Map.entry("iopath.Hook", this::hook),
                Map.entry("iopath.Suppressed", this::suppressed),
                Map.entry("iopath.Unseen", this::unseen),
                Map.entry("iopath.Agent", this::agent),
                Map.entry("jdk.JVMInformation", this::jvm),
                Map.entry("jdk.InitialSystemProperty", this::property),
                Map.entry("jdk.CPULoad", this::cpu),
                Map.entry("jdk.CPUInformation", this::processors),
                Map.entry("jdk.DataLoss", this::loss));
    }

    /** The types of events that say something here. */
    public Set<String> names() {
        return decoders.keySet();
    }

    /**
     * Hands an event on.
     *
     * @param type its name, such as {@code iopath.Agent}; others than {@link #names()} are passed over
     * @throws RuntimeException if it is not what its name promises
     */
    public void decode(String type, EventFields event) {
        Consumer<EventFields> decoder = decoders.get(type);
        if (decoder != null) {
            sink.at(event.startNanos());
            decoder.accept(event);
        }
    }

    /** Bytes of events that JFR says it lost since this was last asked. */
    public long takeLostBytes() {
        long bytes = lostBytes;
        lostBytes = 0;
        return bytes;
    }

    private void transfer(EventFields event) {
        sink.transfer(new TransferTotals(
                route(event),
                event.number("bytes"),
                event.number("operations"),
                event.number("calls"),
                event.number("nanos"),
                event.has("extraCopied") ? event.number("extraCopied") : 0));
    }

    private void sample(EventFields event) {
        EventFields.Trace trace = event.trace();
        sink.sample(new TransferSample(
                route(event),
                trace.site(),
                trace.frames(),
                event.number("weight"),
                event.number("sample"),
                event.number("corrects")));
    }

    private void io(EventFields event) {
        sink.io(new IoTotals(
                new Endpoint(word(event, "endpoint"), text(event, "name")),
                word(event, "direction"),
                word(event, "buffer"),
                event.number("bytes"),
                event.number("operations"),
                event.number("calls")));
    }

    private void look(EventFields event) {
        sink.look(new ContentLook(
                word(event, "sink"),
                event.number("written"),
                event.number("looked"),
                event.number("fromFiles"),
                event.number("fromSockets"),
                event.number("fromPipes"),
                event.number("fromNone")));
    }

    private void hook(EventFields event) {
        sink.hook(new HookStatus(event.startNanos(), word(event, "target"), word(event, "status"), text(event, "why")));
    }

    private void agent(EventFields event) {
        sink.agent(new AgentState(
                text(event, "version"),
                text(event, "jdk"),
                event.number("pid"),
                text(event, "mainClass"),
                identity(event),
                text(event, "options"),
                event.number("installed"),
                event.number("samples"),
                event.number("samplesDropped"),
                event.number("rowsFolded"),
                event.number("linksLost"),
                event.has("runtimeBytes") ? event.number("runtimeBytes") : 0,
                text(event, "warning")));
    }

    /** Agents of before did not say it. */
    private static Map<String, String> identity(EventFields event) {
        Map<String, String> identity = new HashMap<>();
        if (event.has("service")) {
            IDENTITY.forEach((field, name) -> {
                String value = text(event, field);
                if (value != null) {
                    identity.put(name, value);
                }
            });
        }
        return identity;
    }

    private void suppressed(EventFields event) {
        sink.suppressed(new Suppressed(word(event, "target"), word(event, "thrown"), event.number("calls")));
    }

    private void unseen(EventFields event) {
        sink.unseen(
                new Unseen(word(event, "kind"), word(event, "name"), event.number("bytes"), event.number("followed")));
    }

    private void jvm(EventFields event) {
        String command = text(event, "javaArguments");
        String mainClass =
                command == null || command.isBlank() ? null : command.strip().split(" ", 2)[0];
        sink.jvm(new Jvm(javaOf(text(event, "jvmVersion")), event.number("pid"), mainClass));
    }

    private void property(EventFields event) {
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

    private void cpu(EventFields event) {
        sink.cpu(new CpuLoad(event.share("jvmUser") + event.share("jvmSystem")));
    }

    private void processors(EventFields event) {
        sink.processors((int) event.number("hwThreads"));
    }

    private void loss(EventFields event) {
        lostBytes += event.number("amount");
    }

    private static Route route(EventFields event) {
        return new Route(
                new Endpoint(word(event, "source"), text(event, "sourceName")),
                new Endpoint(word(event, "sink"), text(event, "sinkName")),
                word(event, "path"),
                word(event, "reason"),
                text(event, "detail"),
                word(event, "evidence"),
                event.has("cpuCopies") ? (int) event.number("cpuCopies") : 0,
                event.has("applicationCopies") ? (int) event.number("applicationCopies") : 0);
    }

    private static @Nullable String text(EventFields event, String field) {
        return event.has(field) ? event.text(field) : null;
    }

    /** A string that an event cannot do without; it can be lost with the constants of a cut chunk. */
    private static String word(EventFields event, String field) {
        String word = event.text(field);
        if (word == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        return word;
    }
}
