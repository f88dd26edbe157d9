package iopath.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A loopback connection whose other end, in a process that no agent watches, throws away what it gets. */
final class Drain implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Process process;
    private final SocketChannel channel;

    Drain() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            process = Jvm.start(Jvm.SMALL, Drain.class, Integer.toString(port));
            channel = server.accept();
        }
    }

    /** The end to write to, in blocking mode. */
    SocketChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        process.destroy();
    }

    /** The other process: connects to a port and reads until the end. */
    public static void main(String[] arguments) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(loopback, Integer.parseInt(arguments[0])))) {
            while (channel.read(buffer) >= 0) {
                buffer.clear();
            }
        }
    }
}
