package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.MIB;
import static iopath.it.scenario.Place.SENT;
import static iopath.it.scenario.Place.SMALL;
import static iopath.it.scenario.Place.SMALL_BYTES;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.GatheringByteChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/** What an application reads and writes itself: which read filled the memory that a write sends. */
final class Loops {

    private static final int BUFFER = 16 << 10;
    private static final int HEADER = 16;
    private static final int PART = 1000;

    private Loops() {}

    /** The classic: four copies per byte. */
    @Scenario(value = "read and write through the heap", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void heap(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            loop(source, socket, ByteBuffer.allocate(BUFFER));
        }
    }

    /** Two copies less. */
    @Scenario(value = "read and write through a direct buffer", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void direct(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            loop(source, socket, ByteBuffer.allocateDirect(BUFFER));
        }
    }

    /** Two pieces of a pool, one after the other in memory, sent in the other order: each byte is read once, sent once. */
    @Scenario(value = "read and write pieces of a pool in reverse", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void reversed(Place place) throws IOException {
        ByteBuffer pool = ByteBuffer.allocateDirect(2 * BUFFER).alignedSlice(BUFFER);
        ByteBuffer first = pool.slice(0, BUFFER / 2);
        ByteBuffer second = pool.slice(BUFFER / 2, BUFFER / 2);
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            for (int sent = 0; sent < MIB; sent += BUFFER) {
                source.read(first.clear());
                source.read(second.clear());
                Place.writeFully(socket, second.flip());
                Place.writeFully(socket, first.flip());
            }
        }
    }

