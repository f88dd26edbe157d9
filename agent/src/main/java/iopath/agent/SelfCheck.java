package iopath.agent;

import iopath.agent.instrument.HookInstaller;
import iopath.agent.probe.Probe;
import iopath.agent.probe.Sink;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Makes known reads after the hooks are in, to see that each is seen exactly once.
 *
 * <p>It asks the kernel for no transfer from file to file: one that is refused turns them off for the whole JVM
 * ({@code FileChannelImpl.fileSupported}, JDK 17 and 21). Its buffers are its own, so that what the application reads at
 * the same time is told apart.
 */
final class SelfCheck implements Sink {

    /** A file of every process that has more bytes than are read of it (proc(5)). */
    private static final String FILE = "/proc/self/status";

    private static final int BYTES = 64;

    private final ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    private final byte[] array = new byte[BYTES];
    private final Thread thread = Thread.currentThread();
    private int calls;
    private long bytes;

    private SelfCheck() {}

    /**
     * Runs the check, while nobody records.
     *
     * @return what is wrong, {@code null} if the hooks saw exactly what was done
     */
    static @Nullable String run(HookInstaller hooks) throws IOException {
        return new SelfCheck().run(hooks.includes("channels"), hooks.includes("streams"));
    }

    private @Nullable String run(boolean channels, boolean streams) throws IOException {
        int reads = 0;
        try (FileChannel channel = FileChannel.open(Path.of(FILE), StandardOpenOption.READ);
                FileInputStream stream = new FileInputStream(FILE)) {
            Probe.sink = this;
            if (channels) {
                reads += channel.read(buffer, 0) == BYTES ? 1 : 0;
            }
            if (streams) {
                reads += stream.read(array) == BYTES ? 1 : 0;
            }
        } finally {
            Probe.sink = null;
        }
        if (calls == reads && bytes == (long) reads * BYTES) {
            return null;
        }
        return "the hooks saw " + calls + " of " + reads + " reads and " + bytes + " of " + reads * BYTES
                + " bytes of the self check";
    }

    @Override
    public @Nullable Object begin() {
        return Thread.currentThread() == thread ? this : null;
    }

    @Override
    public void endRead(Object token, FileDescriptor fd, ByteBuffer read, int result) {
        if (read == buffer) {
            calls++;
            bytes += result;
        }
    }

    @Override
    public void endReadArray(Object token, FileDescriptor fd, byte[] read, int offset, int length, int result) {
        if (read == array) {
            calls++;
            bytes += result;
        }
    }
}
