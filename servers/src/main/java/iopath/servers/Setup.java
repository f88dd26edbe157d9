package iopath.servers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.util.Set;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * What a server is to serve.
 *
 * @param folder has {@code files} to be sent, {@code uploads} for what comes in, {@code key.p12} for TLS
 * @param options the server's own switches, and {@code tls}
 */
record Setup(Path folder, Set<String> options) {

    static final String PASSWORD = "secret";

    /** What is sent. */
    Path files() {
        return folder.resolve("files");
    }

    /**
     * Where a body is kept.
     *
     * @param name as the client gave it: a plain file name
     */
    Path upload(String name) {
        Path uploads = folder.resolve("uploads");
        Path file = uploads.resolve(name).normalize();
        if (!uploads.equals(file.getParent())) {
            throw new IllegalArgumentException("not a plain file name: " + name);
        }
        return file;
    }

    boolean has(String option) {
        return options.contains(option);
    }

    boolean tls() {
        return has("tls");
    }

    Path keys() {
        return folder.resolve("key.p12");
    }

    KeyManagerFactory keyManagers() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys())) {
            store.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, PASSWORD.toCharArray());
        return managers;
    }

    SSLContext context() throws IOException, GeneralSecurityException {
        return prepared(SSLContext.getInstance("TLS"));
    }

    /** One of another maker. */
    SSLContext context(String protocol, Provider provider) throws IOException, GeneralSecurityException {
        return prepared(SSLContext.getInstance(protocol, provider));
    }

    private SSLContext prepared(SSLContext context) throws IOException, GeneralSecurityException {
        context.init(keyManagers().getKeyManagers(), null, null);
        return context;
    }
}
