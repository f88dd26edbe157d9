package iopath.it;

import iopath.it.scenario.ScenarioMain;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Files that the tests need, found from the module's folder. */
public final class Artefacts {

    private static final Map<String, String> KEYS = new HashMap<>();

    private Artefacts() {}

    /** The packaged agent. */
    public static Path agent() {
        return present(module().resolve("../agent/target/iopath-agent.jar").normalize());
    }

    /** The packaged demos. */
    static Path demos() {
        return present(module().resolve("../demo-apps/target/iopath-demo.jar").normalize());
    }

    /** The packaged command line. */
    public static Path analyzer() {
        return present(module().resolve("../analyzer/target/iopath.jar").normalize());
    }

    private static Path present(Path jar) {
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run mvn package");
        }
        return jar;
    }

    /** The jar of an agent that others have made. */
    static Path otherAgent(String name) {
        return present(module().resolve("target/agents").resolve(name));
    }

    /** Where the classes of the scenarios are. */
    static Path scenarios() {
        try {
            return Path.of(ScenarioMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where runs keep their files. */
    public static Path workFolder() throws IOException {
        return Files.createDirectories(module().resolve("target/it"));
    }

    /** A key store in base64 with a certificate that nobody signed; made once. */
    public static String key() throws IOException, InterruptedException {
        return key("EC");
    }

    /** One with a key of this algorithm, as keytool calls it. */
    public static synchronized String key(String algorithm) throws IOException, InterruptedException {
        String known = KEYS.get(algorithm);
        if (known != null) {
            return known;
        }
        Path folder = Files.createTempDirectory("iopath-key");
        Path store = folder.resolve("key.p12");
        try {
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "iopath",
                            "-keyalg",
                            algorithm,
                            "-dname",
                            "CN=localhost",
                            "-validity",
                            "30",
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            "secret",
                            "-keystore",
                            store.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile())
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool: " + Files.readString(folder.resolve("log")));
            }
            String made = Base64.getEncoder().encodeToString(Files.readAllBytes(store));
            KEYS.put(algorithm, made);
            return made;
        } finally {
            Run.delete(folder);
        }
    }

    private static Path module() {
        return Path.of(Objects.requireNonNullElse(System.getProperty("basedir"), System.getProperty("user.dir")))
                .toAbsolutePath();
    }
}
