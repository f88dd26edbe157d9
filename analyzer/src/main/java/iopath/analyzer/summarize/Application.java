package iopath.analyzer.summarize;

import iopath.analyzer.event.CallStack;
import iopath.analyzer.library.Libraries;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which code of a stack is the application's own, and not a library's.
 *
 * @param named packages or classes that somebody has named, such as {@code com.example}; empty to find it
 * @param main the packages of main classes, which count before other code that no library is known to have
 */
public record Application(List<String> named, List<String> main) {
    /** Nobody has named it. */
    public static final Application TO_BE_FOUND = new Application(List.of());

    public Application {
        named = List.copyOf(named);
        main = List.copyOf(main);
    }

    /** What was named; empty to find it. */
    public Application(List<String> named) {
        this(named, List.of());
    }

    /** The same, with what main classes tell of it; one of a library, as a server's launcher is, tells nothing. */
    Application of(List<Recording.Process> jvms) {
        List<String> packages = new ArrayList<>();
        for (Recording.Process jvm : jvms) {
            String type = jvm.mainClass() == null ? "" : jvm.mainClass();
            // As 'java -m' has it: the module, a slash, the class.
            String name = type.endsWith(".jar") ? "" : type.substring(type.lastIndexOf('/') + 1);
            if (!name.isEmpty() && isNobodysElse(name)) {
                packages.add(name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name);
            }
        }
        return new Application(named, packages);
    }

    /**
     * The innermost frame of the application's, or {@code null} if there is none.
     *
     * @param frames the outermost first, as a {@link Stack} has them
     */
    @Nullable
    String frameOf(List<String> frames) {
        if (!named.isEmpty()) {
            return innermost(frames, named);
        }
        String own = innermost(frames, main);
        if (own != null) {
            return own;
        }
        for (int i = frames.size() - 1; i >= 0; i--) {
            String frame = frames.get(i);
            if (!frame.startsWith("(") && isNobodysElse(frame)) {
                return frame;
            }
        }
        return null;
    }

    private static @Nullable String innermost(List<String> frames, List<String> packages) {
        for (int i = frames.size() - 1; i >= 0; i--) {
            String frame = frames.get(i);
            if (packages.stream().anyMatch(name -> frame.startsWith(name + ".") || frame.startsWith(name + "$"))) {
                return frame;
            }
        }
        return null;
    }

    private static boolean isNobodysElse(String type) {
        return CallStack.isApplication(type) && Libraries.known().of(type).isEmpty();
    }
}
