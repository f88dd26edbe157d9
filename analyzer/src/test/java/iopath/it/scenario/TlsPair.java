package iopath.it.scenario;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.SplittableRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * Two engines that talk over two ends of a connection. They shake hands in memory, and without keys: anonymous ciphers
 * are enough to encrypt.
 */
final class TlsPair {

    /** Most plaintext of one record. */
    static final int RECORD = 16 << 10;

    private static final int MOST_CIPHERTEXT = 64 << 10;
    private static final String CIPHER = "TLS_DH_anon_WITH_AES_128_GCM_SHA256";

    private final SplittableRandom random;
    private final SocketChannel near;
    private final SocketChannel far;
    private final SSLEngine sender;
    private final SSLEngine receiver;
    private final ByteBuffer outgoing;
    private final ByteBuffer incoming;

    TlsPair(SplittableRandom random, SocketChannel near, SocketChannel far)
            throws GeneralSecurityException, IOException {
        this.random = random;
        this.near = near;
        this.far = far;
        // Read once, when the first engine is made.
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(null, null, null);
        sender = engine(context, true);
        receiver = engine(context, false);
        outgoing = buffer();
        incoming = buffer().flip();
        shakeHands();
    }

    private static SSLEngine engine(SSLContext context, boolean client) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setEnabledCipherSuites(new String[] {CIPHER});
        return engine;
    }

    private ByteBuffer buffer() {
        return random.nextBoolean() ? ByteBuffer.allocate(MOST_CIPHERTEXT) : ByteBuffer.allocateDirect(MOST_CIPHERTEXT);
    }

    private void shakeHands() throws IOException {
        ByteBuffer there = ByteBuffer.allocate(MOST_CIPHERTEXT);
        ByteBuffer back = ByteBuffer.allocate(MOST_CIPHERTEXT);
        sender.beginHandshake();
        receiver.beginHandshake();
        while (isBusy(sender) || isBusy(receiver)) {
            step(sender, there, back);
            step(receiver, back, there);
        }
    }

    private static boolean isBusy(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer out, ByteBuffer in) throws IOException {
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP -> {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(RECORD));
                in.compact();
            }
            default -> {}
        }
    }

    /** Encrypts and writes what the buffers hold, which is no more than two records; all of it is consumed. */
    void send(ByteBuffer[] plain) throws IOException {
        outgoing.clear();
        for (int records = 0; records < 4 && hasRemaining(plain); records++) {
            SSLEngineResult result = sender.wrap(plain, outgoing);
            if (result.getStatus() != Status.OK) {
                throw new IOException("wrap: " + result);
            }
        }
        outgoing.flip();
        if (random.nextInt(3) == 0) {
            // A part of a record first.
            int end = outgoing.limit();
            outgoing.limit(random.nextInt(end + 1));
            Place.writeFully(near, outgoing);
            outgoing.limit(end);
        }
        Place.writeFully(near, outgoing);
    }

    private static boolean hasRemaining(ByteBuffer[] buffers) {
        for (ByteBuffer buffer : buffers) {
            if (buffer.hasRemaining()) {
                return true;
            }
        }
        return false;
    }

    /** Reads and decrypts one record into a buffer that has room for any. */
    int receive(ByteBuffer into) throws IOException {
        while (true) {
            SSLEngineResult result = receiver.unwrap(incoming, into);
            if (result.bytesProduced() > 0) {
                return result.bytesProduced();
            }
            if (result.getStatus() != Status.BUFFER_UNDERFLOW && result.getStatus() != Status.OK) {
                throw new IOException("unwrap: " + result);
            }
            incoming.compact();
            if (random.nextInt(3) == 0) {
                // No more than a part of what is on its way.
                incoming.limit(Math.min(incoming.limit(), incoming.position() + 1 + random.nextInt(RECORD)));
            }
            far.read(incoming);
            incoming.flip();
        }
    }
}
