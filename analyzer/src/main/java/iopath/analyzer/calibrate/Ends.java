package iopath.analyzer.calibrate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What bytes are moved between: a file in the page cache that starts over at its end, a new file, two sockets. */
final class Ends implements AutoCloseable {
    /** More than processors cache, as what a server sends is. */
    static final long FILE_BYTES = 128L << 20;

    /** A new file is not let grow further: it is to stay in memory. */
    private static final long MAX_COPY_BYTES = 256L << 20;

    /** What the JDK maps at a time, where it maps for itself. */
    static final int MAP_BYTES = 8 << 20;

    final FileChannel file;
    final FileChannel copy;
    final SocketChannel drain;
    final SocketChannel feed;
    private MappedByteBuffer map;
    private long mapBegin;

    /** Opens all of them, in a directory that holds the file. */
    Ends(Path directory, int drainPort, int feedPort) throws IOException {
        file = FileChannel.open(directory.resolve("data"), StandardOpenOption.READ);
        copy = FileChannel.open(
                Path.of(directory.toString(), "copy"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        drain = SocketChannel.open(new InetSocketAddress(loopback, drainPort));
        feed = SocketChannel.open(new InetSocketAddress(loopback, feedPort));
        map = file.map(FileChannel.MapMode.READ_ONLY, 0, MAP_BYTES);
    }

    /** The file begins anew, the copy is empty, pages that were mapped are to be faulted in again. */
    void restart() throws IOException {
        file.position(0);
        copy.truncate(0);
        remap(0);
    }

    private void remap(long begin) throws IOException {
        mapBegin = begin;
        map = file.map(FileChannel.MapMode.READ_ONLY, begin, MAP_BYTES);
    }

    /** Fills a buffer, or what its limit lets be filled. */
    void read(ByteBuffer buffer) throws IOException {
        if (file.position() + buffer.remaining() > FILE_BYTES) {
            file.position(0);
        }
        while (buffer.hasRemaining()) {
            file.read(buffer);
        }
    }

    /** A step's bytes of the file, mapped; steps that follow each other lie behind each other. */
    ByteBuffer mapped(int bytes) throws IOException {
        if (map.remaining() < bytes) {
            remap((mapBegin + MAP_BYTES) % FILE_BYTES);
        }
        ByteBuffer slice = map.slice(map.position(), bytes);
        map.position(map.position() + bytes);
        return slice;
    }

    /** Lets the kernel move a step's bytes to the other end of the connection. */
    long transferToSocket(int bytes) throws IOException {
        return file.transferTo(position(bytes), bytes, drain);
    }

    /** Lets the kernel copy a step's bytes to the end of the new file. */
    long transferToCopy(int bytes) throws IOException {
        makeRoom();
        return file.transferTo(position(bytes), bytes, copy);
    }

    private long position(int bytes) throws IOException {
        long position = file.position();
        if (position + bytes > FILE_BYTES) {
            position = 0;
        }
        file.position(position + bytes);
        return position;
    }

    void writeSocket(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            drain.write(buffer);
        }
    }

    void writeCopy(ByteBuffer buffer) throws IOException {
        makeRoom();
        while (buffer.hasRemaining()) {
            copy.write(buffer);
        }
    }

    private void makeRoom() throws IOException {
        if (copy.position() > MAX_COPY_BYTES) {
            copy.truncate(0);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
        copy.close();
        drain.close();
        feed.close();
    }
}
