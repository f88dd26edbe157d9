package iopath.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Sends one file to whoever asks; the process that is measured as a whole.
 *
 * <p>A request is one byte: {@link #FILE} is answered with the file, {@link #CPU} with eight bytes, the CPU time that
 * this process has used. It prints its port, and ends with its standard input.
 */
final class FileServer {

    static final byte FILE = 'f';
    static final byte CPU = 'c';

    private static final int LOOP_BYTES = 16 * 1024;

    private final FileChannel file;
    private final String way;
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private FileServer(FileChannel file, String way) {
        this.file = file;
        this.way = way;
    }

    /** The argument is how files are sent: {@code transferTo}, or a loop over a {@code direct} or {@code heap} buffer. */
    public static void main(String[] arguments) throws IOException {
        try (HotFile file = new HotFile();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            System.out.println(((InetSocketAddress) server.getLocalAddress()).getPort());
            Thread accepting = new Thread(() -> new FileServer(file.channel(), arguments[0]).accept(server));
            accepting.setDaemon(true);
            accepting.start();
            while (System.in.read() >= 0) {
                continue;
            }
        }
    }

    private void accept(ServerSocketChannel server) {
        try {
            while (true) {
                SocketChannel client = server.accept();
                // As servers do: without it Nagle's algorithm and the reader's delayed acknowledgement can wait for
                // each other, 40 ms a file, as long as this JVM is too slow to fill a segment in time.
                client.setOption(StandardSocketOptions.TCP_NODELAY, true);
                Thread serving = new Thread(() -> serve(client));
                serving.setDaemon(true);
                serving.start();
            }
        } catch (IOException e) {
            // The server is closed: nobody asks any more.
            return;
        }
    }

    private void serve(SocketChannel client) {
        ByteBuffer request = ByteBuffer.allocateDirect(1);
        ByteBuffer loop = HotFile.buffer(way, LOOP_BYTES);
        try (client) {
            while (client.read(request.clear()) > 0) {
                if (request.get(0) == CPU) {
                    write(client, ByteBuffer.allocate(Long.BYTES).putLong(0, system.getProcessCpuTime()));
                } else if (way.equals("transferTo")) {
                    transfer(client);
                } else {
                    copy(client, loop);
                }
            }
        } catch (IOException e) {
            System.err.println("a client was lost: " + e);
        }
    }

    private void transfer(SocketChannel client) throws IOException {
        for (long at = 0; at < HotFile.BYTES; ) {
            at += file.transferTo(at, HotFile.BYTES - at, client);
        }
    }

    private void copy(SocketChannel client, ByteBuffer buffer) throws IOException {
        for (long at = 0; at < HotFile.BYTES; ) {
            at += file.read(buffer.clear(), at);
            write(client, buffer.flip());
        }
    }

    private static void write(SocketChannel client, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            client.write(buffer);
        }
    }
}
