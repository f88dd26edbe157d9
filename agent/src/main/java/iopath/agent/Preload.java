package iopath.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;

/**
 * Loads and initialises the classes that an operation runs through, before any operation can.
 *
 * <p>A class that is first loaded from inside a woven method is read from the agent's jar by a woven method, which
 * needs the class: the JVM answers with an error, and remembers it for good.
 */
final class Preload {

    private static final Set<String> STAGES = Set.of("aggregate", "classify", "emit", "endpoint", "link", "observe");

    /** Classes are loaded once in the life of a JVM. */
    private static boolean done;

    private Preload() {}

    /** Loads all stages from {@code jar}, unless that was done: the file may have been deleted since. */
    static void run(Path jar) throws IOException, ClassNotFoundException {
        if (done) {
            return;
        }
        String root = Preload.class.getPackageName().replace('.', '/') + '/';
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entries = file.entries(); entries.hasMoreElements(); ) {
                String name = entries.nextElement().getName();
                if (name.startsWith(root) && name.endsWith(".class") && !name.endsWith("package-info.class")) {
                    String rest = name.substring(root.length());
                    int slash = rest.indexOf('/');
                    if (slash > 0 && STAGES.contains(rest.substring(0, slash))) {
                        Class.forName(name.substring(0, name.length() - 6).replace('/', '.'));
                    }
                }
            }
        }
        done = true;
    }
}
