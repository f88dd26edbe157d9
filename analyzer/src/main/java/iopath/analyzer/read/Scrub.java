package iopath.analyzer.read;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Takes out of a recording what iopath did not ask for and must not pass on: command lines, environment, properties.
 *
 * <p>JFR has one stream of events for all recordings of a JVM, so those that another recording asks for are in ours.
 * Their bytes are overwritten in place by an event that all parsers step over; offsets stay as they are.
 */
public final class Scrub {

    /** Events of the JDK with arguments, variables or properties, which may hold passwords. */
    static final Set<String> SECRET = Set.of(
            "jdk.JVMInformation",
            "jdk.InitialSystemProperty",
            "jdk.InitialEnvironmentVariable",
            "jdk.SystemProcess",
            "jdk.ProcessStart");

    /** What is left where names are to be hidden: no other event has been told to hide them. */
    static final Set<String> REDACTED = Set.of(
            "iopath.Transfer",
            "iopath.TransferTotals",
            "iopath.IoTotals",
            "iopath.Content",
            "iopath.Hook",
            "iopath.Agent",
            "jdk.CPULoad",
            "jdk.CPUInformation",
            "jdk.DataLoss",
            "jdk.ActiveSetting");

    /** Type numbers of metadata and checkpoints (jdk.jfr.internal.consumer.ChunkParser, JDK 17 to 25). */
    private static final int METADATA = 0;

    private static final int CHECKPOINT = 1;

    /** The longest size that one byte holds. */
    private static final int SHORT = 127;

    private final FileChannel file;
    private final Bytes bytes;
    private final boolean redacted;

    private Scrub(FileChannel file, boolean redacted) throws IOException {
        this.file = file;
        this.bytes = new Bytes(file);
        this.redacted = redacted;
    }

    /**
     * Scrubs a file in place.
     *
     * @param recording of any JVM, whole or cut; what is no chunk in it stays
     * @param redacted whether events other than iopath's go as well
     */
    public static void of(Path recording, boolean redacted) throws IOException {
        try (FileChannel file = FileChannel.open(recording, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Scrub scrub = new Scrub(file, redacted);
            for (Chunk chunk : ChunkIndex.of(recording, scrub.bytes).chunks()) {
                scrub.chunk(chunk);
            }
        }
    }

    private void chunk(Chunk chunk) throws IOException {
        ChunkScan scan = ChunkScan.of(bytes, chunk, redacted ? REDACTED : SECRET);
        Set<Long> named = new HashSet<>(scan.names().values());
        boolean isReadable = scan.metadata() != 0;
        List<ChunkScan.Gap> stretches = new ArrayList<>();
        long from = ChunkHeader.LENGTH;
        for (ChunkScan.Gap gap : scan.gaps()) {
            stretches.add(new ChunkScan.Gap(from, gap.begin()));
            from = gap.end();
        }
        stretches.add(new ChunkScan.Gap(from, scan.end()));
        for (ChunkScan.Gap stretch : stretches) {
            EventWalk walk = new EventWalk(bytes, chunk.begin() + stretch.begin(), chunk.begin() + stretch.end());
            while (walk.next()) {
                boolean isOther = walk.type() != METADATA && walk.type() != CHECKPOINT;
                // Without metadata nobody can read the events, and nobody can say which hold secrets.
                if (isOther && (!isReadable || named.contains(walk.type()) != redacted)) {
                    overwrite(walk.position(), (int) walk.size());
                }
            }
        }
    }

    /** Puts an empty metadata event there, which no header points to. */
    private void overwrite(long position, int size) throws IOException {
        ByteBuffer event = ByteBuffer.allocate(size);
        if (size <= SHORT) {
            event.put((byte) size);
        } else {
            ChunkCopy.putSize(event, size);
        }
        event.put((byte) METADATA).rewind();
        while (event.hasRemaining()) {
            file.write(event, position + event.position());
        }
    }
}
