package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.MIB;
import static iopath.it.scenario.Place.SENT;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/**
 * The server's side of TLS over channels: what leaves is not what was read, and still the same bytes to a user.
 *
 * <p>The JDK itself reads its policy of allowed ciphers, through a channel as it happens: a file that is kept.
 */
final class Tls {

    /** Environment variable with the server's key store, so that no file has to be read for it. */
    static final String KEY = "IOPATH_TEST_KEY";

    private static final char[] PASSWORD = "secret".toCharArray();
    private static final int BUFFER = 16 << 10;

    private Tls() {}

    /** TLS forbids the kernel's way. */
    @Scenario(value = "a file through TLS", peers = PeerKind.TLS_DRAIN, varies = true)
    @Moves(from = "file", to = "socket", path = "tls", reason = "tls", evidence = "tls-wrap", bytes = MIB)
    @Moves(from = "memory", to = "socket", path = "direct", detail = "tls-framing", bytes = Moves.REST)
    @Moves(from = "socket", to = "memory", path = "direct", bytes = Moves.REST)
    @Moves(from = "file", to = "memory", path = "heap", bytes = Moves.REST)
    static void out(Place place) throws Exception {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            Connection connection = new Connection(socket);
            connection.handshake();
            ByteBuffer plain = ByteBuffer.allocateDirect(BUFFER);
            while (source.read(plain.clear()) >= 0) {
                connection.send(plain.flip());
            }
            connection.close();
        }
    }

    /** The same inward. */
    @Scenario(value = "TLS into a file", peers = PeerKind.TLS_SEND, varies = true)
    @Moves(from = "socket", to = "file", path = "tls", reason = "tls", evidence = "tls-wrap", bytes = SENT)
    @Moves(from = "socket", to = "memory", path = "direct", bytes = Moves.REST)
    @Moves(from = "memory", to = "socket", path = "direct", detail = "tls-framing", bytes = Moves.REST)
    @Moves(from = "file", to = "memory", path = "heap", bytes = Moves.REST)
    static void in(Place place) throws Exception {
        try (SocketChannel socket = place.connect(0);
                FileChannel target = place.create("out")) {
            Connection connection = new Connection(socket);
            connection.handshake();
            ByteBuffer plain =
                    ByteBuffer.allocateDirect(connection.engine.getSession().getApplicationBufferSize());
            while (connection.receive(plain.clear())) {
                Place.writeFully(target, plain.flip());
            }
            connection.close();
        }
    }

    /** A blocking TLS server over one socket. */
    private static final class Connection {

        final SSLEngine engine;
        private final SocketChannel socket;
        private final ByteBuffer outgoing;
        private final ByteBuffer incoming;

        Connection(SocketChannel socket) throws GeneralSecurityException, IOException {
            this.socket = socket;
            this.engine = context().createSSLEngine();
            engine.setUseClientMode(false);
            outgoing = ByteBuffer.allocateDirect(engine.getSession().getPacketBufferSize());
            incoming = ByteBuffer.allocateDirect(engine.getSession().getPacketBufferSize());
            incoming.flip();
        }

        void handshake() throws IOException {
            ByteBuffer nothing = ByteBuffer.allocate(0);
            ByteBuffer unexpected = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            engine.beginHandshake();
            for (HandshakeStatus status = engine.getHandshakeStatus();
                    status != HandshakeStatus.NOT_HANDSHAKING;
                    status = engine.getHandshakeStatus()) {
                switch (status) {
                    case NEED_TASK -> engine.getDelegatedTask().run();
                    case NEED_WRAP -> send(nothing);
                    case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                        if (!receive(unexpected)) {
                            throw new IOException("the peer closed during the handshake");
                        }
                    }
                    case NOT_HANDSHAKING, FINISHED -> throw new IllegalStateException(status.name());
                }
            }
        }

        void send(ByteBuffer plain) throws IOException {
            do {
                engine.wrap(plain, outgoing.clear());
                Place.writeFully(socket, outgoing.flip());
            } while (plain.hasRemaining());
        }

        /** Unwraps one record that needs no more bytes than are there, or reads more. False at the end. */
        boolean receive(ByteBuffer plain) throws IOException {
            while (true) {
                SSLEngineResult result = engine.unwrap(incoming, plain);
                switch (result.getStatus()) {
                    case OK -> {
                        if (result.bytesProduced() > 0
                                || result.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
                            return true;
                        }
                    }
                    case BUFFER_UNDERFLOW -> {
                        incoming.compact();
                        int count = socket.read(incoming);
                        incoming.flip();
                        if (count < 0) {
                            return false;
                        }
                    }
                    case CLOSED -> {
                        return false;
                    }
                    case BUFFER_OVERFLOW -> throw new IOException("a buffer of the session's size is too small");
                }
            }
        }

        void close() throws IOException {
            engine.closeOutbound();
            send(ByteBuffer.allocate(0));
        }

        private static SSLContext context() throws GeneralSecurityException, IOException {
            KeyStore keys = KeyStore.getInstance("PKCS12");
            keys.load(new ByteArrayInputStream(Base64.getDecoder().decode(System.getenv(KEY))), PASSWORD);
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        }
    }
}
