package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.MIB;
import static iopath.it.scenario.Place.SENT;
import static iopath.it.scenario.Place.SMALL;
import static iopath.it.scenario.Place.SMALL_BYTES;
import static iopath.it.scenario.Place.ZERO_BYTES;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Memory that once held what was read and now holds something else: a link here would be a false one. */
final class Traps {

    private static final int BUFFER = 16 << 10;
    private static final int PART = 1000;

    private Traps() {}

    /** Encrypted, compressed, or as here: every byte changed in place. */
    @Scenario(value = "what was read is changed before it is written", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "memory", path = "direct", bytes = MIB)
    @Moves(from = "memory", to = "socket", path = "direct", reason = "modified", bytes = MIB)
    static void changed(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            while (source.read(buffer.clear()) >= 0) {
                buffer.flip();
                for (int i = 0; i < buffer.limit(); i++) {
                    buffer.put(i, (byte) (buffer.get(i) ^ 0x5A));
                }
                Place.writeFully(socket, buffer);
            }
        }
    }

    /** The buffer is used for something else. */
    @Scenario(value = "the buffer is refilled by the application", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "memory", path = "direct", bytes = SMALL_BYTES)
    @Moves(from = "memory", to = "socket", path = "direct", reason = "modified", bytes = SMALL_BYTES)
    static void refilled(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SMALL_BYTES);
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            source.read(buffer);
            Place.generate(buffer.clear());
            Place.writeFully(socket, buffer.flip());
        }
    }

    /** A pooled buffer is first passed on, then used for the application's own bytes. */
    @Scenario(value = "a pooled buffer is used for other content", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = SMALL_BYTES)
    @Moves(from = "memory", to = "socket", path = "direct", reason = "modified", bytes = SMALL_BYTES)
    static void pooled(Place place) throws IOException {
        ByteBuffer pool = ByteBuffer.allocateDirect(2 * BUFFER);
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            ByteBuffer first = pool.slice(BUFFER, SMALL_BYTES);
            source.read(first);
            Place.writeFully(socket, first.flip());
            ByteBuffer second = pool.slice(BUFFER, SMALL_BYTES);
            Place.generate(second);
            Place.writeFully(socket, second.flip());
        }
    }

    /** The same with a heap array. */
    @Scenario(value = "a heap array is used for other content", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "memory", path = "heap", bytes = SMALL_BYTES)
    @Moves(from = "memory", to = "socket", path = "heap", reason = "modified", bytes = SMALL_BYTES)
    static void array(Place place) throws IOException {
        byte[] array = new byte[SMALL_BYTES];
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            source.read(ByteBuffer.wrap(array));
            Arrays.fill(array, (byte) 42);
            Place.writeFully(socket, ByteBuffer.wrap(array));
        }
    }

    /** A newer read into the same memory takes the older one's place. */
    @Scenario(
            value = "a buffer is refilled from another source",
            peers = {PeerKind.SEND, PeerKind.DRAIN})
    @Moves(from = "file", to = "memory", path = "direct", bytes = SMALL_BYTES)
    @Moves(
            from = "socket",
            to = "socket",
            path = "direct",
            reason = "no-jdk-path",
            evidence = "same-buffer",
            bytes = SENT)
    static void otherSource(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SENT);
        try (FileChannel file = place.open(SMALL);
                SocketChannel source = place.connect(0);
                SocketChannel target = place.connect(1)) {
            place.awaitReady();
            file.read(buffer);
            buffer.clear();
            while (buffer.hasRemaining() && source.read(buffer) >= 0) {}
            Place.writeFully(target, buffer.flip());
        }
    }

    /** Memory freed and allocated again has the old address, and here even the old content: it is not what was read. */
    @Scenario(value = "a direct buffer at the address of one that was freed", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "memory", path = "direct", bytes = ZERO_BYTES)
    @Moves(from = "memory", to = "socket", path = "direct", bytes = ZERO_BYTES)
    static void freed(Place place) throws Exception {
        ByteBuffer read = ByteBuffer.allocateDirect(ZERO_BYTES);
        try (FileChannel source = place.open(Place.ZEROS);
                SocketChannel socket = place.connect(0)) {
            source.read(read);
            long address = address(read);
            free(read);
            Place.writeFully(socket, allocateAt(address));
        }
    }

    /** The same with the memory of an arena, which is freed when the arena is closed. */
    @Scenario(value = "a memory segment at the address of one that was freed", peers = PeerKind.DRAIN, since = 21)
    @Moves(from = "file", to = "memory", path = "direct", bytes = ZERO_BYTES)
    @Moves(from = "memory", to = "socket", path = "direct", bytes = ZERO_BYTES)
    static void freedSegment(Place place) throws Exception {
        Segment read = Segment.allocateAgain(ZERO_BYTES);
        try (FileChannel source = place.open(Place.ZEROS);
                SocketChannel socket = place.connect(0)) {
            source.read(read.buffer());
            read.free();
            Segment written = Segment.allocateAt(read.address(), ZERO_BYTES);
            Place.writeFully(socket, written.buffer());
            written.free();
        }
    }

    /** The map of today, by the file's name. */
    @Scenario(value = "a file that is mapped to a segment", peers = PeerKind.DRAIN, since = 21)
    @Moves(
            from = "file",
            to = "socket",
            path = "mapped",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = SMALL_BYTES)
    static void mappedSegment(Place place) throws Exception {
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            Segment mapped = Segment.map(source, MapMode.READ_ONLY, SMALL_BYTES);
            Place.writeFully(socket, mapped.slice(PART).buffer());
            Place.writeFully(socket, mapped.buffer().position(PART));
            mapped.free();
        }
    }

    /** What is put into a private mapping is not the file's. */
    @Scenario(value = "a segment that maps a file privately is filled", peers = PeerKind.DRAIN, since = 21)
    @Moves(from = "memory", to = "socket", path = "mapped", bytes = SMALL_BYTES)
    static void privateSegment(Place place) throws Exception {
        try (FileChannel source =
                        FileChannel.open(place.file(SMALL), StandardOpenOption.READ, StandardOpenOption.WRITE);
                SocketChannel socket = place.connect(0)) {
            Segment mapped = Segment.map(source, MapMode.PRIVATE, SMALL_BYTES);
            ByteBuffer buffer = mapped.buffer();
            Place.generate(buffer);
            Place.writeFully(socket, buffer.flip());
            mapped.free();
        }
    }

    /** A part of a segment is no new memory: what was read into the whole is there. */
    @Scenario(value = "a slice of a memory segment is written", peers = PeerKind.DRAIN, since = 21)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = SMALL_BYTES)
    static void slicedSegment(Place place) throws Exception {
        Segment whole = Segment.allocate(ZERO_BYTES);
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            source.read(whole.buffer());
            Place.writeFully(socket, whole.slice(SMALL_BYTES).buffer());
        }
        whole.free();
    }

    /** A copy in the application, which is followed. */
    @Scenario(value = "copied from one buffer to another", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "read-write-loop",
            evidence = "copied x1",
            bytes = SMALL_BYTES)
    static void copied(Place place) throws IOException {
        ByteBuffer read = ByteBuffer.allocateDirect(SMALL_BYTES);
        ByteBuffer written = ByteBuffer.allocate(SMALL_BYTES);
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            source.read(read);
            written.put(read.flip());
            Place.writeFully(socket, written.flip());
        }
    }

    /** A descriptor's number outlives the descriptor: first a file, then a socket. */
    @Scenario(
            value = "a socket with the number of a file that was closed",
            peers = {PeerKind.DRAIN})
    @Moves(from = "file", to = "memory", path = "heap", bytes = SMALL_BYTES)
    @Moves(from = "memory", to = "socket", path = "heap", bytes = SMALL_BYTES)
    @Moves(from = "memory", to = "file", path = "heap", bytes = SMALL_BYTES)
    static void descriptor(Place place) throws IOException {
        try (FileChannel source = place.open(SMALL)) {
            source.read(ByteBuffer.allocate(SMALL_BYTES));
        }
        ByteBuffer generated = ByteBuffer.allocate(SMALL_BYTES);
        Place.generate(generated);
        try (SocketChannel socket = place.connect(0)) {
            Place.writeFully(socket, generated.flip());
        }
        try (FileChannel target = place.create("out")) {
            Place.writeFully(target, generated.flip());
        }
        place.result("size", Files.size(place.file("out")));
    }

    private static ByteBuffer allocateAt(long address) throws Exception {
        for (int i = 0; i < 10_000; i++) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(ZERO_BYTES);
            if (address(buffer) == address) {
                return buffer;
            }
            free(buffer);
        }
        throw new IllegalStateException("the allocator never gave the address again: this shows nothing");
    }

    private static long address(ByteBuffer buffer) throws ReflectiveOperationException {
        Field address = Buffer.class.getDeclaredField("address");
        address.setAccessible(true);
        return address.getLong(buffer);
    }

    private static void free(ByteBuffer buffer) throws ReflectiveOperationException {
        Class<?> type = Class.forName("sun.misc.Unsafe");
        Field unsafe = type.getDeclaredField("theUnsafe");
        unsafe.setAccessible(true);
        Method clean = type.getMethod("invokeCleaner", ByteBuffer.class);
        clean.invoke(unsafe.get(null), buffer);
    }
}
