package iopath.analyzer.read;

import java.util.List;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import org.jspecify.annotations.Nullable;

/** The frame of a stack that an engineer can change. */
final class Sites {
    private static final List<String> NOT_THE_APPLICATION =
            List.of("java.", "javax.", "jdk.", "sun.", "com.sun.", "iopath.agent.");

    private Sites() {}

    /** The first frame outside the JDK and the agent, or {@code null}. */
    static @Nullable String of(@Nullable RecordedStackTrace stack) {
        if (stack == null) {
            return null;
        }
        for (RecordedFrame frame : stack.getFrames()) {
            RecordedMethod method = frame.getMethod();
            if (method == null || method.getType() == null || !frame.isJavaFrame()) {
                continue;
            }
            String type = method.getType().getName();
            if (isApplication(type)) {
                int line = frame.getLineNumber();
                return type + "." + method.getName() + (line > 0 ? ":" + line : "");
            }
        }
        return null;
    }

    /** A lambda's proxy class has another address in its name each time, and only calls the frame below. */
    static boolean isApplication(String type) {
        return !type.contains("$$Lambda") && NOT_THE_APPLICATION.stream().noneMatch(type::startsWith);
    }
}
