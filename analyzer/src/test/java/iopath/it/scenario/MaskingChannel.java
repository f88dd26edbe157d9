package iopath.it.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Sends other bytes than it is given, from a buffer of its own. */
final class MaskingChannel implements WritableByteChannel {

    private final WritableByteChannel channel;
    private final ByteBuffer masked = ByteBuffer.allocateDirect(16 << 10);

    MaskingChannel(WritableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = Math.min(source.remaining(), masked.capacity());
        masked.clear();
        for (int i = 0; i < count; i++) {
            masked.put((byte) (source.get() ^ 0x5A));
        }
        Place.writeFully(channel, masked.flip());
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
