package iopath.analyzer.render;

import iopath.analyzer.render.Table.Side;
import java.util.ArrayList;
import java.util.List;

/** A page for a pull request, a wiki or a build's summary. */
final class MarkdownPage {
    private final List<String> lines = new ArrayList<>();

    private MarkdownPage() {}

    /** All lines, each ended. */
    static String of(Page page) {
        MarkdownPage markdown = new MarkdownPage();
        markdown.lines.add("# " + text(page.title()));
        page.blocks().forEach(markdown::block);
        return String.join("\n", markdown.lines) + "\n";
    }

    private void block(Page.Block block) {
        lines.add("");
        if (block instanceof Page.Section section) {
            lines.add("## " + text(section.title()));
        } else if (block instanceof Page.Paragraph paragraph) {
            lines.add(text(paragraph.text()));
        } else if (block instanceof Page.Bullets bullets) {
            bullets.items().forEach(item -> lines.add("- " + text(item)));
        } else if (block instanceof Page.Rows rows) {
            lines.add(row(rows.columns().stream().map(Table.Column::title).toList()));
            lines.add(row(rows.columns().stream()
                    .map(column -> column.side() == Side.RIGHT ? "---:" : "---")
                    .toList()));
            rows.cells()
                    .forEach(cells ->
                            lines.add(row(cells.stream().map(MarkdownPage::text).toList())));
        }
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** Text in which nothing is markup; names are the application's. */
    static String text(String text) {
        StringBuilder escaped = new StringBuilder();
        // GitHub makes a link of what looks like an address.
        String safe = Line.safe(text);
        for (int i = 0; i < safe.length(); i++) {
            char c = safe.charAt(i);
            if (c == '&') {
                escaped.append("&amp;");
            } else if (c == '<') {
                escaped.append("&lt;");
            } else if ("\\`*_[]|~#!$".indexOf(c) >= 0) {
                escaped.append('\\').append(c);
            } else if (safe.startsWith("://", i) || c == '.' && safe.regionMatches(true, i - 3, "www", 0, 3)) {
                escaped.append('\\').append(c);
            } else if (c == '@') {
                escaped.append("&#64;"); // would call somebody
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
