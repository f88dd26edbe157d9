package iopath.analyzer.calibrate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.zip.CRC32;

/** The other end of connections over loopback, which takes what it gets, or sends without end. */
final class Partner implements AutoCloseable {
    /** Clients take some ten to some hundred KB at a time, and how many has its price at the other end, too. */
    private static final int DRAIN_BYTES = 64 << 10;

    private static final int READER_BYTES = 256 << 10;
    private static final int FEED_BYTES = 1 << 20;

    private final ServerSocketChannel listener;

    private Partner(ServerSocketChannel listener) {
        this.listener = listener;
    }

    /** What is done with a connection, over and over until it returns a negative number. */
    private interface Turn {
        int on(SocketChannel channel, ByteBuffer buffer) throws IOException;
    }

    /** Throws away what it gets, and is soon waiting for more, so that a write has often to wake it. */
    static Partner drain() throws IOException {
        return serving("iopath-drain", DRAIN_BYTES, SocketChannel::read);
    }

    /** Looks at each byte that it gets, as applications do, so that it is seldom waiting when the next comes. */
    static Partner reader() throws IOException {
        CRC32 sum = new CRC32();
        return serving("iopath-reader", READER_BYTES, (channel, buffer) -> {
            int read = channel.read(buffer);
            sum.update(buffer.flip());
            return read;
        });
    }

    static Partner feed() throws IOException {
        return serving("iopath-feed", FEED_BYTES, SocketChannel::write);
    }

    private static Partner serving(String name, int bufferBytes, Turn turn) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(() -> serve(listener, bufferBytes, turn), name);
        thread.setDaemon(true);
        thread.start();
        return new Partner(listener);
    }

    private static void serve(ServerSocketChannel listener, int bufferBytes, Turn turn) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(bufferBytes);
        while (listener.isOpen()) {
            try (SocketChannel channel = listener.accept()) {
                while (turn.on(channel, buffer.clear()) >= 0) {
                    // As often as the other end wants.
                }
            } catch (IOException ended) {
                // The process at the other end has what it needs, or this listener was closed.
                continue;
            }
        }
    }

    int port() throws IOException {
        return ((InetSocketAddress) listener.getLocalAddress()).getPort();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
