package iopath.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LineTest {
    @Test
    void aNameCannotCommandTheTerminal() {
        assertThat(Line.safe("a\u001b[31mb\nc\u202egnp.exe\u200b\ud800"))
                .isEqualTo("a\\u001b[31mb\\u000ac\\u202egnp.exe\\u200b\\ud800");
        assertThat(Line.safe("na\u00efve \u6587\u4ef6")).isEqualTo("na\u00efve \u6587\u4ef6");
    }

    @Test
    void aPathIsShortenedInItsMiddle() {
        assertThat(Line.shortened("/var/lib/kafka/data/topic-0/00000.log", 20)).isEqualTo("/var/...-0/00000.log");
        assertThat(Line.shortened("short", 5)).isEqualTo("short");
        assertThat(Line.shortened("short", 2)).isEqualTo("..");
    }

    @Test
    void wideCharactersCountTwice() {
        String wide = "\u6587".repeat(50);
        assertThat(Line.width(Line.shortened(wide, 20))).isLessThanOrEqualTo(20);
        assertThat(Line.wrapped(wide, 4)).allMatch(line -> Line.width(line) <= 80);
    }

    @Test
    void noWordIsLongerThanALine() {
        assertThat(Line.wrapped("see " + "x".repeat(200) + " there", 4))
                .hasSize(3)
                .allMatch(line -> line.length() <= 80);
    }
}
