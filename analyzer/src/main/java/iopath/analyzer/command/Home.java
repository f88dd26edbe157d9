package iopath.analyzer.command;

import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The directory that holds the launcher and what was built beside it.
 *
 * @param directory the root of the source tree
 */
record Home(Path directory) {
    private static final String PROPERTY = "iopath.home";

    /** The launcher's word, else three steps up from the jar. */
    static Home find() throws CommandException {
        String said = System.getProperty(PROPERTY);
        Path jar = jar();
        if (said != null) {
            return new Home(Path.of(said).toAbsolutePath());
        }
        if (jar != null && jar.endsWith(Path.of("analyzer", "target", "iopath.jar"))) {
            return new Home(jar.resolve("../../..").normalize());
        }
        throw new CommandException(
                ExitCode.FAILED, "the demos are not beside this jar; run ./iopath demo in the source tree");
    }

    Path agent() throws CommandException {
        return present("agent/target/iopath-agent.jar");
    }

    Path analyzer() throws CommandException {
        return present("analyzer/target/iopath.jar");
    }

    Path demos() throws CommandException {
        return present("demo-apps/target/iopath-demo.jar");
    }

    private Path present(String name) throws CommandException {
        Path file = directory.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new CommandException(
                    ExitCode.FAILED, file + " is missing; build it with mvn -DskipTests package, or run ./iopath");
        }
        return file;
    }

    private static @Nullable Path jar() {
        try {
            return Path.of(Home.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath();
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
