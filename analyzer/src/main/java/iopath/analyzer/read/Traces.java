package iopath.analyzer.read;

import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/**
 * Stacks in words, remembered while the parser has them.
 *
 * <p>Within a chunk all samples of a stack share one object; to name 40 frames for each of them takes far longer than
 * all the rest of a report.
 */
final class Traces {
    private static final int REMEMBERED = 2_000;
    private static final Trace NONE = new Trace(null, List.of());

    /** By identity, since the JDK's class has no other equality; weak, since an entry would keep its chunk alive. */
    private final Map<RecordedStackTrace, Trace> known = new WeakHashMap<>();

    /**
     * A stack in words.
     *
     * @param site the first frame outside the JDK and the agent, or {@code null}
     * @param frames those outside the agent, the outermost first
     */
    record Trace(@Nullable String site, List<String> frames) {
        Trace {
            frames = List.copyOf(frames);
        }
    }

    Trace of(@Nullable RecordedStackTrace stack) {
        if (stack == null) {
            return NONE;
        }
        Trace trace = known.get(stack);
        if (trace == null) {
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            trace = new Trace(Sites.of(stack), Sites.frames(stack));
            known.put(stack, trace);
        }
        return trace;
    }
}
