package iopath.servers;

import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.file.FileService;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Function;

/** Armeria with its service of files, on the transport that it chooses: epoll, where Netty's native library is there. */
final class ArmeriaServer {

    private ArmeriaServer() {}

    static Server start(Setup setup) throws Exception {
        HttpService uploads = (context, request) -> keep(setup, context, request);
        ServerBuilder builder = com.linecorp.armeria.server.Server.builder()
                .route()
                .post("/upload")
                .build(uploads)
                .serviceUnder("/", FileService.of(setup.files()));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        if (setup.tls()) {
            builder.https(address).tls(setup.keyManagers());
        } else {
            builder.http(address);
        }
        com.linecorp.armeria.server.Server server = builder.build();
        server.start().get();
        return new Server() {
            @Override
            public int port() {
                return server.activeLocalPort();
            }

            @Override
            public void close() {
                server.close();
            }
        };
    }

    /** Streams a body into a file, which Armeria writes asynchronously. */
    private static HttpResponse keep(Setup setup, ServiceRequestContext context, HttpRequest request) {
        String name = String.valueOf(context.queryParam("name"));
        return HttpResponse.of(request.split()
                .body()
                .writeTo(Function.identity(), setup.upload(name))
                .thenApply(kept -> HttpResponse.of(HttpStatus.CREATED)));
    }
}
