package iopath.analyzer.read;

import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.consumer.EventStream;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Gives the events of one sound chunk to a decoder, whatever the JDK's parser does meanwhile. */
final class ChunkParser {
    private final EventDecoder decoder;
    private final Watchdog watchdog;

    /** Guarded by this: a parser that is stuck may come back to life after its chunk was given up. */
    private boolean open = true;

    private volatile long delivered;
    private long refused;
    private long lastNanos;

    ChunkParser(EventDecoder decoder, Watchdog watchdog) {
        this.decoder = decoder;
        this.watchdog = watchdog;
    }

    /**
     * What came of a chunk.
     *
     * @param delivered events that were decoded
     * @param refused events that were not what their names promise
     * @param lastNanos end of the last event, nanoseconds since the epoch, or 0
     * @param failure what stopped the parser early, or {@code null}
     */
    record Result(
            long delivered,
            long refused,
            long lastNanos,
            @Nullable String failure) {
        /** Whether the parser gave up before the first event; of an IOException it says nothing. */
        boolean isNothing() {
            return delivered + refused == 0;
        }
    }

    /** Parses a file that is one chunk. */
    Result parse(Path file) {
        String failure = null;
        try {
            if (watchdog.watch(() -> stream(file), () -> delivered) == Watchdog.Outcome.STUCK) {
                failure = "the parser got stuck";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = "interrupted";
        } catch (Throwable damaged) {
            // Eleven kinds of exception, and errors: a damaged size is an OutOfMemoryError, a damaged type recursion.
            failure = damaged.getClass().getSimpleName();
        }
        synchronized (this) {
            open = false;
            return new Result(delivered, refused, lastNanos, failure);
        }
    }

    private void stream(Path file) {
        try (EventStream stream = EventStream.openFile(file)) {
            stream.setReuse(true);
            stream.setOrdered(false);
            // Without a handler the stream prints a stack trace.
            stream.onError(error -> {});
            decoder.names().forEach(name -> stream.onEvent(name, this::take));
            stream.start();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // written under the lock, read by the watchdog without
    private synchronized void take(RecordedEvent event) {
        if (!open) {
            return;
        }
        try {
            decoder.decode(event);
            lastNanos = Math.max(lastNanos, EventDecoder.nanos(event.getEndTime()));
            delivered++;
        } catch (RuntimeException notWhatItsNamePromises) {
            refused++;
        }
    }
}
