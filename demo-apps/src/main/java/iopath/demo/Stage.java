package iopath.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What every demo finds when it starts: a file of random bytes with a peer to receive them. */
final class Stage implements AutoCloseable {
    private static final int ACCEPT_MILLIS = 60_000;

    private final Path directory;
    private final Peer peer;
    private final Checksum original;

    /** The bytes of one file go to one socket. */
    interface Server {
        void send(FileChannel file, SocketChannel socket) throws Exception;
    }

    /** The bytes of one file go through one TLS connection, whose handshake is done. */
    interface TlsServer {
        void send(FileChannel file, TlsConnection connection) throws Exception;
    }

    Stage(long bytes) throws IOException {
        directory = Files.createTempDirectory("iopath-demo");
        try {
            peer = new Peer();
            original = peer.create(file(), bytes);
        } catch (IOException | RuntimeException e) {
            delete(directory);
            throw e;
        }
    }

    Path directory() {
        return directory;
    }

    Path file() {
        return directory.resolve("data");
    }

    Moved serve(Server server) throws Exception {
        try (ServerSocketChannel listener = listen()) {
            peer.receive(port(listener));
            try (SocketChannel socket = accept(listener);
                    FileChannel file = FileChannel.open(file(), StandardOpenOption.READ)) {
                server.send(file, socket);
            }
        }
        return moved(List.of(peer.answer()));
    }

    Moved serveTls(TlsServer server) throws Exception {
        SelfSigned key = SelfSigned.create(directory);
        try (ServerSocketChannel listener = listen()) {
            peer.receiveTls(port(listener), key);
            try (TlsConnection connection = new TlsConnection(accept(listener), key.context());
                    FileChannel file = FileChannel.open(file(), StandardOpenOption.READ)) {
                server.send(file, connection);
            }
        }
        return moved(List.of(peer.answer()));
    }

    /** Each of the files is to be equal to the original. */
    Moved copied(Path... copies) throws IOException {
        List<Checksum> sums = new ArrayList<>();
        for (Path copy : copies) {
            sums.add(peer.checksum(copy));
        }
        return moved(sums);
    }

    private Moved moved(List<Checksum> arrived) {
        return new Moved(
                arrived.stream().mapToLong(Checksum::bytes).sum(),
                original,
                arrived.stream()
                        .filter(sum -> !sum.equals(original))
                        .findFirst()
                        .orElse(original));
    }

    private static ServerSocketChannel listen() throws IOException {
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return listener;
    }

    private static int port(ServerSocketChannel listener) {
        return listener.socket().getLocalPort();
    }

    /** Through the socket, because only there a peer that died does not make this wait for ever. */
    private static SocketChannel accept(ServerSocketChannel listener) throws IOException {
        listener.socket().setSoTimeout(ACCEPT_MILLIS);
        return listener.socket().accept().getChannel();
    }

    @Override
    public void close() throws IOException {
        peer.close();
        delete(directory);
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            paths.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
