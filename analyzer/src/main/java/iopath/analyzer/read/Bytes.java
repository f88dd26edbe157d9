package iopath.analyzer.read;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** Reads a file at any place through one buffer, so that a walk in one direction costs few calls. */
final class Bytes {
    private static final int CAPACITY = 1 << 16;

    private final FileChannel channel;
    private final long length;
    private final ByteBuffer buffer = ByteBuffer.allocate(CAPACITY);
    private long bufferStart;
    private long position;

    Bytes(FileChannel channel) throws IOException {
        this.channel = channel;
        this.length = channel.size();
        buffer.limit(0);
    }

    long length() {
        return length;
    }

    long position() {
        return position;
    }

    void seek(long target) {
        position = target;
    }

    int next() throws IOException {
        long offset = position - bufferStart;
        if (offset < 0 || offset >= buffer.limit()) {
            fill();
            offset = 0;
        }
        position++;
        return buffer.get((int) offset) & 0xff;
    }

    /** An integer of at most nine bytes, seven bits in each but the last, lowest first. */
    long nextLong() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 56; shift += 7) {
            int part = next();
            value |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        return value | (long) next() << 56;
    }

    /** Up to {@code count} bytes at a place; fewer at the end of the file. */
    ByteBuffer at(long target, int count) throws IOException {
        int present = (int) Math.max(0, Math.min(count, length - target));
        ByteBuffer bytes = ByteBuffer.allocate(present);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, target + bytes.position()) < 0) {
                break;
            }
        }
        return bytes.flip();
    }

    private void fill() throws IOException {
        if (position < 0 || position >= length) {
            throw new EOFException();
        }
        buffer.clear();
        bufferStart = position;
        while (buffer.position() == 0) {
            if (channel.read(buffer, position) < 0) {
                buffer.limit(0);
                throw new EOFException();
            }
        }
        buffer.flip();
    }
}
