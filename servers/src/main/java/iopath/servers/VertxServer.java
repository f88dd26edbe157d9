package iopath.servers;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import io.vertx.core.transport.Transport;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.FileSystemAccess;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.concurrent.TimeUnit;

/** Vert.x with its static handler; options {@code epoll}, {@code io_uring}. */
final class VertxServer {

    private static final int TIMEOUT_SECONDS = 30;
    private static final int CREATED = 201;

    private VertxServer() {}

    static Server start(Setup setup) throws Exception {
        Vertx vertx = Vertx.builder().withTransport(transport(setup)).build();
        Router router = Router.router(vertx);
        router.post("/upload").handler(context -> keep(setup, vertx, context));
        router.get()
                .handler(StaticHandler.create(
                        FileSystemAccess.ROOT, setup.files().toString()));
        HttpServer server = await(
                vertx.createHttpServer(options(setup)).requestHandler(router).listen(0, "127.0.0.1"));
        return new Server() {
            @Override
            public int port() {
                return server.actualPort();
            }

            @Override
            public void close() throws Exception {
                await(vertx.close());
            }
        };
    }

    private static Transport transport(Setup setup) {
        if (setup.has("epoll")) {
            return Transport.EPOLL;
        }
        return setup.has("io_uring") ? Transport.IO_URING : Transport.NIO;
    }

    private static HttpServerOptions options(Setup setup) {
        HttpServerOptions options = new HttpServerOptions();
        if (setup.tls()) {
            options.setSsl(true)
                    .setKeyCertOptions(
                            new PfxOptions().setPath(setup.keys().toString()).setPassword(Setup.PASSWORD));
        }
        return options;
    }

    /** Pipes the body into a file that Vert.x writes asynchronously. */
    private static void keep(Setup setup, Vertx vertx, RoutingContext context) {
        String file = setup.upload(context.queryParams().get("name")).toString();
        context.request().pause();
        vertx.fileSystem()
                .open(file, new OpenOptions().setCreateNew(true).setWrite(true))
                .compose(target -> context.request().pipeTo(target))
                .compose(kept -> context.response().setStatusCode(CREATED).end())
                .onFailure(context::fail);
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    }
}
