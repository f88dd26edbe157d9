package iopath.servers;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.util.Objects;

/** Undertow with its resource handler; option {@code no-transfer}. */
final class UndertowServer {

    private UndertowServer() {}

    static Server start(Setup setup) throws Exception {
        Undertow.Builder builder = Undertow.builder();
        if (setup.tls()) {
            builder.addHttpsListener(0, "127.0.0.1", setup.context());
        } else {
            builder.addHttpListener(0, "127.0.0.1");
        }
        PathResourceManager files = setup.has("no-transfer")
                ? new PathResourceManager(setup.files(), Long.MAX_VALUE)
                : new PathResourceManager(setup.files());
        Undertow undertow = builder.setHandler(Handlers.path(Handlers.resource(files))
                        .addExactPath("/upload", new BlockingHandler(exchange -> keep(setup, exchange))))
                .build();
        undertow.start();
        return new Server() {
            @Override
            public int port() {
                return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
            }

            @Override
            public void close() {
                undertow.stop();
            }
        };
    }

    private static void keep(Setup setup, HttpServerExchange exchange) throws IOException {
        String name = Objects.requireNonNull(exchange.getQueryParameters().get("name"))
                .getFirst();
        try (InputStream body = exchange.getInputStream()) {
            Files.copy(body, setup.upload(name));
        }
        exchange.setStatusCode(StatusCodes.CREATED);
    }
}
