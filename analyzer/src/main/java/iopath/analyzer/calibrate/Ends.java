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
import java.util.function.Consumer;

/** What bytes are moved between: a file in the page cache that starts over at its end, a new file, two sockets. */
final class Ends implements AutoCloseable {
    /** More than processors cache, as what a server sends is. */
    static final long FILE_BYTES = 128L << 20;

    /** A new file is not let grow further: it is to stay in memory. */
    private static final long MAX_COPY_BYTES = 256L << 20;

    /** What the JDK maps at a time, where it maps for itself. */
    static final int MAP_BYTES = 8 << 20;

    private final boolean frees;
    final FileChannel file;
    final FileChannel copy;
    final SocketChannel drain;
    final SocketChannel feed;
    private final Consumer<MappedByteBuffer> unmapper = Unmapper.create();
    private MappedByteBuffer map;
    private long mapBegin;

    // Counted here: to ask a channel for its position is a system call, which is no part of the price.
    private long filePosition;
    private long copyPosition;

    /**
     * Opens all of them, in a directory that holds the file.
     *
     * @param frees whether {@link #finish} gives the memory of the copy back
     */
    Ends(Path directory, int drainPort, int feedPort, boolean frees) throws IOException {
        this.frees = frees;
        file = FileChannel.open(directory.resolve("data"), StandardOpenOption.READ);
        copy = FileChannel.open(
                Path.of(directory.toString(), "copy"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        InetAddress loopback = InetAddress.getLoopbackAddress();
        drain = SocketChannel.open(new InetSocketAddress(loopback, drainPort));
        feed = SocketChannel.open(new InetSocketAddress(loopback, feedPort));
        map = file.map(FileChannel.MapMode.READ_ONLY, 0, MAP_BYTES);
    }

    /**
     * The file goes on where it was left, since what was read last is in the processor's caches; the copy is empty, pages
     * that were mapped are to be faulted in again.
     */
    void restart() throws IOException {
        file.position(filePosition);
        emptyCopy();
        remap((mapBegin + MAP_BYTES) % FILE_BYTES);
    }

    /** Ends what {@link #restart} began: the copy's memory is given back here, or else at the next restart. */
    void finish() throws IOException {
        if (frees && copyPosition > 0) {
            emptyCopy();
        }
    }

    private void rewind() throws IOException {
        file.position(0);
        filePosition = 0;
    }

    private void emptyCopy() throws IOException {
        copy.truncate(0);
        copyPosition = 0;
    }

    private void remap(long begin) throws IOException {
        unmapper.accept(map);
        mapBegin = begin;
        map = file.map(FileChannel.MapMode.READ_ONLY, begin, MAP_BYTES);
    }

    /** Fills a buffer, or what its limit lets be filled. */
    void read(ByteBuffer buffer) throws IOException {
        if (filePosition + buffer.remaining() > FILE_BYTES) {
            rewind();
        }
        filePosition += buffer.remaining();
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
        return file.transferTo(next(bytes), bytes, drain);
    }

    /** Lets the kernel copy a step's bytes to the end of the new file. */
    long transferToCopy(int bytes) throws IOException {
        makeRoom(bytes);
        return file.transferTo(next(bytes), bytes, copy);
    }

    /** Where the next step's bytes are; nothing else may read the file until it is restarted. */
    private long next(int bytes) {
        long position = filePosition + bytes > FILE_BYTES ? 0 : filePosition;
        filePosition = position + bytes;
        return position;
    }

    void writeSocket(ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            drain.write(buffer);
        }
    }

    void writeCopy(ByteBuffer buffer) throws IOException {
        makeRoom(buffer.remaining());
        while (buffer.hasRemaining()) {
            copy.write(buffer);
        }
    }

    private void makeRoom(int bytes) throws IOException {
        if (copyPosition + bytes > MAX_COPY_BYTES) {
            emptyCopy();
        }
        copyPosition += bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
        copy.close();
        drain.close();
        feed.close();
    }
}
