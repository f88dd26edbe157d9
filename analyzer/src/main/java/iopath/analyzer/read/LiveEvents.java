package iopath.analyzer.read;

import iopath.analyzer.event.LiveSink;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.MBeanServerConnection;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.management.jfr.RemoteRecordingStream;

/**
 * The events of a running JVM, as JFR flushes them: once a second.
 *
 * <p>They come in a thread of the stream's own.
 */
public final class LiveEvents implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final EventStream stream;
    private final EventDecoder decoder;
    private final LiveSink sink;
    private final CountDownLatch end = new CountDownLatch(1);

    private LiveEvents(EventStream stream, LiveSink sink) {
        this.stream = stream;
        this.sink = sink;
        this.decoder = new EventDecoder(sink);
    }

    /**
     * Follows what any recording of a JVM on this machine writes.
     *
     * @param repository where the JVM's JFR keeps its data
     * @param since passes over earlier events
     * @throws UnreadableException if it cannot be read
     */
    public static LiveEvents of(Path repository, Instant since, LiveSink sink) throws UnreadableException {
        try {
            EventStream stream = EventStream.openRepository(repository);
            stream.setStartTime(since);
            return new LiveEvents(stream, sink).started();
        } catch (IOException e) {
            throw new UnreadableException(
                    "JFR's repository " + repository + " cannot be read (" + e + "); run iopath as the target's user");
        }
    }

    /**
     * Makes a recording of the agent's events in a JVM elsewhere, which ends with this object, and follows it.
     *
     * @throws IOException if the connection is lost, or the JVM has no JFR
     */
    public static LiveEvents of(MBeanServerConnection jvm, LiveSink sink) throws IOException {
        RemoteRecordingStream stream = new RemoteRecordingStream(jvm);
        stream.enable("iopath.TransferTotals").withPeriod(SECOND);
        stream.enable("iopath.Transfer").withStackTrace();
        // Written with TransferTotals; their own period is the chunk's.
        List.of("iopath.IoTotals", "iopath.Hook", "iopath.Suppressed", "iopath.Unseen", "iopath.Agent")
                .forEach(stream::enable);
        return new LiveEvents(stream, sink).started();
    }

    private LiveEvents started() {
        stream.setReuse(true);
        // Without a handler the stream prints a stack trace.
        stream.onError(error -> {});
        stream.onFlush(() -> sink.flushed(System.nanoTime()));
        stream.onClose(end::countDown);
        decoder.names().forEach(name -> stream.onEvent(name, this::take));
        stream.startAsync();
        return this;
    }

    private void take(RecordedEvent event) {
        try {
            decoder.decode(event);
        } catch (RuntimeException notWhatItsNamePromises) {
            // A screen shows the next second instead; a report of the recording counts what was refused.
            return;
        }
    }

    /** Whether no more events can come. */
    public boolean ended() {
        return end.getCount() == 0;
    }

    @Override
    public void close() {
        stream.close();
    }
}
