package iopath.agent.endpoint;

import java.io.IOException;
import java.lang.StackWalker.StackFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Tells the files that the Java runtime reads for itself from those of the application.
 *
 * <p>Its own are the files of {@code java.home}, the kernel's random numbers, and an archive or class file that a class
 * loader, or the launcher behind {@code java -jar}, is the first to read. What the application does with streams would
 * drown in them: a start alone reads some megabytes of jars.
 */
final class RuntimeFiles implements Function<Stream<StackFrame>, Boolean> {

    /** Files of {@code java.home} that distributions keep in folders of their own, with a link to them. */
    private static final List<String> LINKED =
            List.of("release", "conf/net.properties", "conf/security/java.security", "lib/security/cacerts");

    /** Frames between a class loader and the read that it causes; JDK 25's module readers need 20. */
    private static final int DEPTH = 48;

    private static final String LAUNCHER = "sun.launcher.LauncherHelper";

    private static final List<String> ARCHIVES = List.of(".jar", ".class", ".war", ".zip");

    private final StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private final List<String> own = new ArrayList<>(List.of("/dev/random", "/dev/urandom"));

    RuntimeFiles() {
        Path home = Path.of(System.getProperty("java.home", "/"));
        own.add(home.toString());
        for (String file : LINKED) {
            try {
                own.add(home.resolve(file).toRealPath().resolveSibling("").toString());
            } catch (IOException e) {
                // No such file in this runtime: nothing to own.
                continue;
            }
        }
        // Loads what a walk needs before a class loader can be on the stack.
        isClassLoading();
    }

    /**
     * Whether the runtime reads {@code path} for itself. Looks at the current thread's stack, so it is to be asked from
     * inside the first operation on the file.
     */
    boolean owns(String path) {
        for (String prefix : own) {
            if (path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
                return true;
            }
        }
        return isArchive(path) && isClassLoading();
    }

    private static boolean isArchive(String path) {
        int dot = path.lastIndexOf('.');
        return dot >= 0 && ARCHIVES.contains(path.substring(dot).toLowerCase(Locale.ROOT));
    }

    private boolean isClassLoading() {
        return walker.walk(this);
    }

    /** Whether a class loader or the launcher is among the frames. No lambdas: this runs inside class loading. */
    @Override
    public Boolean apply(Stream<StackFrame> frames) {
        Iterator<StackFrame> frame = frames.iterator();
        for (int i = 0; i < DEPTH && frame.hasNext(); i++) {
            Class<?> type = frame.next().getDeclaringClass();
            if (ClassLoader.class.isAssignableFrom(type) || type.getName().equals(LAUNCHER)) {
                return true;
            }
        }
        return false;
    }
}
