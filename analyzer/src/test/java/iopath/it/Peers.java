package iopath.it;

import iopath.it.scenario.PeerKind;
import iopath.it.scenario.Place;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.zip.CRC32;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The other ends of one scenario's sockets. */
final class Peers implements AutoCloseable {

    private static final int NARROW = 64 << 10;
    private static final int SEED = 2;

    private final List<String> addresses = new ArrayList<>();
    private final List<Future<String>> results = new ArrayList<>();
    private final List<AutoCloseable> servers = new ArrayList<>();
    private final List<DatagramChannel> datagrams = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "peer");
        thread.setDaemon(true);
        return thread;
    });
    private final CountDownLatch drain = new CountDownLatch(1);
    private final Runnable ready;

    /**
     * Opens the sockets and waits on each.
     *
     * @param directory for the names of Unix-domain sockets, which must be short
     * @param ready what to do when a sending peer has sent everything
     */
    Peers(List<PeerKind> kinds, Path directory, Runnable ready) throws IOException {
        this.ready = ready;
        for (PeerKind kind : kinds) {
            open(kind, directory);
        }
    }

    /** What the scenario is given to connect to. */
    List<String> addresses() {
        return addresses;
    }

    /** Lets idle peers read. */
    void drain() {
        drain.countDown();
    }

    /** What each peer got, once the scenario's process has ended. */
    List<String> results() throws IOException, InterruptedException {
        List<String> texts = new ArrayList<>();
        for (Future<String> result : results) {
            try {
                texts.add(result.get(30, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                texts.add("peer failed: " + e.getCause());
            } catch (TimeoutException e) {
                texts.add("peer never saw the end");
            }
        }
        for (DatagramChannel channel : datagrams) {
            texts.add(received(channel));
        }
        return texts;
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    private void open(PeerKind kind, Path directory) throws IOException {
        switch (kind) {
            case DRAIN -> accept(loopback(), Peers::read);
            case DRAIN_UNIX -> accept(UnixDomainSocketAddress.of(directory.resolve("peer")), Peers::read);
            case IDLE ->
                accept(loopback(), socket -> {
                    drain.await();
                    return read(socket);
                });
            case SEND -> accept(loopback(), this::send);
            case TLS_DRAIN ->
                accept(loopback(), socket -> {
                    try (SSLSocket tls = tls(socket)) {
                        return text(tls.getInputStream());
                    }
                });
            case TLS_SEND ->
                accept(loopback(), socket -> {
                    try (SSLSocket tls = tls(socket)) {
                        tls.getOutputStream().write(content());
                        tls.shutdownOutput();
                        return text(tls.getInputStream());
                    }
                });
            case DATAGRAM -> {
                DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
                servers.add(channel);
                datagrams.add(channel.bind(loopback()));
                addresses.add(String.valueOf(((InetSocketAddress) channel.getLocalAddress()).getPort()));
            }
        }
    }

    /** What a peer does with its connection. */
    private interface Conversation {
        String with(SocketChannel socket) throws Exception;
    }

    private void accept(SocketAddress address, Conversation conversation) throws IOException {
        ServerSocketChannel server = address instanceof UnixDomainSocketAddress
                ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                : ServerSocketChannel.open();
        servers.add(server);
        if (address instanceof InetSocketAddress) {
            server.setOption(StandardSocketOptions.SO_RCVBUF, NARROW);
        }
        server.bind(address);
        addresses.add(
                server.getLocalAddress() instanceof InetSocketAddress inet
                        ? String.valueOf(inet.getPort())
                        : address.toString());
        results.add(threads.submit(() -> {
            try (SocketChannel socket = server.accept()) {
                return conversation.with(socket);
            }
        }));
    }

    /** An address of the loopback interface with a free port. */
    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private String send(SocketChannel socket) throws IOException {
        ByteBuffer content = ByteBuffer.wrap(content());
        while (content.hasRemaining()) {
            socket.write(content);
        }
        // On loopback a byte that was written has arrived.
        socket.shutdownOutput();
        ready.run();
        return read(socket);
    }

    private static byte[] content() {
        byte[] content = new byte[Place.SENT];
        new Random(SEED).nextBytes(content);
        return content;
    }

    private static String read(SocketChannel socket) throws IOException {
        return text(Channels.newInputStream(socket));
    }

    private static String text(InputStream in) throws IOException {
        CRC32 crc = new CRC32();
        long count = 0;
        byte[] buffer = new byte[NARROW];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            crc.update(buffer, 0, n);
            count += n;
        }
        return text(count, crc);
    }

    private static String text(long count, CRC32 crc) {
        return "peer got " + count + " bytes, CRC " + Long.toHexString(crc.getValue());
    }

    private static String received(DatagramChannel channel) throws IOException {
        // The sender has ended, so all that will come is in the kernel's buffer.
        channel.configureBlocking(false);
        ByteBuffer all = ByteBuffer.allocate(NARROW);
        while (channel.receive(all) != null) {}
        CRC32 crc = new CRC32();
        crc.update(all.flip().duplicate());
        return text(all.remaining(), crc);
    }

    private static SSLSocket tls(SocketChannel socket) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        SSLSocket tls = (SSLSocket) context.getSocketFactory()
                .createSocket(socket.socket(), "localhost", socket.socket().getPort(), true);
        tls.setUseClientMode(true);
        tls.startHandshake();
        return tls;
    }

    /** The test's own certificate is signed by nobody. */
    private static final class TrustAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
