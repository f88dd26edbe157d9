package iopath.analyzer.read;

import iopath.analyzer.event.Decoder;
import iopath.analyzer.event.EventFields;
import iopath.analyzer.event.EventSink;
import java.time.Instant;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Decodes events that the JDK has parsed. */
final class EventDecoder {
    private final Decoder decoder;
    private final Traces traces = new Traces();

    EventDecoder(EventSink sink) {
        this.decoder = new Decoder(sink);
    }

    /** The events that say something here. */
    Set<String> names() {
        return decoder.names();
    }

    /**
     * Hands an event on.
     *
     * @throws RuntimeException if it is not what its name promises
     */
    void decode(RecordedEvent event) {
        decoder.decode(event.getEventType().getName(), new Fields(event, traces));
    }

    /** Bytes of events that JFR says it lost since this was last asked. */
    long takeLostBytes() {
        return decoder.takeLostBytes();
    }

    static long nanos(Instant time) {
        return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }

    private record Fields(RecordedEvent event, Traces traces) implements EventFields {

        @Override
        public boolean has(String field) {
            return event.hasField(field);
        }

        @Override
        public @Nullable String text(String field) {
            return event.getString(field);
        }

        @Override
        public long number(String field) {
            return event.getLong(field);
        }

        @Override
        public double share(String field) {
            return event.getDouble(field);
        }

        @Override
        public long startNanos() {
            return nanos(event.getStartTime());
        }

        @Override
        public Trace trace() {
            return traces.of(event.getStackTrace());
        }
    }
}
