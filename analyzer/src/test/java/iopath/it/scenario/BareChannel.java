package iopath.it.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** What many libraries do to count or throttle: a channel around a channel. */
final class BareChannel implements WritableByteChannel {

    private final WritableByteChannel channel;

    BareChannel(WritableByteChannel channel) {
        this.channel = channel;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        return channel.write(source);
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
