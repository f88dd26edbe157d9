package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the {@code release} file of a Java runtime says.
 *
 * @param fields without their quotes; none if there is no such file
 */
record Release(Map<String, String> fields) {
    private static final int MAX_BYTES = 1 << 20;

    /** By the first of several homes that has a {@code release} file. */
    static Release of(Stream<Path> homes) {
        return homes.map(home -> home.resolve("release"))
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Release::read)
                .orElse(new Release(Map.of()));
    }

    Optional<String> version() {
        return Optional.ofNullable(fields.get("JAVA_VERSION"));
    }

    /** The modules in it; empty if that is not said. */
    Optional<Set<String>> modules() {
        return Optional.ofNullable(fields.get("MODULES")).map(names -> Set.of(names.split(" ")));
    }

    private static Release read(Path release) {
        Map<String, String> fields = new HashMap<>();
        for (String line : lines(release)) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.put(
                        line.substring(0, equals),
                        line.substring(equals + 1).replace("\"", "").strip());
            }
        }
        return new Release(fields);
    }

    private static List<String> lines(Path release) {
        try {
            return Bounded.bytes(release, MAX_BYTES)
                    .map(bytes ->
                            new String(bytes, StandardCharsets.UTF_8).lines().toList())
                    .orElse(List.of());
        } catch (IOException e) {
            return List.of();
        }
    }
}
