package iopath.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** A loop over a heap buffer makes the JDK copy through a buffer of its own on each side: four copies of every byte. */
final class LoopHeap {
    private LoopHeap() {}

    static void send(FileChannel file, SocketChannel socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        while (file.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                socket.write(buffer);
            }
            buffer.clear();
        }
    }
}
