package iopath.demo;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;

/** One call of transferTo moves the whole file inside the kernel. */
final class TransferTo {
    private TransferTo() {}

    static void send(FileChannel file, SocketChannel socket) throws IOException {
        long size = file.size();
        for (long position = 0; position < size; ) {
            position += file.transferTo(position, size - position, socket);
        }
    }
}
