package iopath.servers;

import java.io.InputStream;
import java.nio.file.Files;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.content.FileMappingHttpContentFactory;
import org.eclipse.jetty.http.content.HttpContent;
import org.eclipse.jetty.http.content.ResourceHttpContentFactory;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Jetty with its resource handler; options {@code no-cache}, {@code mapped}. */
final class JettyServer {

    private JettyServer() {}

    static Server start(Setup setup) throws Exception {
        org.eclipse.jetty.server.Server jetty = new org.eclipse.jetty.server.Server();
        ServerConnector connector = connector(jetty, setup);
        jetty.addConnector(connector);
        ResourceHandler resources = setup.has("no-cache") ? new Uncached(setup) : new ResourceHandler();
        resources.setBaseResource(ResourceFactory.of(resources).newResource(setup.files()));
        jetty.setHandler(new Handler.Sequence(new Upload(setup), resources));
        jetty.start();
        return new Server() {
            @Override
            public int port() {
                return connector.getLocalPort();
            }

            @Override
            public void close() throws Exception {
                jetty.stop();
            }
        };
    }

    private static ServerConnector connector(org.eclipse.jetty.server.Server jetty, Setup setup) {
        HttpConfiguration configuration = new HttpConfiguration();
        HttpConnectionFactory http = new HttpConnectionFactory(configuration);
        ServerConnector connector;
        if (setup.tls()) {
            // The name in a request need not be the certificate's.
            configuration.addCustomizer(new SecureRequestCustomizer(false));
            SslContextFactory.Server ssl = new SslContextFactory.Server();
            ssl.setKeyStorePath(setup.keys().toString());
            ssl.setKeyStorePassword(Setup.PASSWORD);
            connector = new ServerConnector(jetty, new SslConnectionFactory(ssl, http.getProtocol()), http);
        } else {
            connector = new ServerConnector(jetty, http);
        }
        connector.setHost("127.0.0.1");
        return connector;
    }

    /** Reads or maps each file anew, as the default one does with what is too large for its cache. */
    private static final class Uncached extends ResourceHandler {

        private final Setup setup;

        Uncached(Setup setup) {
            this.setup = setup;
        }

        @Override
        protected HttpContent.Factory newHttpContentFactory(ByteBufferPool.Sized buffers) {
            HttpContent.Factory files = new ResourceHttpContentFactory(getBaseResource(), getMimeTypes(), buffers);
            return setup.has("mapped") ? new FileMappingHttpContentFactory(files, 1, Integer.MAX_VALUE) : files;
        }
    }

    /** Keeps a body through the stream that Jetty offers to blocking code. */
    private static final class Upload extends Handler.Abstract {

        private final Setup setup;

        Upload(Setup setup) {
            this.setup = setup;
        }

        @Override
        public boolean handle(Request request, Response response, Callback callback) throws Exception {
            if (!Request.getPathInContext(request).equals("/upload")) {
                return false;
            }
            String name = Request.extractQueryParameters(request).getValue("name");
            try (InputStream body = Content.Source.asInputStream(request)) {
                Files.copy(body, setup.upload(name));
            }
            response.setStatus(HttpStatus.CREATED_201);
            callback.succeeded();
            return true;
        }
    }
}
