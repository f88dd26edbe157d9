package iopath.it.scenario;

import static iopath.it.scenario.Place.MIB;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A socket takes some of a heap buffer: the JDK has copied all of it, and copies what is left again for the next call. */
final class Partial {

    private static final int PIECE = 64 << 10;

    private Partial() {}

    /** What a selector loop does with an answer that was made whole. */
    @Scenario(value = "partial writes: a large heap buffer", peers = PeerKind.IDLE, varies = true)
    @Moves(from = "memory", to = "socket", path = "heap", bytes = MIB)
    static void one(Place place) throws IOException {
        try (SocketChannel socket = narrow(place)) {
            write(place, socket, ByteBuffer.allocate(MIB));
        }
    }

    /** The same in pieces that are written together. */
    @Scenario(value = "partial writes: large heap buffers gathered", peers = PeerKind.IDLE, varies = true)
    @Moves(from = "memory", to = "socket", path = "heap", bytes = MIB)
    static void gathered(Place place) throws IOException {
        try (SocketChannel socket = narrow(place)) {
            write(place, socket, ByteBuffer.allocate(100), ByteBuffer.allocate(MIB - 300), ByteBuffer.allocate(200));
        }
    }

    /** The fix. */
    @Scenario(value = "partial writes: a large heap buffer in pieces", peers = PeerKind.IDLE, varies = true)
    @Moves(from = "memory", to = "socket", path = "heap", bytes = MIB)
    static void pieces(Place place) throws IOException {
        try (SocketChannel socket = narrow(place)) {
            ByteBuffer all = ByteBuffer.allocate(MIB);
            while (all.hasRemaining()) {
                ByteBuffer piece = all.slice(all.position(), Math.min(PIECE, all.remaining()));
                write(place, socket, piece);
                all.position(all.position() + piece.position());
            }
        }
    }

    /** A virtual thread's socket does not block: what it does not take at once is copied again when it does. */
    @Scenario(
            value = "partial writes: a socket's stream on a virtual thread",
            peers = PeerKind.DRAIN,
            since = 21,
            varies = true)
    @Moves(from = "memory", to = "socket", path = "heap", bytes = MIB)
    static void stream(Place place) throws Exception {
        try (Socket socket = new Socket()) {
            socket.setSendBufferSize(PIECE);
            Virtual.run(() -> {
                socket.connect(place.address(0));
                OutputStream out = socket.getOutputStream();
                out.write(new byte[MIB]);
            });
        }
    }

    private static SocketChannel narrow(Place place) throws IOException {
        SocketChannel socket = place.connectNarrow(0);
        socket.configureBlocking(false);
        return socket;
    }

    private static void write(Place place, SocketChannel socket, ByteBuffer... buffers) throws IOException {
        boolean draining = false;
        ByteBuffer last = buffers[buffers.length - 1];
        while (last.hasRemaining()) {
            long taken = buffers.length == 1 ? socket.write(last) : socket.write(buffers);
            if (taken == 0) {
                if (!draining) {
                    place.tell(Place.DRAIN);
                }
                draining = true;
                Place.awaitWritable(socket);
            }
        }
    }
}
