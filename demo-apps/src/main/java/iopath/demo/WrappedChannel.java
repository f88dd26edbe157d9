package iopath.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;

/** A wrapper that only counts bytes turns transferTo into a copy loop of 8 KiB steps, in silence. */
final class WrappedChannel {
    private WrappedChannel() {}

    static void send(FileChannel file, SocketChannel socket) throws IOException {
        CountingChannel counting = new CountingChannel(socket);
        long size = file.size();
        while (counting.count() < size) {
            file.transferTo(counting.count(), size - counting.count(), counting);
        }
    }

    /** The kind of channel that a metrics library wraps around a socket. */
    private static final class CountingChannel implements WritableByteChannel {
        private final WritableByteChannel target;
        private long count;

        CountingChannel(WritableByteChannel target) {
            this.target = target;
        }

        long count() {
            return count;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int written = target.write(source);
            count += written;
            return written;
        }

        @Override
        public boolean isOpen() {
            return target.isOpen();
        }

        @Override
        public void close() throws IOException {
            target.close();
        }
    }
}
