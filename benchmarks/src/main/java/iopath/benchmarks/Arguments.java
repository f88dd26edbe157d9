package iopath.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options of a command line, as {@code --name value}. */
final class Arguments {

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Map<String, String> defaults;

    /**
     * Reads options.
     *
     * @param defaults the options that exist, and what they are if not given
     * @throws IllegalArgumentException if an option is unknown or has no value
     */
    Arguments(String[] arguments, Map<String, String> defaults) {
        this.defaults = defaults;
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i].startsWith("--") ? arguments[i].substring(2) : "";
            if (!defaults.containsKey(name) || i + 1 == arguments.length) {
                throw new IllegalArgumentException("no option " + arguments[i]
                        + (i + 1 == arguments.length ? " without a value" : "") + "; options are --"
                        + String.join(" --", defaults.keySet()));
            }
            given.put(name, arguments[i + 1]);
        }
    }

    String text(String name) {
        String value = given.getOrDefault(name, defaults.get(name));
        return value == null ? "" : value;
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    /** The file that the option {@code agent} names; by default where the build puts it. */
    Path agentJar() {
        Path jar = text("agent").isEmpty() ? built() : Path.of(text("agent")).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("no agent at " + jar + "; build it, or name it with --agent FILE");
        }
        return jar;
    }

    private static Path built() {
        try {
            Path jar = Path.of(Arguments.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return jar.resolve("../../../agent/target/iopath-agent.jar").normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
