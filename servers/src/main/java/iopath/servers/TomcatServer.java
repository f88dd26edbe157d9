package iopath.servers;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Files;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.AprLifecycleListener;
import org.apache.catalina.core.OpenSSLLifecycleListener;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http11.Http11Nio2Protocol;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;
import org.apache.tomcat.util.net.openssl.OpenSSLImplementation;

/**
 * Tomcat with its default servlet; options {@code nio2}, {@code no-sendfile}, {@code direct-buffers},
 * {@code compression}, {@code second}, {@code openssl} where its native library is, and {@code openssl-ffm} on JDK 22 and
 * later, where its class path has the whole of Tomcat.
 */
final class TomcatServer {

    /** Named, as its class is of a later Java. */
    private static final String OPENSSL_FFM = "org.apache.tomcat.util.net.openssl.panama.OpenSSLImplementation";

    private TomcatServer() {}

    static Server start(Setup setup) throws LifecycleException, IOException {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(
                Files.createDirectories(setup.folder().resolve("tomcat")).toString());
        if (setup.has("openssl")) {
            tomcat.getServer().addLifecycleListener(new AprLifecycleListener());
        }
        if (setup.has("openssl-ffm")) {
            tomcat.getServer().addLifecycleListener(new OpenSSLLifecycleListener());
        }
        Connector connector = connector(setup);
        tomcat.setConnector(connector);
        Connector second = setup.has("second") ? connector(setup) : connector;
        tomcat.setConnector(second);
        StandardContext context =
                (StandardContext) tomcat.addContext("", setup.files().toString());
        // Its searches for leaks warn that they may not look into the JDK.
        context.setClearReferencesThreadLocals(false);
        context.setClearReferencesRmiTargets(false);
        Tomcat.addServlet(context, "files", new DefaultServlet());
        context.addServletMappingDecoded("/", "files");
        Tomcat.addServlet(context, "upload", new Upload(setup));
        context.addServletMappingDecoded("/upload", "upload");
        context.addMimeMapping("txt", "text/plain");
        context.addMimeMapping("bin", "application/octet-stream");
        tomcat.start();
        return new Server() {
            @Override
            public int port() {
                return connector.getLocalPort();
            }

            @Override
            public int second() {
                return second.getLocalPort();
            }

            @Override
            public void close() throws LifecycleException {
                tomcat.stop();
                tomcat.destroy();
            }
        };
    }

    private static Connector connector(Setup setup) {
        Connector connector = new Connector(
                setup.has("nio2") ? Http11Nio2Protocol.class.getName() : Http11NioProtocol.class.getName());
        connector.setPort(0);
        connector.setProperty("address", "127.0.0.1");
        if (setup.has("no-sendfile")) {
            connector.setProperty("useSendfile", "false");
        }
        if (setup.has("direct-buffers")) {
            connector.setProperty("socket.directBuffer", "true");
        }
        if (setup.has("compression")) {
            connector.setProperty("compression", "on");
            connector.setProperty("compressibleMimeType", "text/plain,application/octet-stream");
        }
        if (setup.tls()) {
            encrypt(connector, setup);
        }
        return connector;
    }

    private static void encrypt(Connector connector, Setup setup) {
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("SSLEnabled", "true");
        if (setup.has("openssl")) {
            connector.setProperty("sslImplementationName", OpenSSLImplementation.class.getName());
        }
        if (setup.has("openssl-ffm")) {
            connector.setProperty("sslImplementationName", OPENSSL_FFM);
        }
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate =
                new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.UNDEFINED);
        certificate.setCertificateKeystoreFile(setup.keys().toString());
        certificate.setCertificateKeystorePassword(Setup.PASSWORD);
        certificate.setCertificateKeystoreType("PKCS12");
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
    }

    /** Keeps a body as most servlets do. */
    private static final class Upload extends HttpServlet {

        private static final long serialVersionUID = 1;

        private final transient Setup setup;

        Upload(Setup setup) {
            this.setup = setup;
        }

        @Override
        protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Files.copy(request.getInputStream(), setup.upload(request.getParameter("name")));
            response.setStatus(HttpServletResponse.SC_CREATED);
        }
    }
}
