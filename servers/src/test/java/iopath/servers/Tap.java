package iopath.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A relay in front of a listener, which counts every byte that it carries. */
final class Tap implements AutoCloseable {

    private static final int BUFFER = 1 << 16;

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicInteger open = new AtomicInteger();
    private final ServerSocket clients;
    private final int port;

    private Tap(ServerSocket clients, int port) {
        this.clients = clients;
        this.port = port;
    }

    /** One in front of a port of this host, which need not be open yet. */
    static Tap before(int port) throws IOException {
        Tap tap = new Tap(new ServerSocket(0, 1024, InetAddress.getLoopbackAddress()), port);
        start(tap::accept);
        return tap;
    }

    /** Where clients are to connect to. */
    int port() {
        return clients.getLocalPort();
    }

    /** Bytes of all connections so far, to the listener and from it. */
    Clients.Counts counts() {
        return new Clients.Counts(sent.get(), received.get());
    }

    /** Connections that are open. */
    int open() {
        return open.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = clients.accept();
                open.incrementAndGet();
                start(() -> connect(client));
            }
        } catch (IOException e) {
            // Closed.
            return;
        }
    }

    private void connect(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread there = start(() -> relay(client, server, sent));
            relay(server, client, received);
            there.join();
        } catch (IOException e) {
            // The listener is not open yet: so the client is told.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.decrementAndGet();
        }
    }

    /** To the end of what one side sends, even if the other does not want it any more. */
    private static void relay(Socket from, Socket to, AtomicLong count) {
        byte[] buffer = new byte[BUFFER];
        boolean wanted = true;
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                count.addAndGet(length);
                wanted = wanted && send(out, buffer, length);
            }
            if (wanted) {
                to.shutdownOutput();
            }
        } catch (IOException e) {
            // One side has gone without a word: nothing comes any more.
            return;
        }
    }

    private static boolean send(OutputStream out, byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Thread start(Runnable work) {
        Thread thread = new Thread(work, "tap");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        try {
            clients.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
