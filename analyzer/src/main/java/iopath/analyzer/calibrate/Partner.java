package iopath.analyzer.calibrate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** The other end of connections over loopback, which throws away what it gets, or sends without end. */
final class Partner implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final ServerSocketChannel listener;

    private Partner(ServerSocketChannel listener) {
        this.listener = listener;
    }

    /** What is done with a connection, over and over until it returns a negative number. */
    private interface Turn {
        int on(SocketChannel channel, ByteBuffer buffer) throws IOException;
    }

    static Partner drain() throws IOException {
        return serving("iopath-drain", (channel, buffer) -> channel.read(buffer));
    }

    static Partner feed() throws IOException {
        return serving("iopath-feed", (channel, buffer) -> channel.write(buffer));
    }

    private static Partner serving(String name, Turn turn) throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(() -> serve(listener, turn), name);
        thread.setDaemon(true);
        thread.start();
        return new Partner(listener);
    }

    private static void serve(ServerSocketChannel listener, Turn turn) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
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
