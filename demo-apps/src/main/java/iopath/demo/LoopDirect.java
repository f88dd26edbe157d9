package iopath.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** The same loop over a direct buffer saves the JDK's two copies, but not the kernel's two. */
final class LoopDirect {
    private LoopDirect() {}

    static void send(FileChannel file, SocketChannel socket) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
        while (file.read(buffer) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                socket.write(buffer);
            }
            buffer.clear();
        }
    }
}
