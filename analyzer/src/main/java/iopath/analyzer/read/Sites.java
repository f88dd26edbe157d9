package iopath.analyzer.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/** The frames of a stack that tell an engineer something, and the one that can be changed. */
final class Sites {
    /** JFR records 64 frames unless it is told otherwise. */
    private static final int MAX_FRAMES = 100;

    private static final String CUT = "(callers not recorded)";
    private static final String AGENT = "iopath.agent.";
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    private Sites() {}

    /** The first frame outside the JDK and the agent, or {@code null}. */
    static @Nullable String of(RecordedStackTrace stack) {
        for (RecordedFrame frame : stack.getFrames()) {
            RecordedMethod method = method(frame);
            if (method != null && isApplication(method.getType().getName())) {
                return name(method, frame.getLineNumber());
            }
        }
        return null;
    }

    /** All frames outside the agent, the outermost first; those of the JDK without their lines. */
    static List<String> frames(RecordedStackTrace stack) {
        List<String> frames = new ArrayList<>();
        boolean cut = stack.isTruncated();
        for (RecordedFrame frame : stack.getFrames()) {
            RecordedMethod method = method(frame);
            if (method == null || isHidden(method.getType().getName())) {
                continue;
            }
            if (frames.size() == MAX_FRAMES) {
                cut = true;
                break;
            }
            boolean application = isApplication(method.getType().getName());
            frames.add(name(method, application ? frame.getLineNumber() : -1));
        }
        if (cut) {
            frames.add(CUT);
        }
        Collections.reverse(frames);
        return frames;
    }

    private static @Nullable RecordedMethod method(RecordedFrame frame) {
        RecordedMethod method = frame.getMethod();
        return method == null || method.getType() == null || !frame.isJavaFrame() ? null : method;
    }

    private static String name(RecordedMethod method, int line) {
        return method.getType().getName() + "." + method.getName() + (line > 0 ? ":" + line : "");
    }

    static boolean isApplication(String type) {
        return !isHidden(type) && JDK.stream().noneMatch(type::startsWith);
    }

    /** A lambda's proxy class has another address in its name each time, and only calls the frame below. */
    private static boolean isHidden(String type) {
        return type.contains("$$Lambda") || type.startsWith(AGENT);
    }
}
