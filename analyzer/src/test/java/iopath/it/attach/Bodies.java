package iopath.it.attach;

import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An agent of the tests that writes classes of the JDK as they are now.
 *
 * <p>Loaded anew for each look: the JVM asks agents in the order in which they came, so the newest sees what the others
 * have done. One class in one file, so that a target which does not know it can be given it.
 */
public final class Bodies implements ClassFileTransformer {

    /** The classes of the JDK that the agent weaves, as far as a server loads them; some JDKs lack some. */
    public static final List<String> CLASSES = List.of(
            "java.io.FileInputStream",
            "java.io.FileOutputStream",
            "java.io.RandomAccessFile",
            "java.nio.DirectByteBuffer",
            "java.nio.HeapByteBuffer",
            "jdk.internal.foreign.NativeMemorySegmentImpl",
            "jdk.internal.foreign.SegmentFactories",
            "sun.nio.ch.DatagramChannelImpl",
            "sun.nio.ch.DatagramSocketAdaptor",
            "sun.nio.ch.FileChannelImpl",
            "sun.nio.ch.FileDispatcherImpl",
            "sun.nio.ch.IOUtil",
            "sun.nio.ch.NioSocketImpl",
            "sun.nio.ch.ServerSocketChannelImpl",
            "sun.nio.ch.SocketChannelImpl",
            "sun.nio.ch.UnixAsynchronousServerSocketChannelImpl",
            "sun.nio.fs.LinuxFileSystem",
            "sun.nio.fs.UnixCopyFile",
            "sun.nio.fs.UnixFileSystem",
            "sun.security.ssl.SSLEngineImpl",
            "sun.security.ssl.SSLSocketImpl$AppInputStream",
            "sun.security.ssl.SSLSocketOutputRecord");

    private final Set<Class<?>> classes = new LinkedHashSet<>();
    private final Map<String, byte[]> bytes = new HashMap<>();

    private Bodies() {
        for (String name : CLASSES) {
            try {
                classes.add(Class.forName(name, false, null));
            } catch (ClassNotFoundException e) {
                // Another JDK has it.
                continue;
            }
        }
    }

    /** Writes them below a folder. */
    public static void agentmain(String folder, Instrumentation instrumentation) throws Exception {
        Bodies last = new Bodies();
        instrumentation.addTransformer(last, true);
        try {
            instrumentation.retransformClasses(last.classes.toArray(new Class<?>[0]));
        } finally {
            instrumentation.removeTransformer(last);
        }
        for (Map.Entry<String, byte[]> entry : last.bytes.entrySet()) {
            write(Path.of(folder, entry.getKey() + ".class"), entry.getValue());
        }
    }

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

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
