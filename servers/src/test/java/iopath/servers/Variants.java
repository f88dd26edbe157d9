package iopath.servers;

import java.util.List;
import java.util.stream.Stream;

/** All variants, in the order of the table. */
final class Variants {

    private static final String PLAIN = "a listener without TLS, behind a proxy that ends it";

    private Variants() {}

    static List<Variant> all() {
        return Stream.of(tomcat(), jetty(), undertow(), netty(), vertx(), armeria(), javalin(), springMvc(), springWebFlux(), jdk())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Variant> tomcat() {
        String title = "Tomcat 11";
        String nio = "`protocol=\"org.apache.coyote.http11.Http11NioProtocol\"` (connector) has sendfile";
        return List.of(
                Variant.of(
                        title,
                        "tomcat",
                        "`useSendfile` (connector); `sendfileSize` (default servlet, 48 KiB), smaller files come from its"
                                + " cache"),
                Variant.of(
                        title,
                        "tomcat",
                        "`useSendfile=\"true\"` (connector); `input` (default servlet, 2 KiB) is the size of its reads",
                        "no-sendfile"),
                Variant.of(
                        title,
                        "tomcat",
                        "sendfile comes first: `useSendfile=\"false\"` compresses large files too",
                        "compression"),
                Variant.of(title, "tomcat", PLAIN + "; sendfile under TLS is a loop over 8 KiB", "tls"),
                Variant.of(
                        title,
                        "tomcat",
                        nio + ", that of NIO2 is a loop; `socket.directBuffer=\"true\"` (connector) makes it `direct`",
                        "nio2"),
                Variant.of(title, "tomcat", nio, "nio2", "direct-buffers"),
                Variant.of(title, "tomcat", nio, "nio2", "no-sendfile"),
                Variant.of(title, "tomcat", PLAIN, "nio2", "tls"),
                Variant.of(title, "tomcat", PLAIN, "tls", "openssl-ffm"),
                Variant.of(title, "tomcat", PLAIN, "nio2", "tls", "openssl-ffm"));
    }

    private static List<Variant> jetty() {
        String title = "Jetty 12";
        return List.of(
                Variant.of(title, "jetty", "nothing brings sendfile; files in the cache are read once"),
                Variant.of(
                        title,
                        "jetty",
                        "what the cache of `ResourceHandler` holds is read once; `minMappedFileSize` maps files that are"
                                + " too large for it",
                        "no-cache"),
                Variant.of(title, "jetty", "a copy less than `direct`, for page faults", "no-cache", "mapped"),
                Variant.of(title, "jetty", PLAIN, "tls"));
    }

    private static List<Variant> undertow() {
        String title = "Undertow 2";
        return List.of(
                Variant.of(
                        title,
                        "undertow",
                        "`transferMinSize` (`PathResourceManager`, 1 KiB); the first 16 KiB go with the headers all the"
                                + " same"),
                Variant.of(
                        title,
                        "undertow",
                        "a `transferMinSize` (`PathResourceManager`) below the file's size has sendfile",
                        "no-transfer"),
                Variant.of(title, "undertow", PLAIN, "tls"),
                Variant.of(title, "undertow", PLAIN, "tls", "conscrypt"),
                Variant.of(title, "undertow", PLAIN, "tls", "wildfly-openssl"));
    }

    private static List<Variant> netty() {
        String title = "Netty 4.2";
        String region = "`DefaultFileRegion`";
        return List.of(
                Variant.of(title, "netty", "it is the application's choice: " + region),
                Variant.of(
                        title,
                        "netty",
                        region + " has sendfile; `ChunkedNioFile` at least reads into a direct buffer",
                        "chunked-file"),
                Variant.of(title, "netty", region + " has sendfile", "chunked-nio-file"),
                Variant.of(title, "netty", PLAIN + "; `ChunkedNioFile`", "tls"),
                Variant.of(title, "netty", PLAIN + "; `ChunkedNioFile`", "tls", "openssl"),
                Variant.of(title, "netty", "nothing to gain", "epoll"),
                Variant.of(title, "netty", PLAIN + "; `ChunkedNioFile`", "epoll", "tls", "openssl"),
                Variant.of(title, "netty", "nothing to gain", "io_uring"),
                Variant.of(title, "netty", region + " has splice", "io_uring", "chunked-nio-file"),
                Variant.of(
                        title,
                        "netty",
                        region + " has splice",
                        "io_uring",
                        "chunked-nio-file",
                        "buffer-ring",
                        "zero-copy"),
                Variant.of(title, "netty", PLAIN + "; `ChunkedNioFile`", "io_uring", "tls", "openssl"));
    }

    private static List<Variant> vertx() {
        String title = "Vert.x 5";
        return List.of(
                Variant.of(title, "vertx", "nothing to gain"),
                Variant.of(title, "vertx", PLAIN, "tls"),
                Variant.of(title, "vertx", "nothing to gain", "epoll"),
                Variant.of(title, "vertx", "nothing to gain", "io_uring"));
    }

    private static List<Variant> springMvc() {
        String title = "Spring Boot 4, MVC";
        String attributes = "the request attributes `org.apache.tomcat.sendfile.*` have Tomcat send the file";
        return List.of(
                Variant.of(title, "spring-mvc", attributes),
                Variant.of(title, "spring-mvc", PLAIN, "tls"),
                Variant.of(title, "spring-mvc", attributes, "streaming"),
                Variant.of(title, "spring-mvc", attributes, "resource"),
                Variant.of(title, "spring-mvc", "nothing to gain", "sendfile-attributes"));
    }

    private static List<Variant> springWebFlux() {
        String title = "Spring Boot 4, WebFlux";
        return List.of(
                Variant.of(title, "spring-webflux", "nothing to gain", "nio"),
                Variant.of(title, "spring-webflux", PLAIN + "; TLS goes in steps of 1 KiB", "nio", "tls"));
    }

    private static List<Variant> armeria() {
        String title = "Armeria 1";
        return List.of(
                Variant.of(title, "armeria", "nothing brings sendfile: `FileService` reads into pooled buffers"),
                Variant.of(title, "armeria", PLAIN, "tls"));
    }

    private static List<Variant> javalin() {
        String none = "nothing brings sendfile: Javalin copies its static files into the response's stream";
        return List.of(Variant.of("Javalin 7", "javalin", none));
    }

    private static List<Variant> jdk() {
        String title = "JDK, `HttpServer`";
        String none = "nothing brings sendfile: all goes through its stream";
        return List.of(
                Variant.of(title, "jdk", none),
                Variant.of(title, "jdk", PLAIN, "tls"),
                Variant.of(title, "jdk", none, "file-server"),
                Variant.of(title, "jdk", PLAIN, "file-server", "tls"));
    }
}
