package iopath.servers;

import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.nio.file.Files;

/** Javalin on its Jetty, with its static files. */
final class JavalinServer {

    private JavalinServer() {}

    static Server start(Setup setup) {
        Javalin server = Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.staticFiles.add(setup.files().toString(), Location.EXTERNAL);
                    config.routes.post("/upload", context -> keep(setup, context));
                })
                .start("127.0.0.1", 0);
        return new Server() {
            @Override
            public int port() {
                return server.port();
            }

            @Override
            public void close() {
                server.stop();
            }
        };
    }

    private static void keep(Setup setup, Context context) throws IOException {
        Files.copy(context.bodyInputStream(), setup.upload(String.valueOf(context.queryParam("name"))));
        context.status(HttpStatus.CREATED);
    }
}
