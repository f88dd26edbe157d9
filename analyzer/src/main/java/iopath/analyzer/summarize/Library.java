package iopath.analyzer.summarize;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Servers and libraries that have a setting, or another class, by which bytes go a better way; see docs/servers.md. */
enum Library {
    TOMCAT(
            "In Tomcat, the NIO connector (protocol org.apache.coyote.http11.Http11NioProtocol, useSendfile=\"true\") has"
                    + " the kernel send what its default servlet serves, from sendfileSize (48 KiB) on; a servlet of"
                    + " one's own, Spring MVC's included, asks for it by the request attributes"
                    + " org.apache.tomcat.sendfile.*. What NIO2 calls sendfile is a loop.",
            "",
            "",
            "org.apache.tomcat.",
            "org.apache.coyote.",
            "org.apache.catalina."),
    JETTY(
            "In Jetty no setting brings sendfile: what the cache of a ResourceHandler holds is read once, and"
                    + " minMappedFileSize maps files that are too large for it.",
            "",
            "",
            "org.eclipse.jetty."),
    UNDERTOW(
            "In Undertow, the kernel sends files of transferMinSize (PathResourceManager) and more.",
            "",
            "",
            "io.undertow.",
            "org.xnio."),
    NETTY(
            "With Netty, write a DefaultFileRegion in place of a ChunkedFile or ChunkedNioFile. Vert.x does so for"
                    + " HttpServerResponse.sendFile, Spring WebFlux for a Resource that is a file.",
            "With Netty, a ChunkedNioFile reads into a direct buffer, a ChunkedFile into an array.",
            "",
            "io.netty."),
    KAFKA(
            "",
            "In Kafka that is a listener of the protocol PLAINTEXT (listeners, listener.security.protocol.map), and for"
                    + " the other brokers inter.broker.listener.name.",
            "A Kafka broker looks into each batch that it stores: batch.size and linger.ms of producers make batches"
                    + " larger, so that there are fewer calls.",
            "org.apache.kafka.",
            "kafka.");

    private final String loop;
    private final String tls;
    private final String intake;
    private final List<String> packages;

    Library(String loop, String tls, String intake, String... packages) {
        this.loop = loop;
        this.tls = tls;
        this.intake = intake;
        this.packages = List.of(packages);
    }

    /** What to set where code of a library sends a file in a loop, with a space before it; empty for other code. */
    static String loop(String frame) {
        return words(frame, library -> library.loop);
    }

    /** The same where it encrypts. */
    static String tls(String frame) {
        return words(frame, library -> library.tls);
    }

    /** The same where it keeps what a socket brings. */
    static String intake(String frame) {
        return words(frame, library -> library.intake);
    }

    private static String words(String frame, Function<Library, String> what) {
        return Arrays.stream(values())
                .filter(library -> library.packages.stream().anyMatch(frame::startsWith))
                .map(what)
                .filter(words -> !words.isEmpty())
                .map(words -> " " + words)
                .findFirst()
                .orElse("");
    }
}
