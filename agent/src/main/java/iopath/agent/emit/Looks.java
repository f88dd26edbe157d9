package iopath.agent.emit;

import iopath.agent.aggregate.Key;
import iopath.agent.aggregate.Totals;
import iopath.agent.classify.EndpointKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.Path;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What the looks at content have shown between two drains, by kind of sink.
 *
 * <p>Sinks that get ciphertext are left out: what a TLS engine made cannot be looked at.
 */
final class Looks {

    private final Endpoints endpoints;
    private final int tlsFraming;
    private final BitSet encrypted = new BitSet();

    Looks(Endpoints endpoints, int tlsFraming) {
        this.endpoints = endpoints;
        this.tlsFraming = tlsFraming;
    }

    /** Writes an event for each kind of sink that something was written to out of memory. */
    void emit(List<Totals.Row> rows) {
        for (Totals.Row row : rows) {
            if (Key.isTransfer(row.key()) && Key.detail(row.key()) == tlsFraming) {
                encrypted.set(Key.sink(row.key()));
            }
        }
        Map<EndpointKind, ContentEvent> events = new EnumMap<>(EndpointKind.class);
        for (Totals.Row row : rows) {
            long key = row.key();
            if (!Key.isOperation(key) && Key.sink(key) != 0 && !encrypted.get(Key.sink(key))) {
                EndpointKind sink = endpoints.row(Key.sink(key)).kind();
                add(events.computeIfAbsent(sink, k -> new ContentEvent()), row);
            }
        }
        events.forEach((sink, event) -> {
            if (event.written > 0) {
                event.sink = sink.text();
                event.commit();
            }
        });
    }

    private void add(ContentEvent event, Totals.Row row) {
        long key = row.key();
        if (Key.isLook(key)) {
            look(event, endpoints.row(Key.source(key)), row);
        } else if (Key.source(key) == 0 && Key.path(key) != Path.UNKNOWN || Key.evidence(key) == Evidence.SAME_BYTES) {
            event.written += row.bytes();
        }
    }

    private static void look(ContentEvent event, Endpoint source, Totals.Row row) {
        switch (source.kind()) {
            case MEMORY -> {
                event.looked += row.bytes();
                event.fromNone += row.calls();
            }
            case FILE -> event.fromFiles += row.bytes();
            case SOCKET -> event.fromSockets += row.bytes();
            case PIPE -> event.fromPipes += row.bytes();
        }
    }
}
