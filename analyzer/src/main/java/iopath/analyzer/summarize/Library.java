package iopath.analyzer.summarize;

import java.util.Arrays;
import java.util.List;

/** Servers and libraries that have a setting, or another class, by which a file stays in the kernel; see docs/servers.md. */
enum Library {
    TOMCAT(
            "In Tomcat, the NIO connector (protocol org.apache.coyote.http11.Http11NioProtocol, useSendfile=\"true\") has"
                    + " the kernel send what its default servlet serves, from sendfileSize (48 KiB) on; a servlet of"
                    + " one's own asks for it by the request attributes org.apache.tomcat.sendfile.*. What NIO2 calls"
                    + " sendfile is a loop.",
            "org.apache.tomcat.",
            "org.apache.coyote.",
            "org.apache.catalina."),
    JETTY(
            "In Jetty no setting brings sendfile: what the cache of a ResourceHandler holds is read once, and"
                    + " minMappedFileSize maps files that are too large for it.",
            "org.eclipse.jetty."),
    UNDERTOW(
            "In Undertow, the kernel sends files of transferMinSize (PathResourceManager) and more.",
            "io.undertow.",
            "org.xnio."),
    NETTY("With Netty, write a DefaultFileRegion in place of a ChunkedFile or ChunkedNioFile.", "io.netty.");

    private final String setting;
    private final List<String> packages;

    Library(String setting, String... packages) {
        this.setting = setting;
        this.packages = List.of(packages);
    }

    /** What to set where code of a library sends a file in a loop, with a space before it; empty for other code. */
    static String setting(String frame) {
        return Arrays.stream(values())
                .filter(library -> library.packages.stream().anyMatch(frame::startsWith))
                .map(library -> " " + library.setting)
                .findFirst()
                .orElse("");
    }
}
