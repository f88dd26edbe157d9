package iopath.analyzer.read;

import iopath.analyzer.event.CallStack;
import iopath.analyzer.event.EventFields.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
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

    /** By identity, since the JDK's class has no other equality; weak, since an entry would keep its chunk alive. */
    private final Map<RecordedStackTrace, Trace> known = new WeakHashMap<>();

    Trace of(@Nullable RecordedStackTrace stack) {
        if (stack == null) {
            return Trace.NONE;
        }
        Trace trace = known.get(stack);
        if (trace == null) {
            if (known.size() >= REMEMBERED) {
                known.clear();
            }
            trace = Trace.of(callStack(stack));
            known.put(stack, trace);
        }
        return trace;
    }

    private static CallStack callStack(RecordedStackTrace stack) {
        List<CallStack.Frame> frames = new ArrayList<>();
        for (RecordedFrame frame : stack.getFrames()) {
            RecordedMethod method = frame.getMethod();
            if (method != null && method.getType() != null && frame.isJavaFrame()) {
                frames.add(new CallStack.Frame(method.getType().getName(), method.getName(), frame.getLineNumber()));
            }
        }
        return new CallStack(frames, stack.isTruncated());
    }
}
