package iopath.analyzer.render;

import iopath.analyzer.render.Table.Column;
import java.util.ArrayList;
import java.util.List;

/** Sentences with tables, before it is known in which form they are shown. */
final class Page {
    private final String title;
    private final List<Block> blocks = new ArrayList<>();

    /** A part of a page. */
    sealed interface Block {}

    /** The head of what follows. */
    record Section(String title) implements Block {}

    /** A sentence that stands alone. */
    record Paragraph(String text) implements Block {}

    /** Sentences that belong together. */
    record Bullets(List<String> items) implements Block {}

    /** Rows of cells. */
    record Rows(List<Column> columns, List<List<String>> cells) implements Block {}

    Page(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    List<Block> blocks() {
        return blocks;
    }

    Page paragraph(String text) {
        blocks.add(new Paragraph(text));
        return this;
    }

    Page section(String name) {
        blocks.add(new Section(name));
        return this;
    }

    Page bullets(List<String> items) {
        blocks.add(new Bullets(List.copyOf(items)));
        return this;
    }

    Page rows(List<Column> columns, List<List<String>> cells) {
        blocks.add(new Rows(List.copyOf(columns), List.copyOf(cells)));
        return this;
    }
}
