package iopath.example;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.atomic.LongAdder;

/** A wrapper that adds up what is written; the kernel cannot write to it. */
final class MeteredChannel implements WritableByteChannel {
    private final WritableByteChannel channel;
    private final LongAdder written;

    MeteredChannel(WritableByteChannel channel, LongAdder written) {
        this.channel = channel;
        this.written = written;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        int count = channel.write(source);
        written.add(count);
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
