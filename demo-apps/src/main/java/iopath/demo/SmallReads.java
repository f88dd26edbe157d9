package iopath.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** With 512 bytes a read the calls cost more than the copies. */
final class SmallReads {
    private SmallReads() {}

    static void send(FileChannel file, SocketChannel socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(512);
        while (file.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                socket.write(buffer);
            }
            buffer.clear();
        }
    }
}
