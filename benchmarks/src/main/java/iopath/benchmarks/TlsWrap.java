package iopath.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Encrypts 16 KiB that were read from a file, one TLS record, with no socket behind it. */
@State(Scope.Thread)
@BenchmarkMode(org.openjdk.jmh.annotations.Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TlsWrap {

    private static final int BYTES = 16 * 1024;
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    /** Kind of both buffers. */
    @Param({"heap"})
    public String buffer;

    private HotFile file;
    private SSLEngine engine;
    private ByteBuffer plain;
    private ByteBuffer cipher;

    /** Shakes hands with an engine in this thread. */
    @Setup
    public void open() throws IOException, GeneralSecurityException {
        file = new HotFile();
        plain = HotFile.buffer(buffer, BYTES);
        file.channel().read(plain, 0);
        // No certificate is needed to see what a record costs, and 1.2 has no limit after which keys change.
        Security.setProperty("jdk.tls.disabledAlgorithms", "");
        SSLContext context = SSLContext.getInstance("TLSv1.2");
        context.init(null, null, null);
        engine = anonymous(context, false);
        cipher = HotFile.buffer(buffer, engine.getSession().getPacketBufferSize());
        shakeHands(engine, anonymous(context, true));
    }

    private static SSLEngine anonymous(SSLContext context, boolean client) {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(client);
        engine.setEnabledProtocols(new String[] {"TLSv1.2"});
        engine.setEnabledCipherSuites(new String[] {"TLS_DH_anon_WITH_AES_128_GCM_SHA256"});
        return engine;
    }

    private static void shakeHands(SSLEngine server, SSLEngine client) throws SSLException {
        server.beginHandshake();
        client.beginHandshake();
        int size = server.getSession().getPacketBufferSize();
        ByteBuffer toServer = ByteBuffer.allocate(2 * size);
        ByteBuffer toClient = ByteBuffer.allocate(2 * size);
        do {
            step(client, toClient, toServer);
            step(server, toServer, toClient);
        } while (isShaking(client) || isShaking(server));
    }

    private static boolean isShaking(SSLEngine engine) {
        return engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void step(SSLEngine engine, ByteBuffer in, ByteBuffer out) throws SSLException {
        while (true) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            } else if (status == HandshakeStatus.NEED_WRAP) {
                engine.wrap(NOTHING, out);
            } else if (isShaking(engine) && in.position() > 0) {
                in.flip();
                engine.unwrap(in, ByteBuffer.allocate(BYTES));
                in.compact();
            } else {
                return;
            }
        }
    }

    /** Makes one record. */
    @Benchmark
    public int wrap(Cpu cpu) throws SSLException {
        return engine.wrap(plain.clear(), cipher.clear()).bytesProduced();
    }

    /** Removes the file. */
    @TearDown
    public void close() throws IOException {
        file.close();
    }
}
