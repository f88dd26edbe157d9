package iopath.analyzer.calibrate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.TrustManagerFactory;

/** Two TLS engines in memory that have agreed on a cipher, as the JDK chooses it by itself. */
final class TlsPair {
    /** What a record holds at most. */
    static final int RECORD_BYTES = 16 << 10;

    /** Guards nothing: the key is made for one run, and never leaves the host. */
    static final String PASSWORD = "loopback";

    private final SSLEngine server;
    private final SSLEngine client;

    /** Shakes hands, with a PKCS12 store that serves as key store on one side, as trust store on the other. */
    TlsPair(Path key) throws IOException, GeneralSecurityException {
        SSLContext context = context(key);
        server = context.createSSLEngine();
        server.setUseClientMode(false);
        client = context.createSSLEngine();
        client.setUseClientMode(true);
        shakeHands();
    }

    private static SSLContext context(Path key) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(key.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private void shakeHands() throws IOException {
        ByteBuffer toServer = ByteBuffer.allocate(4 * packetBytes());
        ByteBuffer toClient = ByteBuffer.allocate(4 * packetBytes());
        client.beginHandshake();
        server.beginHandshake();
        while (isShaking(client) || isShaking(server)) {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        }
    }

    private static boolean isShaking(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws IOException {
        ByteBuffer application = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        switch (engine.getHandshakeStatus()) {
            case NEED_TASK -> engine.getDelegatedTask().run();
            case NEED_WRAP -> engine.wrap(ByteBuffer.allocate(0), out);
            case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                in.flip();
                engine.unwrap(in, application);
                in.compact();
            }
            case FINISHED, NOT_HANDSHAKING -> {}
        }
    }

    /** The longest record that the engine makes. */
    int packetBytes() {
        return server.getSession().getPacketBufferSize();
    }

    /** Encrypts all of a buffer, a record after the other. */
    void wrap(ByteBuffer plain, ByteBuffer secret) throws IOException {
        while (plain.hasRemaining()) {
            server.wrap(plain, secret);
        }
    }
}
