package iopath.agent;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.aggregate.Totals;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.Namer;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import iopath.agent.observe.Observer;
import iopath.agent.probe.Probe;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Makes a known read and a known transfer after the hooks are in, to see that they are seen. */
final class SelfCheck {

    private static final int BYTES = 64;

    private SelfCheck() {}

    /**
     * Runs the check with tables of its own.
     *
     * @param file any file with at least {@value #BYTES} bytes
     * @return whether the hooks saw exactly what was done
     */
    static boolean passes(Path file) throws IOException {
        Endpoints endpoints = new Endpoints(new Namer(false, false), 16);
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
        Probe.sink = observer;
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel sink = FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE)) {
            source.read(ByteBuffer.allocate(BYTES), 0);
            source.transferTo(0, BYTES, sink);
        } finally {
            Probe.sink = null;
        }
        long read = 0;
        for (Totals.Row row : totals.drain()) {
            boolean own =
                    file.toString().equals(endpoints.row(Key.source(row.key())).name());
            if (own && Key.isOperation(row.key()) && !Key.isWrite(row.key())) {
                read += row.bytes();
            }
        }
        return read == 2 * BYTES;
    }
}
