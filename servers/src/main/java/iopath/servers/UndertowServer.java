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
import javax.net.ssl.SSLContext;
import org.conscrypt.Conscrypt;
import org.wildfly.openssl.OpenSSLProvider;
import org.wildfly.openssl.SSL;

/** Undertow with its resource handler; options {@code no-transfer}, {@code conscrypt}, {@code wildfly-openssl}. */
final class UndertowServer {

    private static final String LIBRARIES = "/usr/lib/x86_64-linux-gnu/";

    private UndertowServer() {}

    static Server start(Setup setup) throws Exception {
        Undertow.Builder builder = Undertow.builder();
        if (setup.tls()) {
            builder.addHttpsListener(0, "127.0.0.1", context(setup));
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

    private static SSLContext context(Setup setup) throws Exception {
        if (setup.has("conscrypt")) {
            return setup.context("TLS", Conscrypt.newProvider());
        }
        if (setup.has("wildfly-openssl")) {
            // It looks for other names in other folders than Debian has.
            System.setProperty(SSL.ORG_WILDFLY_OPENSSL_PATH_LIBSSL, LIBRARIES + "libssl.so.3");
            System.setProperty(SSL.ORG_WILDFLY_OPENSSL_PATH_LIBCRYPTO, LIBRARIES + "libcrypto.so.3");
            return setup.context("openssl.TLS", new OpenSSLProvider());
        }
        return setup.context();
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
