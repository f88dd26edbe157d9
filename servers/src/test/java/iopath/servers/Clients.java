package iopath.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Clients of one server, all connected at the same time, that check every byte they get. */
final class Clients {

    static final int COUNT = 64;

    /** How often each of them asks for the small file. */
    static final int SMALL_REQUESTS = 2;

    private static final int TIMEOUT_SECONDS = 300;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();
    private final CyclicBarrier connected = new CyclicBarrier(COUNT);
    private final InetSocketAddress server;
    private final Site site;
    private final boolean gzip;
    private final @Nullable SSLContext tls;

    /** The addresses and files of a run. */
    Clients(int port, Site site, boolean tls, boolean gzip) throws IOException, GeneralSecurityException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.site = site;
        this.gzip = gzip;
        this.tls = tls ? trusting(site.keys()) : null;
    }

    /** Bytes on the wire, to the server and from it. */
    record Counts(long sent, long received) {}

    /** Runs all clients to their end. */
    Counts run() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(COUNT);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < COUNT; i++) {
                int number = i;
                running.add(threads.submit(() -> {
                    client(number);
                    return null;
                }));
            }
            for (Future<?> client : running) {
                client.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a client failed: " + e.getCause(), e);
        } finally {
            threads.shutdownNow();
        }
        return new Counts(sent.get(), received.get());
    }

    private void client(int number) throws Exception {
        try (Socket wire = new Wire(received, sent)) {
            wire.setSoTimeout((int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
            wire.connect(server);
            connected.await(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            try (Socket socket = encrypted(wire)) {
                talk(new Http(socket), number);
            }
        }
    }

    private Socket encrypted(Socket wire) throws IOException {
        return tls == null ? wire : tls.getSocketFactory().createSocket(wire, "localhost", server.getPort(), true);
    }

    private void talk(Http http, int number) throws IOException {
        check(site.small(), http.get("/small.txt", gzip, false));
        check(site.large(), http.get("/large.bin", gzip, false));
        http.post("/upload?name=" + Site.uploadName(number), site.upload());
        check(site.small(), http.get("/small.txt", gzip, true));
        http.awaitEnd();
    }

    private static void check(byte[] expected, byte[] got) throws IOException {
        int difference = Arrays.mismatch(expected, got);
        if (difference >= 0) {
            throw new IOException("got " + got.length + " bytes for " + expected.length
                    + ", the first difference at byte " + difference);
        }
    }

    private static SSLContext trusting(Path keys) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        KeyStore certificates = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(keys)) {
            store.load(in, Setup.PASSWORD.toCharArray());
        }
        certificates.load(null, null);
        String alias = store.aliases().nextElement();
        certificates.setCertificateEntry(alias, store.getCertificate(alias));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(certificates);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
