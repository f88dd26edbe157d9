package iopath.analyzer.calibrate;

import iopath.analyzer.price.Point;
import iopath.analyzer.price.Point.Lane;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/** The list of all that is measured. */
final class Ways {
    private static final String FILE = "file";
    private static final String SOCKET = "socket";
    private static final String MEMORY = "memory";

    private static final int KIB = 1 << 10;
    private static final int[] SENT = {512, 4 * KIB, 8 * KIB, 64 * KIB, 1 << 20};
    private static final int[] KERNEL = {4 * KIB, 64 * KIB, 1 << 20};
    private static final int[] COPIED = {4 * KIB, 64 * KIB, 1 << 20};
    private static final int[] MAPPED_COPIED = {64 * KIB, Ends.MAP_BYTES};
    private static final int[] ONE_SIDED = {512, 4 * KIB, 64 * KIB};

    private final Ends ends;
    private final List<Way> ways = new ArrayList<>();

    private Ways(Ends ends) {
        this.ends = ends;
    }

    static List<Way> of(Ends ends, TlsPair tls) {
        Ways all = new Ways(ends);
        all.kernel();
        all.mapped();
        all.buffered("direct", 2, ByteBuffer::allocateDirect);
        all.buffered("heap", 4, ByteBuffer::allocate);
        all.encrypted(tls);
        return all.ways;
    }

    private void kernel() {
        // A file's bytes go into a file by sendfile before JDK 21, by copy_file_range from then on.
        String toFile = Runtime.version().feature() < 21 ? "sendfile" : "copy-file-range";
        for (int chunk : KERNEL) {
            add(new Lane(FILE, SOCKET, "sendfile", 0), chunk, () -> ends.transferToSocket(chunk));
            add(new Lane(FILE, FILE, toFile, 1), chunk, () -> ends.transferToCopy(chunk));
        }
    }

    private void mapped() {
        for (int chunk : SENT) {
            add(new Lane(FILE, SOCKET, "mapped", 1), chunk, () -> {
                ends.writeSocket(ends.mapped(chunk));
                return chunk;
            });
        }
        for (int chunk : MAPPED_COPIED) {
            add(new Lane(FILE, FILE, "mapped", 1), chunk, () -> {
                ends.writeCopy(ends.mapped(chunk));
                return chunk;
            });
        }
    }

    /** Through a buffer, whole, with each half alone for the pairs that are not measured whole. */
    private void buffered(String path, int copies, IntFunction<ByteBuffer> memory) {
        for (int chunk : SENT) {
            ByteBuffer buffer = memory.apply(chunk);
            add(new Lane(FILE, SOCKET, path, copies), chunk, () -> {
                ends.read(buffer.clear());
                ends.writeSocket(buffer.flip());
                return chunk;
            });
        }
        for (int chunk : COPIED) {
            ByteBuffer buffer = memory.apply(chunk);
            add(new Lane(FILE, FILE, path, copies), chunk, () -> {
                ends.read(buffer.clear());
                ends.writeCopy(buffer.flip());
                return chunk;
            });
        }
        for (int chunk : ONE_SIDED) {
            ByteBuffer buffer = memory.apply(chunk);
            int half = copies / 2;
            add(new Lane(FILE, MEMORY, path, half), chunk, () -> {
                ends.read(buffer.clear());
                return chunk;
            });
            add(new Lane(MEMORY, SOCKET, path, half), chunk, () -> {
                ends.writeSocket(buffer.clear());
                return chunk;
            });
            add(new Lane(MEMORY, FILE, path, half), chunk, () -> {
                ends.writeCopy(buffer.clear());
                return chunk;
            });
            add(new Lane(SOCKET, MEMORY, path, half), chunk, () -> ends.feed.read(buffer.clear()));
        }
    }

    private void encrypted(TlsPair tls) {
        encrypted(tls, 4, 1, ByteBuffer::allocate);
        encrypted(tls, 2, 1, ByteBuffer::allocateDirect);
        encrypted(tls, 2, 8, ByteBuffer::allocateDirect);
    }

    /** So many records of 16 KiB a write. */
    private void encrypted(TlsPair tls, int copies, int records, IntFunction<ByteBuffer> memory) {
        int chunk = records * TlsPair.RECORD_BYTES;
        ByteBuffer plain = memory.apply(chunk);
        ByteBuffer secret = memory.apply((records + 1) * tls.packetBytes());
        add(new Lane(FILE, SOCKET, "tls", copies), chunk, () -> {
            ends.read(plain.clear());
            tls.wrap(plain.flip(), secret.clear());
            ends.writeSocket(secret.flip());
            return chunk;
        });
        add(new Lane(MEMORY, MEMORY, Point.CIPHER, copies), chunk, () -> {
            tls.wrap(plain.clear(), secret.clear());
            return chunk;
        });
    }

    private void add(Lane lane, int chunk, Way.Step step) {
        ways.add(new Way(lane, chunk, step));
    }
}