    /** A copy of a file by hand. */
    @Scenario("read and write from file to file")
    @Moves(from = "file", to = "file", path = "heap", reason = "read-write-loop", evidence = "same-buffer", bytes = MIB)
    static void fileToFile(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = place.create("out")) {
            loop(source, target, ByteBuffer.allocate(BUFFER));
        }
    }

    /** The same on a virtual thread. */
    @Scenario(value = "read and write on a virtual thread", peers = PeerKind.DRAIN, since = 21, varies = true)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void virtualThread(Place place) throws Exception {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            Virtual.run(() -> loop(source, socket, ByteBuffer.allocate(BUFFER)));
        }
    }

    /** A read-only heap buffer hides its array. */
    @Scenario(value = "write a read-only view of what was read", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void readOnlyView(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            while (source.read(buffer.clear()) >= 0) {
                Place.writeFully(socket, buffer.flip().asReadOnlyBuffer());
            }
        }
    }

    /** Reads at a position, into the middle of a buffer. */
    @Scenario(value = "read at positions, backwards", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void positional(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(2 * BUFFER);
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            for (long position = MIB - BUFFER; position >= 0; position -= BUFFER) {
                buffer.clear().position(100).limit(100 + BUFFER);
                source.read(buffer, position);
                buffer.position(100);
                Place.writeFully(socket, buffer);
            }
        }
    }

    /** Other buffer objects over the same memory. */
    @Scenario(value = "write slices and duplicates of what was read", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void slicesAndDuplicates(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        int half = BUFFER / 2;
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            while (source.read(buffer.clear()) >= 0) {
                Place.writeFully(socket, buffer.duplicate().position(0).limit(half));
                Place.writeFully(socket, buffer.slice(half, half));
            }
        }
    }

    /** A socket that takes less than offered, and a buffer that moves the rest to its front. */
    @Scenario(value = "partial writes and compact", peers = PeerKind.IDLE, varies = true)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void partialWrites(Place place) throws IOException {
        // More than both ends of the socket hold.
        ByteBuffer buffer = ByteBuffer.allocateDirect(40 * BUFFER + 123);
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connectNarrow(0)) {
            socket.configureBlocking(false);
            boolean draining = false;
            boolean partial = false;
            boolean more = true;
            while (more || buffer.position() > 0) {
                more = more && source.read(buffer) >= 0;
                buffer.flip();
                int written = socket.write(buffer);
                partial |= written > 0 && buffer.hasRemaining();
                if (written == 0 && buffer.hasRemaining()) {
                    if (!draining) {
                        draining = true;
                        place.tell(Place.DRAIN);
                    }
                    Place.awaitWritable(socket);
                }
                buffer.compact();
            }
            place.result("partial", partial);
        }
    }

    /** One read into two buffers, one write from both. */
    @Scenario(value = "scatter and gather", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void scatterGather(Place place) throws IOException {
        ByteBuffer[] buffers = {ByteBuffer.allocateDirect(PART), ByteBuffer.allocateDirect(BUFFER)};
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            while (source.read(buffers) >= 0) {
                gather(socket, buffers);
                buffers[0].clear();
                buffers[1].clear();
            }
        }
    }

    /** A header of the application in front of every chunk. */
    @Scenario(value = "gather with a header in front", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    @Moves(from = "memory", to = "socket", path = "direct", bytes = MIB / BUFFER * HEADER)
    static void gatherHeader(Place place) throws IOException {
        ByteBuffer header = ByteBuffer.allocateDirect(HEADER);
        ByteBuffer body = ByteBuffer.allocateDirect(BUFFER);
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            while (source.read(body.clear()) >= 0) {
                Place.generate(header.clear());
                gather(socket, header, body);
            }
        }
    }

    /** The header in the same buffer as the body. */
    @Scenario(value = "a header in front, in the same buffer", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    @Moves(from = "memory", to = "socket", path = "heap", bytes = MIB / BUFFER * HEADER)
    static void headerInFront(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER + BUFFER);
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            while (true) {
                Place.generate(buffer.clear().limit(HEADER));
                if (source.read(buffer.limit(HEADER + BUFFER)) < 0) {
                    return;
                }
                Place.writeFully(socket, buffer.flip());
            }
        }
    }

    /** Read once, sent three times: every byte written has its source. */
    @Scenario(
            value = "one buffer to three sockets",
            peers = {PeerKind.DRAIN, PeerKind.DRAIN, PeerKind.DRAIN})
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            detail = "sent-again",
            evidence = "same-buffer",
            bytes = 2L * MIB)
    static void threeSockets(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (FileChannel source = place.open(DATA);
                SocketChannel one = place.connect(0);
                SocketChannel two = place.connect(1);
                SocketChannel three = place.connect(2)) {
            while (source.read(buffer.clear()) >= 0) {
                buffer.flip();
                Place.writeFully(one, buffer.duplicate());
                Place.writeFully(two, buffer.duplicate());
                Place.writeFully(three, buffer.duplicate());
            }
        }
    }

    /** One thread reads, another writes. */
    @Scenario(value = "read in one thread, write in another", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void twoThreads(Place place) throws Exception {
        BlockingQueue<ByteBuffer> empty = new ArrayBlockingQueue<>(4);
        BlockingQueue<ByteBuffer> full = new ArrayBlockingQueue<>(4);
        // Apart: neighbours can share a row of the agent's table, and a thread that loses its processor there costs the
        // other one a link.
        empty.put(ByteBuffer.allocateDirect(3 * BUFFER).slice(BUFFER, BUFFER));
        empty.put(ByteBuffer.allocateDirect(3 * BUFFER).slice(BUFFER, BUFFER));
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            Thread writer = new Thread(Virtual.unchecked(() -> {
                for (int i = 0; i < MIB / BUFFER; i++) {
                    ByteBuffer buffer = take(full);
                    Place.writeFully(socket, buffer.flip());
                    empty.add(buffer.clear());
                }
            }));
            writer.start();
            for (int i = 0; i < MIB / BUFFER; i++) {
                ByteBuffer buffer = take(empty);
                source.read(buffer);
                full.add(buffer);
            }
            writer.join();
        }
    }

    /** An upload: the JDK has no in-kernel way from a socket. */
    @Scenario(value = "read a socket, write a file", peers = PeerKind.SEND)
    @Moves(
            from = "socket",
            to = "file",
            path = "direct",
            reason = "no-jdk-path",
            evidence = "same-buffer",
            bytes = SENT)
    static void socketToFile(Place place) throws IOException {
        try (SocketChannel source = place.connect(0);
                FileChannel target = place.create("out")) {
            place.awaitReady();
            loop(source, target, ByteBuffer.allocateDirect(BUFFER));
        }
    }

    /** A proxy. */
    @Scenario(
            value = "read a socket, write a socket",
            peers = {PeerKind.SEND, PeerKind.DRAIN})
    @Moves(
            from = "socket",
            to = "socket",
            path = "heap",
            reason = "no-jdk-path",
            evidence = "same-buffer",
            bytes = SENT)
    static void proxy(Place place) throws IOException {
        try (SocketChannel source = place.connect(0);
                SocketChannel target = place.connect(1)) {
            place.awaitReady();
            loop(source, target, ByteBuffer.allocate(BUFFER));
        }
    }

    /** Read through page faults, so that no system call reads. */
    @Scenario(value = "write a mapped file to a socket", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "mapped",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void mapped(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            Place.writeFully(socket, source.map(MapMode.READ_ONLY, 0, MIB));
        }
    }

    /** Written through page faults. */
    @Scenario(value = "read a socket into a mapped file", peers = PeerKind.SEND)
    @Moves(
            from = "socket",
            to = "file",
            path = "mapped",
            reason = "no-jdk-path",
            evidence = "same-buffer",
            bytes = SENT)
    static void intoMapped(Place place) throws IOException {
        try (SocketChannel source = place.connect(0);
                FileChannel target = FileChannel.open(
                        place.file("out"),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            MappedByteBuffer buffer = target.map(MapMode.READ_WRITE, 0, SENT);
            place.awaitReady();
            while (buffer.hasRemaining() && source.read(buffer) >= 0) {}
        }
    }

    /** Many small operations: exact all the same. */
    @Scenario(value = "many small reads and writes", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void small(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            loop(source, socket, ByteBuffer.allocate(512));
        }
    }

    /** Many small reads collected in one buffer, then one write. */
    @Scenario(value = "many reads, one write", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = SMALL_BYTES)
    static void collect(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SMALL_BYTES);
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            for (int end = 512; end <= SMALL_BYTES; end += 512) {
                source.read(buffer.limit(end));
            }
            Place.writeFully(socket, buffer.flip());
        }
    }

    /** A part of what was read is passed on; the rest stays with the application. */
    @Scenario(value = "write a part of what was read", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = PART)
    @Moves(from = "file", to = "memory", path = "direct", bytes = SMALL_BYTES - PART)
    static void part(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SMALL_BYTES);
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            source.read(buffer);
            Place.writeFully(socket, buffer.slice(3000, PART));
        }
    }

    private static ByteBuffer take(BlockingQueue<ByteBuffer> queue) throws IOException {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void gather(GatheringByteChannel channel, ByteBuffer... buffers) throws IOException {
        long left = 0;
        for (ByteBuffer buffer : buffers) {
            left += buffer.flip().remaining();
        }
        while (left > 0) {
            left -= channel.write(buffers);
        }
    }

    private static void loop(ReadableByteChannel source, WritableByteChannel target, ByteBuffer buffer)
            throws IOException {
        while (source.read(buffer.clear()) >= 0) {
            Place.writeFully(target, buffer.flip());
        }
    }
}
