package iopath.servers;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A server with its switches.
 *
 * @param title the server's name in the table
 * @param server as {@link ServerMain} knows it
 * @param options as {@link ServerMain} takes them
 * @param setting what would change the path, for the table
 */
record Variant(String title, String server, List<String> options, String setting) {

    /** What is in back quotes, or of that the value of an attribute. */
    private static final Pattern QUOTED = Pattern.compile("`(?:[^`\"]*=\")?([^`\"]*)\"?`");

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

    /** Names of settings and classes that {@link #setting} has: what it quotes and does not spell in small letters. */
    List<String> names() {
        return QUOTED.matcher(setting)
                .results()
                .map(quoted -> quoted.group(1))
                .filter(name -> !name.equals(name.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** The first JDK that it runs on. */
    int since() {
        return has("openssl-ffm") ? 22 : has("file-server") ? 18 : 17;
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
