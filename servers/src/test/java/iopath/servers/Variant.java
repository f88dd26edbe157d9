package iopath.servers;

import java.util.List;

/**
 * A server with its switches.
 *
 * @param title the server's name in the table
 * @param server as {@link ServerMain} knows it
 * @param options as {@link ServerMain} takes them
 * @param setting what would change the path, for the table
 */
record Variant(String title, String server, List<String> options, String setting) {

    static Variant of(String title, String server, String setting, String... options) {
        return new Variant(title, server, List.of(options), setting);
    }

    boolean has(String option) {
        return options.contains(option);
    }

    /** Whether its sockets are served by a ring, of whose work no system call tells. */
    boolean isOfRing() {
        return has("io_uring");
    }

    /** The first JDK that it runs on. */
    int since() {
        return has("openssl-ffm") ? 22 : 17;
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
