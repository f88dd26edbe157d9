package iopath.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Clients that ask for one file over and over. */
final class WebLoad implements Load {

    private static final int CLIENTS = 8;
    private static final int HEADERS = 4096;
    private static final int TIMEOUT_SECONDS = 120;

    private final AtomicLong answers = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> clients = new ArrayList<>();
    private final InetSocketAddress server;
    private final String path;
    private final byte[] content;
    private volatile boolean over;

    private WebLoad(int port, String path, byte[] content) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.path = path;
        this.content = content.clone();
    }

    static WebLoad start(int port, String path, byte[] content) {
        WebLoad load = new WebLoad(port, path, content);
        for (int i = 0; i < CLIENTS; i++) {
            load.clients.add(load.threads.submit(load::client));
        }
        return load;
    }

    private void client() {
        try {
            while (!over) {
                connection();
            }
        } catch (IOException e) {
            failure.compareAndSet(null, e);
        }
    }

    /** As many requests as the server takes on one connection. */
    private void connection() throws IOException {
        try (Socket wire = new Wire(received, new AtomicLong())) {
            wire.setSoTimeout((int) TimeUnit.SECONDS.toMillis(TIMEOUT_SECONDS));
            wire.connect(server);
            Http http = new Http(wire);
            while (!http.isLast()) {
                if (!Arrays.equals(http.get(path, false, over), content)) {
                    throw new IOException("a wrong answer");
                }
                answers.incrementAndGet();
            }
            http.awaitEnd();
        }
    }

    @Override
    public long answers() {
        Exception e = failure.get();
        if (e != null) {
            throw new AssertionError("a request failed after " + answers + " right answers", e);
        }
        return answers.get();
    }

    @Override
    public long received() {
        return received.get();
    }

    /** Each client waits for one answer. */
    @Override
    public long underway() {
        return (long) CLIENTS * (content.length + HEADERS);
    }

    @Override
    public void end() throws InterruptedException, ExecutionException {
        over = true;
        for (Future<?> client : clients) {
            client.get();
        }
        threads.shutdown();
        answers();
    }
}
