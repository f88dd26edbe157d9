package iopath.analyzer.render;

import java.util.ArrayList;
import java.util.List;

/** A page for a terminal. */
final class TextPage {
    private final List<String> lines = new ArrayList<>();

    private TextPage() {}

    /** All lines, each ended. */
    static String of(Page page) {
        TextPage text = new TextPage();
        text.lines.addAll(Line.wrapped(page.title(), 0));
        page.blocks().forEach(text::block);
        return String.join("\n", text.lines) + "\n";
    }

    private void block(Page.Block block) {
        if (block instanceof Page.Section section) {
            lines.add("");
            lines.add(section.title());
            lines.add("-".repeat(section.title().length()));
        } else if (block instanceof Page.Paragraph paragraph) {
            lines.add("");
            lines.addAll(Line.wrapped(paragraph.text(), 0));
        } else if (block instanceof Page.Bullets bullets) {
            bullets.items().forEach(this::bullet);
        } else if (block instanceof Page.Rows rows) {
            Table table = new Table(rows.columns().toArray(new Table.Column[0]));
            rows.cells().forEach(row -> table.row(row.toArray(new String[0])));
            lines.addAll(table.lines());
        }
    }

    private void bullet(String item) {
        List<String> wrapped = Line.wrapped(item, 2);
        lines.add("*" + wrapped.get(0).substring(1));
        lines.addAll(wrapped.subList(1, wrapped.size()));
    }
}
