package iopath.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SocketChannel;

/** A mapped file needs no read, but its write still copies every byte once. */
final class Mapped {
    private Mapped() {}

    static void send(FileChannel file, SocketChannel socket) throws IOException {
        ByteBuffer mapped = file.map(MapMode.READ_ONLY, 0, file.size());
        while (mapped.hasRemaining()) {
            socket.write(mapped);
        }
    }
}
