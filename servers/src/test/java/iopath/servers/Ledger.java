package iopath.servers;

import iopath.analyzer.event.AgentState;
import iopath.analyzer.event.Endpoint;
import iopath.analyzer.event.EventSink;
import iopath.analyzer.event.HookStatus;
import iopath.analyzer.event.IoTotals;
import iopath.analyzer.event.Jvm;
import iopath.analyzer.event.Reading;
import iopath.analyzer.event.Route;
import iopath.analyzer.event.TransferSample;
import iopath.analyzer.event.TransferTotals;
import iopath.analyzer.read.RecordingReader;
import iopath.analyzer.read.UnreadableException;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Tally;
import iopath.it.Syscalls.Flow;
import iopath.it.Syscalls.Moved;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A recording's exact totals by the names of files, which the report adds up. */
final class Ledger implements EventSink {

    private final Tally tally = new Tally();
    private final Map<Route, Long> routes = new HashMap<>();
    private final Map<Io, Moved> io = new HashMap<>();
    private final List<HookStatus> hooks = new ArrayList<>();
    private final Profile profile;

    private record Io(Endpoint endpoint, String direction, String buffer) {}

    private Ledger(Path recording) throws UnreadableException {
        Reading reading = new RecordingReader(this).read(List.of(recording));
        if (!reading.warnings().isEmpty()) {
            throw new AssertionError(recording + ": " + reading.warnings());
        }
        profile = tally.profile(reading);
    }

    static Ledger of(Path recording) throws UnreadableException {
        return new Ledger(recording);
    }

    /** What the report says. */
    Profile profile() {
        return profile;
    }

    /** Bytes by route, of all that go between such ends. */
    Map<Route, Long> routes(Predicate<Route> wanted) {
        Map<Route, Long> some = new HashMap<>();
        routes.forEach((route, bytes) -> {
            if (bytes != 0 && wanted.test(route)) {
                some.put(route, bytes);
            }
        });
        return some;
    }

    /** Bytes read from or written to all endpoints of a kind. */
    long moved(String kind, String direction) {
        return sum(io, key -> key.endpoint.kind().equals(kind) && key.direction.equals(direction));
    }

    /** Bytes read from or written to one file. */
    long moved(Path file, String direction) {
        return moved(new Endpoint("file", file.toString()), direction);
    }

    /** Bytes read from or written to one endpoint. */
    long moved(Endpoint endpoint, String direction) {
        return sum(io, key -> key.endpoint.equals(endpoint) && key.direction.equals(direction));
    }

    private static long sum(Map<Io, Moved> map, Predicate<Io> wanted) {
        return map.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .mapToLong(entry -> entry.getValue().bytes())
                .sum();
    }

    /** Bytes and calls as a tracer would see them, of sockets, pipes and the files in a folder. */
    Map<Flow, Moved> flows(Path files) {
        Map<Flow, Moved> flows = new TreeMap<>();
        io.forEach((key, moved) -> {
            String name = key.endpoint.name();
            String kind = key.endpoint.kind();
            if (!kind.equals("file") || name != null && name.startsWith(files + "/")) {
                flows.merge(new Flow(kind, key.direction, key.buffer.equals("kernel")), moved, Moved::plus);
            }
        });
        return flows;
    }

    /** The hooks that could not be applied, and those of libraries that were not there. */
    List<String> brokenHooks() {
        return hooks.stream()
                .filter(hook -> hook.status().equals("failed")
                        || hook.status().equals("absent") && hook.target().startsWith("io.netty"))
                .map(Object::toString)
                .distinct()
                .toList();
    }

    @Override
    public void file(String name) {
        tally.file(name);
    }

    @Override
    public void transfer(TransferTotals totals) {
        tally.transfer(totals);
        routes.merge(totals.route(), totals.bytes(), Long::sum);
    }

    @Override
    public void sample(TransferSample sample) {
        tally.sample(sample);
    }

    @Override
    public void io(IoTotals totals) {
        tally.io(totals);
        io.merge(
                new Io(totals.endpoint(), totals.direction(), totals.buffer()),
                new Moved(totals.bytes(), totals.calls()),
                Moved::plus);
    }

    @Override
    public void hook(HookStatus hook) {
        tally.hook(hook);
        hooks.add(hook);
    }

    @Override
    public void agent(AgentState agent) {
        tally.agent(agent);
    }

    @Override
    public void jvm(Jvm jvm) {
        tally.jvm(jvm);
    }
}
