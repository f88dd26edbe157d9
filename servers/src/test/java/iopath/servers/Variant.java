package iopath.servers;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server with its switches.
 *
 * @param title the server's name in the table
 * @param server as {@link ServerMain} knows it
 * @param options as {@link ServerMain} takes them
 * @param setting what would change the path, for the table
 * @param unseen why the agent cannot see all of it yet, or {@code null}
 */
record Variant(
        String title,
        String server,
        List<String> options,
        String setting,
        @Nullable String unseen) {

    static Variant of(String title, String server, String setting, String... options) {
        return new Variant(title, server, List.of(options), setting, null);
    }

    /** The same, where the agent has no hook for some of what it does. */
    Variant unseen(String why) {
        return new Variant(title, server, options, setting, why);
    }

    boolean has(String option) {
        return options.contains(option);
    }

    /** Unique among all. */
    String name() {
        return options.isEmpty() ? server : server + "-" + String.join("-", options);
    }

    /** What its options say, for the table. */
    String words() {
        return options.isEmpty() ? "as it comes" : String.join(", ", options);
    }

    @Override
    public String toString() {
        return name();
    }
}
