package iopath.servers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The JDK's own HTTP server with a handler that copies files; option {@code file-server} for the JDK's handler of files
 * (SimpleFileServer, JDK 18 and later).
 */
final class JdkServer {

    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int THREADS = 16;

    private JdkServer() {}

    static Server start(Setup setup) throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        HttpServer server = setup.tls() ? encrypted(setup, address) : HttpServer.create(address, 0);
        server.createContext("/upload", exchange -> keep(setup, exchange));
        server.createContext("/", setup.has("file-server") ? fileServer(setup) : exchange -> send(setup, exchange));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        server.setExecutor(threads);
        server.start();
        return new Server() {
            @Override
            public int port() {
                return server.getAddress().getPort();
            }

            @Override
            public void close() {
                server.stop(0);
                threads.shutdown();
            }
        };
    }

    private static HttpServer encrypted(Setup setup, InetSocketAddress address) throws Exception {
        HttpsServer server = HttpsServer.create(address, 0);
        server.setHttpsConfigurator(new HttpsConfigurator(setup.context()));
        return server;
    }

    /** The handler of files, which JDK 17 does not have. */
    private static HttpHandler fileServer(Setup setup) throws ReflectiveOperationException {
        return (HttpHandler) Class.forName("com.sun.net.httpserver.SimpleFileServer")
                .getMethod("createFileHandler", Path.class)
                .invoke(null, setup.files());
    }

    private static void send(Setup setup, HttpExchange exchange) throws IOException {
        Path file = setup.files().resolve(exchange.getRequestURI().getPath().substring(1));
        exchange.sendResponseHeaders(OK, Files.size(file));
        try (InputStream in = Files.newInputStream(file);
                OutputStream out = exchange.getResponseBody()) {
            in.transferTo(out);
        }
    }

    private static void keep(Setup setup, HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getQuery();
        try (InputStream body = exchange.getRequestBody()) {
            Files.copy(body, setup.upload(query.substring("name=".length())));
        }
        exchange.sendResponseHeaders(CREATED, -1);
        exchange.close();
    }
}
