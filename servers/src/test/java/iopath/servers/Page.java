package iopath.servers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The table in {@code docs/servers.md}. */
final class Page {

    private static final String BEGIN = "<!-- written by ServersIT -->";
    private static final String END = "<!-- end -->";
    private static final List<String> HEAD = List.of(
            "| server | options | large file | small file | upload | findings | what changes it |",
            "|---|---|---|---|---|---|---|");

    private Page() {}

    /** What a server did, as a line of the table. */
    static String row(Variant variant, Conduct conduct) {
        return String.join(
                " | ",
                "| " + variant.title(),
                variant.words(),
                conduct.large(),
                conduct.small(),
                conduct.upload(),
                conduct.findings().isEmpty() ? "-" : conduct.findings(),
                variant.setting() + " |");
    }

    /** The lines of the table as the page has it, without its head. */
    static List<String> rows(Path page) throws IOException {
        List<String> lines = Files.readAllLines(page, StandardCharsets.UTF_8);
        int begin = lines.indexOf(BEGIN);
        int end = lines.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + " has no lines '" + BEGIN + "' and '" + END + "'");
        }
        return lines.subList(begin + 1, end).stream()
                .filter(line -> !line.isBlank() && !HEAD.contains(line))
                .toList();
    }

    /** The page with other lines in its table. */
    static String with(Path page, List<String> rows) throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(page, StandardCharsets.UTF_8));
        List<String> middle = lines.subList(lines.indexOf(BEGIN) + 1, lines.indexOf(END));
        middle.clear();
        middle.add("");
        middle.addAll(HEAD);
        middle.addAll(rows);
        middle.add("");
        return String.join("\n", lines) + "\n";
    }
}
