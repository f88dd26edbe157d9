package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.MIB;
import static iopath.it.scenario.Place.SENT;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PushbackInputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/** Copies that the JDK makes for an application: what was read is known in the copy, by default and exactly. */
final class Followed {

    private static final int BUFFER = 8 << 10;
    private static final int PIECE = 3000;
    private static final int READS = MIB / BUFFER;

    private Followed() {}

    /** Read in small pieces out of a stream's buffer. */
    @Scenario("followed: a BufferedInputStream")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x1", bytes = MIB)
    static void bufferedIn(Place place) throws IOException {
        try (InputStream in = new BufferedInputStream(input(place));
                OutputStream out = output(place)) {
            copy(in, out, 2048);
        }
    }

    /** Collected in a stream's buffer, in pieces that do not fit in evenly. */
    @Scenario("followed: a BufferedOutputStream")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x1", bytes = MIB)
    static void bufferedOut(Place place) throws IOException {
        try (InputStream in = input(place);
                OutputStream out = new BufferedOutputStream(output(place), BUFFER)) {
            copy(in, out, PIECE);
        }
    }

    /** Both. */
    @Scenario("followed: two buffered streams")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x2", bytes = MIB)
    static void bufferedBoth(Place place) throws IOException {
        try (InputStream in = new BufferedInputStream(input(place));
                OutputStream out = new BufferedOutputStream(output(place), BUFFER)) {
            copy(in, out, 1024);
        }
    }

