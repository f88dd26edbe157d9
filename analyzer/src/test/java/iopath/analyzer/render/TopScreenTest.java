package iopath.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.render.TopScreen.Look;
import iopath.analyzer.render.TopScreen.Row;
import iopath.analyzer.render.TopView.Sort;
import iopath.analyzer.summarize.Moment;
import iopath.analyzer.summarize.Seconds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopScreenTest {
    /** {@code -Dgolden=write} replaces the files; the difference is to be read before it is committed. */
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    private static final TopView START = TopView.start(false);
    private static final String TIME = "03:05:20";

    @ParameterizedTest
    @CsvSource({"80,24", "40,10", "200,60"})
    void thePictureIsAsItWas(int width, int height) throws IOException {
        assertGolden(
                "top-" + width + "x" + height + ".txt", picture(Seconds.busy().now(), START, width, height));
    }

    @Test
    void theHelpIsAsItWas() throws IOException {
        assertGolden("top-help.txt", picture(Seconds.busy().now(), START.pressed('?'), 80, 24));
    }

    @Test
    void thePlainPictureIsAsItWas() throws IOException {
        assertGolden(
                "top-plain.txt",
                String.join("\n", TopScreen.plain(Seconds.busy().now(), TopView.start(true), TIME)) + "\n");
    }

    @Test
    void anySizeIsFilledAndNotExceeded() {
        Moment busy = Seconds.busy().now();
        Moment hostile = Seconds.hostile("/" + "very-long-directory-name/".repeat(20) + "\u202e\u001b[2J\u6587")
                .now();
        for (TopView view :
                List.of(START, START.pressed('?'), START.pressed('/').pressed('x'), START.pressed('p'))) {
            for (int width = 1; width < 220; width += 7) {
                for (int height = 1; height < 70; height += 3) {
                    assertFits(TopScreen.of(busy, view, TIME, width, height), width, height);
                    assertFits(TopScreen.of(hostile, view, TIME, width, height), width, height);
                }
            }
        }
    }

    private static void assertFits(List<Row> rows, int width, int height) {
        assertThat(rows).hasSize(height);
        assertThat(rows).allSatisfy(row -> {
            assertThat(Line.width(row.text())).isLessThanOrEqualTo(width);
            assertThat(row.text().codePoints()).noneMatch(c -> Character.isISOControl(c) || c == 0x202e);
        });
    }

    @Test
    void aNameOrAFilterCannotCommandTheTerminal() {
        Moment moment = Seconds.hostile("\u001b[2J\u009b1m\n\u202e").now();
        TopView view = START.pressed('/').pressed(0x202e).pressed('\r');

        assertThat(picture(moment, view, 80, 24)).doesNotContain("\u001b", "\u009b", "\u202e");
        assertThat(String.join("", TopScreen.plain(moment, START, TIME)))
                .doesNotContain("\u001b", "\u009b", "\u202e", "\n");
    }

    @Test
    void anotherLocaleChangesNoByte() {
        String before = picture(Seconds.busy().now(), START, 80, 24);
        Locale locale = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(picture(Seconds.busy().now(), START, 80, 24)).isEqualTo(before);
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void aFilterLeavesOutRowsOfAllTables() {
        TopView view = new TopView(Sort.BYTES, "A.LOG", false, false, false, false, false);

        assertThat(picture(Seconds.busy().now(), view, 80, 24))
                .contains("/data/a.log")
                .doesNotContain("/data/b.log", "read-write-loop", "com.example.Mirror");
    }

    @Test
    void rowsAreSortedByWhatIsAsked() {
        Moment moment = Seconds.busy().now();
        TopView copies = START.pressed('s');

        assertThat(first(moment, START)).contains("sendfile");
        assertThat(first(moment, copies)).contains("read-write-loop");
        assertThat(first(moment, copies.pressed('s'))).contains("copy-file-range");
    }

    private static String first(Moment moment, TopView view) {
        List<Row> rows = TopScreen.of(moment, view, TIME, 80, 24);
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).look() == Look.HEAD) {
                return rows.get(i + 1).text();
            }
        }
        throw new AssertionError(rows);
    }

    @Test
    void asciiIsAscii() {
        assertThat(picture(Seconds.busy().now(), TopView.start(true), 80, 24).codePoints())
                .allMatch(c -> c < 128);
    }

    @Test
    void aWarningStandsOut() {
        assertThat(TopScreen.of(Seconds.busy().now(), START, TIME, 80, 60))
                .anyMatch(row -> row.look() == Look.WARNING && row.text().contains("read-write-loop"));
    }

    @Test
    void nothingYetIsSaid() {
        assertThat(picture(new iopath.analyzer.summarize.Live(0).moment(0), START, 80, 24))
                .contains("waiting for the first events");
    }

    private static String picture(Moment moment, TopView view, int width, int height) {
        return TopScreen.of(moment, view, TIME, width, height).stream()
                .map(row -> row.text().stripTrailing() + "\n")
                .collect(Collectors.joining());
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path file = Path.of("src", "test", "resources", "golden", name);
        if (WRITE) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
