package iopath.demo;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** The server's end of a TLS connection over a blocking channel: all that the two TLS demos have in common. */
final class TlsConnection implements AutoCloseable {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SocketChannel socket;
    private final SSLEngine engine;

    TlsConnection(SocketChannel socket, SSLContext context) throws IOException {
        this.socket = socket;
        engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        try {
            handshake();
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    SSLEngine engine() {
        return engine;
    }

    SocketChannel socket() {
        return socket;
    }

    /** The longest record that the engine makes. */
    int recordBytes() {
        return engine.getSession().getPacketBufferSize();
    }

    private void handshake() throws IOException {
        ByteBuffer in = ByteBuffer.allocate(recordBytes());
        ByteBuffer application = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        engine.beginHandshake();
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_WRAP:
                    sendRecord();
                    break;
                case NEED_TASK:
                    engine.getDelegatedTask().run();
                    break;
                case NEED_UNWRAP:
                case NEED_UNWRAP_AGAIN:
                    unwrap(in, application);
                    break;
                case FINISHED:
                case NOT_HANDSHAKING:
                    return;
            }
        }
    }

    private void unwrap(ByteBuffer in, ByteBuffer application) throws IOException {
        in.flip();
        Status status = engine.unwrap(in, application).getStatus();
        in.compact();
        if (status == Status.BUFFER_UNDERFLOW && socket.read(in) < 0) {
            throw new EOFException("the peer left during the handshake");
        }
    }

    private void sendRecord() throws IOException {
        ByteBuffer out = ByteBuffer.allocate(recordBytes());
        engine.wrap(NOTHING, out);
        out.flip();
        while (out.hasRemaining()) {
            socket.write(out);
        }
    }

    /** Says goodbye, then waits until the peer has: closing earlier could reset what is still under way. */
    @Override
    public void close() throws IOException {
        try (socket) {
            engine.closeOutbound();
            while (!engine.isOutboundDone()) {
                sendRecord();
            }
            socket.shutdownOutput();
            ByteBuffer rest = ByteBuffer.allocate(recordBytes());
            while (socket.read(rest) >= 0) {
                rest.clear();
            }
        }
    }

    static void check(Status status) throws SSLException {
        if (status == Status.CLOSED) {
            throw new SSLException("the engine is closed");
        }
    }
}