    /** An array that has room for all, and is written as it is. */
    @Scenario("followed: a ByteArrayOutputStream that is written")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x1", bytes = MIB)
    static void collected(Place place) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(MIB);
        try (InputStream in = input(place);
                OutputStream out = output(place)) {
            copy(in, all, PIECE);
            all.writeTo(out);
        }
    }

    /** An array that is copied whole before it is written. */
    @Scenario("followed: a ByteArrayOutputStream's array")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x2", bytes = MIB)
    static void collectedArray(Place place) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream(MIB);
        try (InputStream in = input(place);
                OutputStream out = output(place)) {
            copy(in, all, PIECE);
            out.write(all.toByteArray());
        }
    }

    /** Read from an array. */
    @Scenario("followed: a ByteArrayInputStream")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x1", bytes = MIB)
    static void fromArray(Place place) throws IOException {
        byte[] all = new byte[MIB];
        try (InputStream in = input(place);
                OutputStream out = output(place)) {
            place.result("all", in.read(all));
            copy(new ByteArrayInputStream(all), out, PIECE);
        }
    }

    /** Some bytes are put back in front of the others. */
    @Scenario("followed: a PushbackInputStream")
    @Moves(
            from = "file",
            to = "file",
            path = "heap",
            reason = "stream-loop",
            evidence = "same-buffer",
            bytes = MIB - BUFFER)
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x2", bytes = BUFFER)
    static void pushedBack(Place place) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(input(place), BUFFER);
                OutputStream out = output(place)) {
            byte[] head = new byte[BUFFER];
            place.result("head", in.read(head));
            in.unread(head);
            copy(in, out, BUFFER);
        }
    }

    /** One file behind the other, through one buffer. */
    @Scenario("followed: a SequenceInputStream")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x1", bytes = 2L * MIB)
    static void sequence(Place place) throws IOException {
        try (InputStream in = new BufferedInputStream(new SequenceInputStream(input(place), input(place)));
                OutputStream out = output(place)) {
            copy(in, out, 2048);
        }
    }

    /** A pipe hands the first byte of each read out by itself: one byte is too short a copy to be followed. */
    @Scenario("followed: piped streams")
    @Moves(
            from = "file",
            to = "file",
            path = "heap",
            reason = "stream-loop",
            evidence = "copied x2",
            bytes = MIB - READS)
    @Moves(from = "file", to = "memory", path = "heap", bytes = READS)
    @Moves(from = "memory", to = "file", path = "heap", bytes = READS)
    static void piped(Place place) throws Exception {
        PipedInputStream in = new PipedInputStream(64 << 10);
        try (PipedOutputStream pipe = new PipedOutputStream(in);
                InputStream source = input(place);
                OutputStream out = output(place)) {
            byte[] piece = new byte[BUFFER];
            byte[] copy = new byte[BUFFER];
            for (int n = source.read(piece); n >= 0; n = source.read(piece)) {
                pipe.write(piece, 0, n);
                for (int left = n; left > 0; ) {
                    int m = in.read(copy, 0, left);
                    out.write(copy, 0, m);
                    left -= m;
                }
            }
        }
    }

    /** What {@code InputStream} does for any stream that does not do better. */
    @Scenario("followed: InputStream.readAllBytes")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x1", bytes = MIB)
    static void readAll(Place place) throws IOException {
        try (InputStream in = new Plain(input(place));
                OutputStream out = output(place)) {
            out.write(in.readAllBytes());
        }
    }

    /** An array into a heap buffer, and out of it. */
    @Scenario("followed: puts into a heap buffer, and gets")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x2", bytes = MIB)
    static void heapBuffer(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        byte[] piece = new byte[BUFFER];
        byte[] copy = new byte[BUFFER];
        try (InputStream in = input(place);
                OutputStream out = output(place)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                buffer.clear().put(piece, 0, n).flip().get(copy, 0, n);
                out.write(copy, 0, n);
            }
        }
    }

    /** The same by absolute indices, into the middle of a slice. */
    @Scenario("followed: absolute puts and gets of a slice")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x2", bytes = MIB)
    static void absolute(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(3 * BUFFER).slice(100, 2 * BUFFER);
        byte[] piece = new byte[BUFFER];
        byte[] copy = new byte[BUFFER];
        try (InputStream in = input(place);
                OutputStream out = output(place)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                buffer.put(1234, piece, 0, n).get(1234, copy, 0, n);
                out.write(copy, 0, n);
            }
        }
    }

    /** An array into a direct buffer, which goes to a socket: what many servers do. */
    @Scenario(value = "followed: an array put into a direct buffer", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "copied x1",
            bytes = MIB)
    static void toDirect(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        byte[] piece = new byte[BUFFER];
        try (InputStream in = input(place);
                SocketChannel socket = place.connect(0)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                Place.writeFully(socket, buffer.clear().put(piece, 0, n).flip());
            }
        }
    }

    /** A direct buffer out into an array: what an upload does. */
    @Scenario(value = "followed: a direct buffer got into an array", peers = PeerKind.SEND)
    @Moves(from = "socket", to = "file", path = "heap", reason = "no-jdk-path", evidence = "copied x1", bytes = SENT)
    static void fromDirect(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(SENT);
        byte[] piece = new byte[SENT];
        try (SocketChannel socket = place.connect(0);
                OutputStream out = output(place)) {
            place.awaitReady();
            while (socket.read(buffer.clear()) >= 0) {
                int n = buffer.flip().remaining();
                buffer.get(piece, 0, n);
                out.write(piece, 0, n);
            }
        }
    }

    /** A buffer into a buffer, of each kind. */
    @Scenario(value = "followed: buffers put into buffers", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "copied x3",
            bytes = MIB)
    static void bufferToBuffer(Place place) throws IOException {
        ByteBuffer heap = ByteBuffer.allocate(BUFFER);
        ByteBuffer other = ByteBuffer.allocate(BUFFER);
        ByteBuffer direct = ByteBuffer.allocateDirect(BUFFER);
        ByteBuffer last = ByteBuffer.allocateDirect(BUFFER + 99);
        try (FileChannel in = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            while (in.read(heap.clear()) >= 0) {
                other.clear().put(heap.flip());
                direct.clear().put(other.flip());
                last.clear().position(99).put(direct.flip());
                Place.writeFully(socket, last.flip().position(99));
            }
        }
    }

    /** A mapped file, copied out of its mapping. */
    @Scenario(value = "followed: a mapped file got into an array", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "socket", path = "heap", reason = "read-write-loop", evidence = "copied x1", bytes = MIB)
    static void mapped(Place place) throws IOException {
        byte[] piece = new byte[BUFFER];
        try (FileChannel in = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            MappedByteBuffer map = in.map(MapMode.READ_ONLY, 0, MIB);
            while (map.hasRemaining()) {
                map.get(piece);
                Place.writeFully(socket, ByteBuffer.wrap(piece));
            }
        }
    }

    /** A cache: read once, copied and sent three times. */
    @Scenario(value = "followed: a cached file, sent three times", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "copied x1",
            bytes = MIB)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            detail = "sent-again",
            evidence = "copied x1",
            bytes = 2L * MIB)
    static void cached(Place place) throws IOException {
        byte[] cache = new byte[MIB];
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        try (InputStream in = input(place);
                SocketChannel socket = place.connect(0)) {
            place.result("all", in.read(cache));
            for (int round = 0; round < 3; round++) {
                for (int at = 0; at < MIB; at += BUFFER) {
                    Place.writeFully(
                            socket, buffer.clear().put(cache, at, BUFFER).flip());
                }
            }
        }
    }

    /** A copy is made to look at, and what was read is sent. */
    @Scenario(value = "followed: a copy is kept, the original sent", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void lookedAt(Place place) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(MIB);
        byte[] piece = new byte[BUFFER];
        try (InputStream in = input(place);
                SocketChannel socket = place.connect(0)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                kept.write(piece, 0, n);
                Place.writeFully(socket, ByteBuffer.wrap(piece, 0, n));
            }
        }
        place.result("kept", kept.size());
    }

    /** Two copies, of which the first is sent, and the second kept. */
    @Scenario(value = "followed: a copy is sent, another kept", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "copied x1",
            bytes = MIB)
    static void tee(Place place) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(MIB);
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        byte[] piece = new byte[BUFFER];
        try (InputStream in = input(place);
                SocketChannel socket = place.connect(0)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                buffer.clear().put(piece, 0, n).flip();
                kept.write(piece, 0, n);
                Place.writeFully(socket, buffer);
            }
        }
        place.result("kept", kept.size());
    }

    /** The copy is changed before it is sent: these are other bytes. */
    @Scenario(value = "followed: a copy that is changed", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "memory", path = "heap", bytes = MIB)
    @Moves(from = "memory", to = "socket", path = "direct", reason = "modified", bytes = MIB)
    static void changed(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        byte[] piece = new byte[BUFFER];
        try (InputStream in = input(place);
                SocketChannel socket = place.connect(0)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                buffer.clear().put(piece, 0, n).flip();
                for (int i = 0; i < n; i++) {
                    buffer.put(i, (byte) ~buffer.get(i));
                }
                Place.writeFully(socket, buffer);
            }
        }
    }

    /** What lay in the buffer before was known; what is copied over it is the application's own. */
    @Scenario(value = "followed: own bytes over a copy", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "memory", path = "heap", bytes = MIB)
    @Moves(from = "memory", to = "socket", path = "direct", bytes = MIB)
    static void overwritten(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
        byte[] piece = new byte[BUFFER];
        byte[] own = new byte[BUFFER];
        Place.generate(ByteBuffer.wrap(own));
        try (InputStream in = input(place);
                SocketChannel socket = place.connect(0)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                buffer.clear().put(piece, 0, n);
                Place.writeFully(socket, buffer.clear().put(own, 0, n).flip());
            }
        }
    }

    /** Answers in one buffer, behind short heads of two lengths: what is left of an answer lies under the longer head. */
    @Scenario(value = "followed: heads of two lengths before a file's bytes", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "socket", path = "heap", reason = "read-write-loop", evidence = "copied x1", bytes = MIB)
    @Moves(from = "memory", to = "socket", path = "heap", bytes = READS * 10L)
    @Moves(from = "memory", to = "socket", path = "heap", reason = "modified", bytes = READS / 2 * 50L)
    static void heads(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER + 60);
        byte[] piece = new byte[BUFFER];
        byte[] head = new byte[60];
        Place.generate(ByteBuffer.wrap(head));
        int length = 10;
        try (InputStream in = input(place);
                SocketChannel socket = place.connect(0)) {
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                buffer.clear().put(head, 0, length).put(piece, 0, n).flip();
                Place.writeFully(socket, buffer);
                length = 70 - length;
            }
        }
    }

    /** Streams made of channels copy through an array of their own. */
    @Scenario(value = "followed: a channel over a stream", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "socket", path = "heap", reason = "stream-loop", evidence = "copied x2", bytes = MIB)
    static void channelOfStream(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        try (ReadableByteChannel in = place.open(DATA);
                SocketChannel socket = place.connect(0);
                OutputStream stream = socket.socket().getOutputStream()) {
            WritableByteChannel out = Channels.newChannel(new BufferedOutputStream(stream, BUFFER + 1));
            while (in.read(buffer.clear()) >= 0) {
                out.write(buffer.flip());
            }
            out.close();
        }
    }

    /** A buffer moved down in itself. */
    @Scenario("followed: an array copied within itself")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "copied x1", bytes = MIB / 2)
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "same-buffer", bytes = MIB / 2)
    static void withinItself(Place place) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(2 * BUFFER);
        byte[] array = buffer.array();
        try (InputStream source = input(place);
                OutputStream out = output(place)) {
            for (int n = source.read(array); n >= 0; n = source.read(array)) {
                out.write(array, 0, n / 2);
                buffer.clear().put(0, buffer, n / 2, n / 2);
                out.write(array, 0, n / 2);
            }
        }
    }

    private static InputStream input(Place place) throws IOException {
        return new FileInputStream(place.file(DATA).toFile());
    }

    private static OutputStream output(Place place) throws IOException {
        return new FileOutputStream(place.file("out").toFile());
    }

    private static void copy(InputStream in, OutputStream out, int size) throws IOException {
        byte[] piece = new byte[size];
        for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
            out.write(piece, 0, n);
        }
    }

    /** A stream that does nothing better than {@code InputStream}. */
    private static final class Plain extends InputStream {

        private final InputStream in;

        Plain(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            return in.read();
        }

        @Override
        public int read(byte[] array, int offset, int length) throws IOException {
            return in.read(array, offset, length);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
