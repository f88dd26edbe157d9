package iopath.analyzer.event;

/** Takes the events of a running JVM, in the order of their times. */
public interface LiveSink extends EventSink {

    @Override
    void at(long nanos);

    /**
     * Says that no event of the past second is missing.
     *
     * @param arrivedNanos by a clock of this process that nobody sets, as {@link System#nanoTime}
     */
    void flushed(long arrivedNanos);
}
