package iopath.it.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Collects what it is given in a buffer of its own, and sends that when it is full. */
final class CopyingChannel implements WritableByteChannel {

    private final WritableByteChannel channel;
    private final ByteBuffer own;

    CopyingChannel(WritableByteChannel channel, ByteBuffer own) {
        this.channel = channel;
        this.own = own;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = source.remaining();
        while (source.hasRemaining()) {
            int part = Math.min(source.remaining(), own.remaining());
            own.put(source.slice(source.position(), part));
            source.position(source.position() + part);
            if (!own.hasRemaining()) {
                Place.writeFully(channel, own.flip());
                own.clear();
            }
        }
        return count;
    }

    @Override
    public boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
