package iopath.agent;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.aggregate.Totals;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.Namer;
import iopath.agent.instrument.HookInstaller;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import iopath.agent.observe.Observer;
import iopath.agent.probe.Probe;
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
 * ({@code FileChannelImpl.fileSupported}, JDK 17 and 21).
 */
final class SelfCheck {

    /** A file of every process that has more bytes than are read of it (proc(5)); names come from there too. */
    private static final String FILE = "/proc/self/status";

    private static final int BYTES = 64;

    /** The application may read the same file at the same time: one of these is undisturbed. */
    private static final int ATTEMPTS = 5;

    private SelfCheck() {}

    /**
     * Runs the check with tables of its own.
     *
     * @return what is wrong, {@code null} if the hooks saw exactly what was done
     */
    static @Nullable String run(HookInstaller hooks) throws IOException {
        boolean channels = hooks.includes("channels");
        boolean streams = hooks.includes("streams");
        String wrong = null;
        for (int i = 0; i < ATTEMPTS && (channels || streams); i++) {
            wrong = attempt(channels, streams);
            if (wrong == null) {
                return null;
            }
        }
        return wrong;
    }

    private static @Nullable String attempt(boolean channels, boolean streams) throws IOException {
        Endpoints endpoints = new Endpoints(new Namer(null, false), 16);
        Totals totals = new Totals(endpoints, 64);
        LinkTable links = new LinkTable(2);
        Observer observer = new Observer(
                endpoints,
                links,
                new Contents(links, 0),
                new Details(),
                totals,
                (key, bytes, weight, number, corrects) -> {},
                Long.MAX_VALUE >> 8);
        int reads = 0;
        int row;
        Probe.sink = observer;
        try (FileChannel channel = FileChannel.open(Path.of(FILE), StandardOpenOption.READ);
                FileInputStream stream = new FileInputStream(FILE)) {
            if (channels) {
                reads += channel.read(ByteBuffer.allocate(BYTES), 0) == BYTES ? 1 : 0;
            }
            if (streams) {
                reads += stream.read(new byte[BYTES]) == BYTES ? 1 : 0;
            }
            row = endpoints.of(stream.getFD()).id();
        } finally {
            Probe.sink = null;
        }
        long bytes = 0;
        long calls = 0;
        for (Totals.Row seen : totals.drain()) {
            if (Key.isOperation(seen.key()) && Key.source(seen.key()) == row) {
                bytes += seen.bytes();
                calls += seen.calls();
            }
        }
        if (calls == reads && bytes == (long) reads * BYTES) {
            return null;
        }
        return "the hooks saw " + calls + " of " + reads + " reads and " + bytes + " of " + reads * BYTES
                + " bytes of the self check";
    }
}
