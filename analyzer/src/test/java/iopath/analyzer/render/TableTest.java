package iopath.analyzer.render;

import static iopath.analyzer.render.Table.Column.numbers;
import static iopath.analyzer.render.Table.Column.words;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsLineUp() {
        Table table = new Table(numbers("Bytes"), words("Name"))
                .row("1", "a")
                .row("1000", "bcd")
                .note("detail");

        assertThat(table.lines()).containsExactly("Bytes  Name", "    1  a", " 1000  bcd", "    detail");
    }

    @Test
    void noRowIsWiderThanATerminal() {
        Table table = new Table(words("A"), words("B"), words("C"))
                .row("a".repeat(60), "b".repeat(100), "c".repeat(300))
                .row("x", "y", "z");

        assertThat(table.lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void theLastColumnGivesFirst() {
        Table table = new Table(words("A"), words("B")).row("a".repeat(30), "b".repeat(100));

        assertThat(table.lines().get(1)).hasSize(80).startsWith("a".repeat(30) + "  b");
    }

    @Test
    void aMissingCellIsRefused() {
        Table table = new Table(words("A"), words("B"));

        assertThatThrownBy(() -> table.row("a")).isInstanceOf(IllegalArgumentException.class);
    }
}
