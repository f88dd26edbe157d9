package iopath.analyzer.render;

import iopath.analyzer.render.Table.Side;
import java.util.List;

/** A page for a browser, without any script; its policy lets nothing be loaded or run. */
final class PlainHtml {
    /** Its hash would have to be in the policy, were it not one that we write ourselves: style alone harms nothing. */
    private static final String STYLE = """
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.4rem; overflow-wrap: anywhere; }
            h2 { font-size: 1.1rem; margin-top: 2rem; }
            .wide { overflow-x: auto; }
            table { border-collapse: collapse; }
            th, td { padding: .25rem .75rem .25rem 0; text-align: left; border-bottom: 1px solid #8886; }
            .n { text-align: right; font-variant-numeric: tabular-nums; }
            li { overflow-wrap: anywhere; }
            """;

    private final StringBuilder html = new StringBuilder();

    private PlainHtml() {}

    /** The whole page. */
    static String of(Page page) {
        PlainHtml made = new PlainHtml();
        made.html
                .append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src")
                .append(" 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>")
                .append(text(page.title()))
                .append("</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n");
        made.element("h1", page.title());
        page.blocks().forEach(made::block);
        return made.html.append("</body>\n</html>\n").toString();
    }

    private void block(Page.Block block) {
        if (block instanceof Page.Section section) {
            element("h2", section.title());
        } else if (block instanceof Page.Paragraph paragraph) {
            element("p", paragraph.text());
        } else if (block instanceof Page.Bullets bullets) {
            html.append("<ul>\n");
            bullets.items().forEach(item -> element("li", item));
            html.append("</ul>\n");
        } else if (block instanceof Page.Rows rows) {
            html.append("<div class=\"wide\">\n<table>\n");
            row(
                    "th",
                    rows.columns(),
                    rows.columns().stream().map(Table.Column::title).toList());
            rows.cells().forEach(cells -> row("td", rows.columns(), cells));
            html.append("</table>\n</div>\n");
        }
    }

    private void row(String cell, List<Table.Column> columns, List<String> texts) {
        html.append("<tr>");
        for (int i = 0; i < texts.size(); i++) {
            html.append('<').append(cell);
            html.append(columns.get(i).side() == Side.RIGHT ? " class=\"n\"" : "");
            html.append(cell.equals("th") ? " scope=\"col\">" : ">");
            html.append(text(texts.get(i))).append("</").append(cell).append('>');
        }
        html.append("</tr>\n");
    }

    private void element(String name, String text) {
        html.append('<')
                .append(name)
                .append('>')
                .append(text(text))
                .append("</")
                .append(name)
                .append(">\n");
    }

    private static String text(String text) {
        return Line.safe(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
