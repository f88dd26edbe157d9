package iopath.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A table in {@code docs/servers.md}. */
enum Page {
    /** By {@link ServersIT}. */
    SERVERS(
            "<!-- written by ServersIT -->",
            "| server | options | large file | small file | upload | exact share | findings | what changes it |",
            "|---|---|---|---|---|---|---|---|"),
    /** By {@link KafkaIT}. */
    KAFKA(
            "<!-- written by KafkaIT -->",
            "| broker | what it does | path | findings | what changes it |",
            "|---|---|---|---|---|");

    private static final String END = "<!-- end -->";

    private final String begin;
    private final List<String> head;

    Page(String begin, String... head) {
        this.begin = begin;
        this.head = List.of(head);
    }

    /** How a server's line begins. */
    static String begin(Variant variant) {
        return "| " + variant.title() + " | " + variant.words() + " | ";
    }

    /** What a server did, as a line of the table. */
    static String row(Variant variant, Conduct conduct) {
        return begin(variant)
                + String.join(
                        " | ",
                        conduct.large(),
                        conduct.small(),
                        conduct.upload(),
                        conduct.exact(),
                        conduct.findings().isEmpty() ? "-" : conduct.findings(),
                        variant.setting() + " |");
    }

    /** The lines of the table as the page has it, without its head. */
    List<String> rows(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page, StandardCharsets.UTF_8);
        return table(page, lines).stream()
                .filter(line -> !line.isBlank() && !head.contains(line))
                .toList();
    }

    /** The page with other lines in its table. */
    String with(Path page, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(page, StandardCharsets.UTF_8));
        List<String> middle = table(page, lines);
        middle.clear();
        middle.add("");
        middle.addAll(head);
        middle.addAll(rows);
        middle.add("");
        return String.join("\n", lines) + "\n";
    }

    private List<String> table(Path page, List<String> lines) throws IOException {
        int from = lines.indexOf(begin);
        int length = lines.subList(from + 1, lines.size()).indexOf(END);
        if (from < 0 || length < 0) {
            throw new IOException(page + " has no line '" + begin + "', with '" + END + "' behind it");
        }
        return lines.subList(from + 1, from + 1 + length);
    }
}
