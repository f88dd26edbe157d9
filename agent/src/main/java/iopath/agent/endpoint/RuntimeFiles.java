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
 * Tells what the Java runtime reads for itself from what the application reads.
 *
 * <p>Its own are the files of {@code java.home}, the kernel's random numbers, the limits of containers that JFR has it
 * read, and what a class loader, or the launcher behind {@code java -jar}, reads of archives and class files. What the
 * application does with streams would drown in them: a start alone reads some megabytes of jars.
 *
 * <p>An archive belongs to both: {@code java.util.zip.ZipFile} opens it once in a JVM, for whoever asks. So it is the
 * stack of a read that decides. A class loader that loads a class reads for the runtime. One that was asked for a
 * resource reads for the application, but for the archive's index. A stream that it has handed out is the application's.
 */
final class RuntimeFiles implements Function<Stream<StackFrame>, Boolean> {

    /** Files of {@code java.home} that distributions keep in folders of their own, with a link to them. */
    private static final List<String> LINKED =
            List.of("release", "conf/net.properties", "conf/security/java.security", "lib/security/cacerts");

    /** Frames between a class loader and the read that it causes; JDK 25's module readers need 20. */
    private static final int DEPTH = 48;

    /** Packages of iopath: what it reads while it works is no application's either. */
    private static final List<String> IOPATH = List.of("iopath.agent.", "iopath.analyzer.", "iopath.junit.");

    /** Has to be seen. */
    private static final String SELF_CHECK = "iopath.agent.SelfCheck";

    /** Reads the limits of containers. */
    private static final String PLATFORM = "jdk.internal.platform.";

    private static final String PROBE = "iopath.agent.probe.Probe";

    private static final String LAUNCHER = "sun.launcher.LauncherHelper";

    /** In the names of a class loader's methods that load classes: {@code loadClass}, {@code findClass} and so on. */
    private static final String CLASS = "Class";

    /** In the names of those that look for resources: {@code getResource}, {@code findResourcesOnClassPath}. */
    private static final String RESOURCE = "esource";

    /** Where an archive is opened: what is read in these methods of {@code ZipFile.Source} is its index. */
    private static final List<String> INDEX = List.of("initCEN", "findEND");

    private static final Class<?> ZIP = zip();

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
        reads();
    }

    /** Whether {@code path} is a file of the runtime, which nobody else reads. */
    boolean owns(String path) {
        for (String prefix : own) {
            if (path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code path} is one that class loaders read, by its name. */
    static boolean isArchive(String path) {
        int dot = path.lastIndexOf('.');
        return dot >= 0 && ARCHIVES.contains(path.substring(dot).toLowerCase(Locale.ROOT));
    }

    /** Whether the operation that is running on this thread is the runtime's; costs a walk of the stack. */
    boolean reads() {
        return walker.walk(this);
    }

    /** Whether the runtime reads, by its frames. No lambdas: this runs inside class loading. */
    @Override
    public Boolean apply(Stream<StackFrame> frames) {
        Iterator<StackFrame> all = frames.iterator();
        boolean index = false;
        boolean loader = false;
        boolean hooked = false;
        for (int i = 0; i < DEPTH && all.hasNext(); i++) {
            StackFrame frame = all.next();
            Class<?> type = frame.getDeclaringClass();
            if (type == ZIP) {
                index |= INDEX.contains(frame.getMethodName());
            } else if (ClassLoader.class.isAssignableFrom(type)) {
                String method = frame.getMethodName();
                if (method.contains(CLASS) && !method.contains(RESOURCE)) {
                    return true;
                }
                loader = true;
            } else if (type.getName().equals(PROBE)) {
                hooked = true;
            } else if (hooked && type.getName().equals(SELF_CHECK)) {
                return false;
            } else if (type.getName().equals(LAUNCHER)
                    || type.getName().startsWith(PLATFORM)
                    || hooked && isIopath(type.getName())) {
                return true;
            }
        }
        return loader && index;
    }

    /** The frames of the hook itself lie nearer to the read than those of the probe. */
    private static boolean isIopath(String type) {
        for (String prefix : IOPATH) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    private static Class<?> zip() {
        try {
            return Class.forName("java.util.zip.ZipFile$Source", false, null);
        } catch (ClassNotFoundException e) {
            // Then an index that is read for a resource counts as the application's.
            return RuntimeFiles.class;
        }
    }
}
