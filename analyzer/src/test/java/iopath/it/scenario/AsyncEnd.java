package iopath.it.scenario;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** An asynchronous socket that is waited for, so that it can stand where others do. */
final class AsyncEnd implements ReadableByteChannel, WritableByteChannel {

    private final AsynchronousSocketChannel socket;

    AsyncEnd(AsynchronousSocketChannel socket) {
        this.socket = socket;
    }

    @Override
    public int read(ByteBuffer buffer) throws IOException {
        return await(socket.read(buffer));
    }

    @Override
    public int write(ByteBuffer buffer) throws IOException {
        return await(socket.write(buffer));
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    static int await(Future<Integer> moved) throws IOException {
        try {
            return moved.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptedIOException(e.toString());
        }
    }
}
