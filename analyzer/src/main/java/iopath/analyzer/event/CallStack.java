package iopath.analyzer.event;

import iopath.analyzer.library.Libraries;
import iopath.analyzer.library.Library;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The Java frames of a sample, with those that tell an engineer something.
 *
 * @param frames the innermost first
 * @param truncated whether the outermost frames were not recorded
 */
public record CallStack(List<Frame> frames, boolean truncated) {
    /** JFR records 64 frames unless it is told otherwise. */
    private static final int MAX_FRAMES = 100;

    private static final String CUT = "(callers not recorded)";
    private static final String AGENT = "iopath.agent.";
    private static final List<String> JDK = List.of("java.", "javax.", "jdk.", "sun.", "com.sun.");

    public CallStack {
        frames = List.copyOf(frames);
    }

    /**
     * One frame.
     *
     * @param type full name of the class, as in {@code com.example.Server$Worker}
     * @param line at least 1, or less if it is not known
     */
    public record Frame(String type, String method, int line) {

        String name() {
            return type + "." + method + (line > 0 ? ":" + line : "");
        }

        Frame withoutLine() {
            return new Frame(type, method, 0);
        }
    }

    /**
     * The first frame outside the JDK and the agent, or {@code null}.
     *
     * <p>A transport (see docs/libraries.md) is passed over while there is other code above it.
     */
    public @Nullable String site() {
        String transport = null;
        for (Frame frame : frames) {
            if (isApplication(frame.type())) {
                if (!isTransport(frame.type())) {
                    return frame.name();
                }
                transport = transport == null ? frame.name() : transport;
            }
        }
        return transport;
    }

    /**
     * The same of a stack in words.
     *
     * @param names as {@link #names()} has them
     */
    public static @Nullable String site(List<String> names) {
        String transport = null;
        for (int i = names.size() - 1; i >= 0; i--) {
            String name = names.get(i);
            if (!name.startsWith("(") && isApplication(name)) {
                if (!isTransport(name)) {
                    return name;
                }
                transport = transport == null ? name : transport;
            }
        }
        return transport;
    }

    private static boolean isTransport(String type) {
        return Libraries.known().of(type).filter(Library::isTransport).isPresent();
    }

    /** All frames outside the agent, the outermost first; those of the JDK without their lines. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        boolean cut = truncated;
        for (Frame frame : frames) {
            if (isHidden(frame.type())) {
                continue;
            }
            if (names.size() == MAX_FRAMES) {
                cut = true;
                break;
            }
            names.add(
                    isApplication(frame.type())
                            ? frame.name()
                            : frame.withoutLine().name());
        }
        if (cut) {
            names.add(CUT);
        }
        Collections.reverse(names);
        return names;
    }

    /**
     * Whether code is neither the JDK's nor the agent's.
     *
     * @param type the full name of a class, or a frame, which starts with one
     */
    public static boolean isApplication(String type) {
        return !isHidden(type) && JDK.stream().noneMatch(type::startsWith);
    }

    /** A lambda's proxy class has another address in its name each time, and only calls the frame below. */
    private static boolean isHidden(String type) {
        return type.contains("$$Lambda") || type.startsWith(AGENT);
    }
}
