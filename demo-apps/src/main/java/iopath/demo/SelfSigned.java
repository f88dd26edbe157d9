package iopath.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A self-signed key that exists for one run.
 *
 * @param file a PKCS12 store that serves as key store on one end, as trust store on the other
 */
public record SelfSigned(Path file) {
    /** Guards nothing: the key is made for one run on the loopback address. */
    public static final String PASSWORD = "loopback";

    private static final String ALIAS = "key";

    static SelfSigned of(Path file) {
        return new SelfSigned(file);
    }

    /** Makes the key with the JDK's own keytool, there being no public API that signs a certificate. */
    public static SelfSigned create(Path directory) throws IOException, InterruptedException {
        Path file = directory.resolve("key.p12");
        Process keytool = ChildJvm.tool(
                        "keytool",
                        List.of(
                                "-genkeypair",
                                "-alias",
                                ALIAS,
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-ext",
                                "SAN=dns:localhost,ip:"
                                        + InetAddress.getLoopbackAddress().getHostAddress(),
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD,
                                "-keystore",
                                file.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + output.strip());
        }
        return new SelfSigned(file);
    }

    /** Writes the certificate alone, for clients whose trust store may hold no key. */
    public Path exportCertificate(Path pem) throws IOException {
        try {
            byte[] certificate = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray())
                    .getCertificate(ALIAS)
                    .getEncoded();
            String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
            return Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the key made by keytool", e);
        }
    }

    SSLContext context() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
