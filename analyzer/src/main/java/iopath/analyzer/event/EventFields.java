package iopath.analyzer.event;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of one recorded event, by whichever parser it was read. */
public interface EventFields {

    /** Whether events of this type have such a field; recordings of another version may lack it. */
    boolean has(String field);

    /** A string; {@code null} if the event has none there. */
    @Nullable
    String text(String field);

    /** A number as it was recorded: bytes, nanoseconds, milliseconds since the epoch, or a count. */
    long number(String field);

    /** A share, 0 to 1 but for rounding. */
    double share(String field);

    /** When the event began, in nanoseconds since the epoch. */
    long startNanos();

    /** Where it was committed. */
    Trace trace();

    /**
     * A stack in words.
     *
     * @param site the first frame outside the JDK and the agent, or {@code null}
     * @param frames those outside the agent, the outermost first
     */
    record Trace(@Nullable String site, List<String> frames) {
        /** Of an event without a stack. */
        public static final Trace NONE = new Trace(null, List.of());

        public Trace {
            frames = List.copyOf(frames);
        }

        /** The words for a stack. */
        public static Trace of(CallStack stack) {
            return new Trace(stack.site(), stack.names());
        }
    }
}
