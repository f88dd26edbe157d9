package iopath.benchmarks;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** Asks a {@link FileServer} for its file again and again, and prints how fast it came. */
final class FileClient {

    private static final int BUFFER_BYTES = 256 * 1024;

    private final SocketChannel server;
    private final ByteBuffer request = ByteBuffer.allocateDirect(1);
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

    private FileClient(SocketChannel server) {
        this.server = server;
    }

    /** Arguments are a port, seconds to warm up, seconds to measure. Prints bytes, nanoseconds, server's CPU time. */
    public static void main(String[] arguments) throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(loopback, Integer.parseInt(arguments[0])))) {
            FileClient client = new FileClient(channel);
            client.ask(seconds(arguments[1]));
            long cpu = client.cpu();
            long begin = System.nanoTime();
            long bytes = client.ask(seconds(arguments[2]));
            long nanos = System.nanoTime() - begin;
            System.out.println(bytes + " " + nanos + " " + (client.cpu() - cpu));
        }
    }

    private static long seconds(String text) {
        return Long.parseLong(text) * 1_000_000_000L;
    }

    private long ask(long nanos) throws IOException {
        long begin = System.nanoTime();
        long bytes = 0;
        while (System.nanoTime() - begin < nanos) {
            request(FileServer.FILE);
            receive(HotFile.BYTES);
            bytes += HotFile.BYTES;
        }
        return bytes;
    }

    private long cpu() throws IOException {
        request(FileServer.CPU);
        receive(Long.BYTES);
        return buffer.getLong(0);
    }

    private void request(byte what) throws IOException {
        server.write(request.put(0, what).clear());
    }

    /** Leaves the last bytes received at the start of the buffer, if they are no more than it holds. */
    private void receive(int bytes) throws IOException {
        for (int left = bytes; left > 0; ) {
            buffer.clear().limit(Math.min(left, BUFFER_BYTES));
            while (buffer.hasRemaining()) {
                if (server.read(buffer) < 0) {
                    throw new EOFException("the server has gone");
                }
            }
            left -= buffer.limit();
        }
    }
}
