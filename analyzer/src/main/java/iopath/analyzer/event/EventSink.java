package iopath.analyzer.event;

/** Takes the events of recordings, in any order within a file. */
public interface EventSink {

    /** The events that follow are of another file; samples are numbered anew. */
    void file(String name);

    /**
     * Says when the next event was; a sink that only sums up has no need of it.
     *
     * @param nanos by the clock of its JVM, nanoseconds since the epoch
     */
    default void at(long nanos) {}

    void transfer(TransferTotals totals);

    void sample(TransferSample sample);

    void io(IoTotals totals);

    /** A sink that shows totals alone has no need of it. */
    default void look(ContentLook look) {}

    void hook(HookStatus hook);

    /** A sink that shows totals alone has no need of it. */
    default void suppressed(Suppressed failures) {}

    /** A sink that shows totals alone has no need of it. */
    default void unseen(Unseen bytes) {}

    void agent(AgentState agent);

    void jvm(Jvm jvm);

    /** A sink that prices nothing has no need of it; {@link #at} has told when the time it speaks of ended. */
    default void cpu(CpuLoad load) {}

    /** How many processors the host of this file's JVM has; likewise. */
    default void processors(int count) {}
}
