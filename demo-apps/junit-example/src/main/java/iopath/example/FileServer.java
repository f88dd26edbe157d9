package iopath.example;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;

/** Sends files; by which path depends on what it is given to send them to. */
final class FileServer {
    private FileServer() {}

    static void send(FileChannel file, WritableByteChannel client) throws IOException {
        long size = file.size();
        for (long position = 0; position < size; ) {
            position += file.transferTo(position, size - position, client);
        }
    }
}
