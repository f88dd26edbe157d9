package iopath.analyzer.compare;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.render.DiffJson;
import iopath.analyzer.render.DiffReport;
import iopath.analyzer.summarize.Events;
import iopath.analyzer.summarize.Finding;
import org.junit.jupiter.api.Test;

class DiffTest {
    private static final String ROUTE = "file:/a > socket:s";

    @Test
    void twiceTheBytesOnTheSamePathsAreNoDifference() {
        Diff diff = Diff.of(kernel(1_000_000).profile(), kernel(2_000_000).profile());

        assertThat(diff.verdict()).isEqualTo("Same paths.");
        assertThat(diff.pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.kind()).isEqualTo(Shift.Kind.SAME);
            assertThat(pair.before()).isEqualTo(1_000_000);
            assertThat(pair.after()).isEqualTo(2_000_000);
        });
        assertThat(diff.newFindings()).isEmpty();
    }

    @Test
    void aCopyThatWasNoneIsWorseWhereverTheBytesWere() {
        Diff diff = Diff.of(kernel(1_000_000).profile(), wrapped(300_000).profile());

        assertThat(diff.verdict())
                .isEqualTo("Worse: from file to socket, 100 % of the bytes went from sendfile to heap"
                        + " (wrapped-channel); each byte sent is copied 4.00 times, not 0.00.");
        assertThat(diff.newFindings()).extracting(Finding::code).containsExactly("wrapped-channel");
        assertThat(Diff.of(wrapped(300_000).profile(), kernel(1_000_000).profile())
                        .verdict())
                .startsWith("Better: from file to socket, 100 % of the bytes went from heap (wrapped-channel)");
    }

    @Test
    void aPartThatMovedIsToldAsAShare() {
        Events half = kernel(500_000);
        half.transfer(ROUTE, "heap", "wrapped-channel", "com.example.Counting", "same-call", 4, 500_000, 5, 5);

        Diff diff = Diff.of(kernel(1_000_000).profile(), half.profile());

        assertThat(diff.verdict()).contains("50 % of the bytes went from sendfile to heap (wrapped-channel)");
        assertThat(diff.pairs().get(0).changes())
                .containsExactly(
                        new Shift.Change("sendfile", "none", -0.5), new Shift.Change("heap", "wrapped-channel", 0.5));
    }

    @Test
    void aPairThatCameOrWentIsNoMove() {
        Events files = new Events().transfer("file:/a > file:/b", "copy-file-range", "none", "kernel", 1, 1000);

        Diff diff = Diff.of(kernel(1000).profile(), files.profile());

        assertThat(diff.verdict())
                .startsWith("No transfer from endpoint to endpoint is in both; new in B: file to file; gone in B: file"
                        + " to socket");
    }

    @Test
    void nothingIsNotTheSameAsNothing() {
        assertThat(Diff.of(new Events().profile(), kernel(1).profile()).verdict())
                .isEqualTo("Nothing can be compared: no bytes moved in A.");
        assertThat(Diff.of(new Events().profile(), new Events().profile()).verdict())
                .contains("A nor in B");
    }

    @Test
    void aMethodKeepsItsNameWhenItsLinesMove() {
        Events before = kernel(1_000_000).sample("a.B.send:10", ROUTE, "sendfile", "none", 1_000_000, 1, 0);
        Events after = wrapped(1_000_000).sample("a.B.send:99", ROUTE, "heap", "wrapped-channel", 1_000_000, 1, 0);

        assertThat(Diff.of(before.profile(), after.profile()).sites())
                .singleElement()
                .satisfies(site -> {
                    assertThat(site.frame()).isEqualTo("a.B.send");
                    assertThat(site.kind()).isEqualTo(Shift.Kind.WORSE);
                });
    }

    @Test
    void allFormsSayTheSameAndSayItTwice() {
        Diff diff = Diff.of(kernel(2_000_000).profile(), Events.ofEachKind().profile());
        Diff again = Diff.of(kernel(2_000_000).profile(), Events.ofEachKind().profile());

        assertThat(DiffReport.text(diff)).isEqualTo(DiffReport.text(again)).startsWith("Worse: ");
        assertThat(DiffReport.text(diff).lines()).allMatch(line -> line.length() <= 80);
        assertThat(DiffReport.markdown(diff))
                .isEqualTo(DiffReport.markdown(again))
                .startsWith("# Worse: ");
        assertThat(DiffReport.html(diff)).isEqualTo(DiffReport.html(again)).contains("<h1>Worse: ");
        assertThat(DiffJson.of(diff)).isEqualTo(DiffJson.of(again)).contains("\"verdict\" : \"Worse: ");
    }

    @Test
    void aHostileNameIsNoMarkup() {
        Events hostile = new Events()
                .transfer(ROUTE, "heap", "wrapped-channel", "<script>`|[x](y)\u202e", "same-call", 4, 1000, 1, 1);

        Diff diff = Diff.of(kernel(1000).profile(), hostile.profile());

        assertThat(DiffReport.html(diff))
                .doesNotContain("<script")
                .contains("&lt;script&gt;")
                .contains("\\u202e");
        assertThat(DiffReport.markdown(diff)).doesNotContain("<script").contains("\\`\\|\\[x\\](y)");
        assertThat(DiffReport.text(diff)).doesNotContain("\u202e");
    }

    private static Events kernel(long bytes) {
        return new Events().transfer(ROUTE, "sendfile", "none", "kernel", 0, bytes);
    }

    private static Events wrapped(long bytes) {
        return new Events()
                .transfer(ROUTE, "heap", "wrapped-channel", "com.example.Counting", "same-call", 4, bytes, 5, 5);
    }
}
