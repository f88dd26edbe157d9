package iopath.analyzer.library;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** All libraries of {@code libraries.txt}, the format of which docs/libraries.md describes. */
public final class Libraries {
    private static final Libraries KNOWN = new Libraries(LibraryText.parse(lines("libraries.txt")));

    private final List<Library> all;

    Libraries(List<Library> all) {
        this.all = List.copyOf(all);
    }

    /** Those that this version knows. */
    public static Libraries known() {
        return KNOWN;
    }

    List<Library> all() {
        return all;
    }

    /**
     * The library that a class belongs to.
     *
     * @param type the full name of a class, or a frame, which starts with one
     */
    public Optional<Library> of(String type) {
        Library best = null;
        int reach = 0;
        for (Library library : all) {
            int its = library.reach(type);
            if (its > reach) {
                best = library;
                reach = its;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The lines of a file that lies beside this class. */
    static List<String> lines(String name) {
        try (InputStream in = Libraries.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing: iopath's jar is damaged, get it again");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
