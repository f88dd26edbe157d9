package iopath.it.attach;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An agent of the tests that writes classes of the JDK as they are now.
 *
 * <p>Loaded anew for each look: the JVM asks agents in the order in which they came, so the newest sees what the others
 * have done.
 */
public final class Bodies {

    private static final List<String> CLASSES = List.of(
            "sun.nio.ch.IOUtil",
            "sun.nio.ch.FileChannelImpl",
            "sun.nio.ch.FileDispatcherImpl",
            "sun.nio.ch.SocketChannelImpl",
            "sun.nio.ch.ServerSocketChannelImpl",
            "java.nio.DirectByteBuffer",
            "java.nio.HeapByteBuffer",
            "sun.security.ssl.SSLEngineImpl");

    private Bodies() {}

    /** Writes them below a folder. */
    public static void agentmain(String folder, Instrumentation instrumentation) throws Exception {
        List<Class<?>> classes = new ArrayList<>();
        for (String name : CLASSES) {
            classes.add(Class.forName(name, false, null));
        }
        Map<String, byte[]> bytes = new HashMap<>();
        ClassFileTransformer last = new ClassFileTransformer() {
            @Override
            public byte @Nullable [] transform(
                    @Nullable ClassLoader loader,
                    String name,
                    @Nullable Class<?> type,
                    @Nullable ProtectionDomain domain,
                    byte[] now) {
                if (type != null && classes.contains(type)) {
                    bytes.put(name, now.clone());
                }
                return null;
            }
        };
        instrumentation.addTransformer(last, true);
        try {
            instrumentation.retransformClasses(classes.toArray(Class<?>[]::new));
        } finally {
            instrumentation.removeTransformer(last);
        }
        for (Map.Entry<String, byte[]> entry : bytes.entrySet()) {
            write(Path.of(folder, entry.getKey() + ".class"), entry.getValue());
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
