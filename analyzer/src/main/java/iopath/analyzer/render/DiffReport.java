package iopath.analyzer.render;

import static iopath.analyzer.render.Table.Column.numbers;
import static iopath.analyzer.render.Table.Column.words;

import iopath.analyzer.compare.Diff;
import iopath.analyzer.compare.Shift;
import iopath.analyzer.compare.Shift.Kind;
import iopath.analyzer.compare.Way;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Recording;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A comparison of two profiles for people. */
public final class DiffReport {
    /** Times of two runs differ by a third on their own; half as much again is worth a line. */
    private static final double NOTABLE = 1.5;

    /** Fewer bytes are timed too seldom. */
    private static final long TIMED_BYTES = 1_000_000;

    private static final int MAX_SITES = 20;

    private final Diff diff;
    private final Page page;

    private DiffReport(Diff diff) {
        this.diff = diff;
        this.page = new Page(diff.verdict());
        sides();
        measures();
        pairs();
        ways();
        speed();
        sites();
        findings();
    }

    /** For a terminal. */
    public static String text(Diff diff) {
        return TextPage.of(new DiffReport(diff).page);
    }

    /** For a pull request. */
    public static String markdown(Diff diff) {
        return MarkdownPage.of(new DiffReport(diff).page);
    }

    /** For a browser. */
    public static String html(Diff diff) {
        return PlainHtml.of(new DiffReport(diff).page);
    }

    private void sides() {
        page.paragraph("A: " + origin(diff.before())).paragraph("B: " + origin(diff.after()));
    }

    private static String origin(Diff.Side side) {
        Recording recording = side.recording();
        List<String> parts = new ArrayList<>();
        parts.add(
                recording.files().size() == 1
                        ? recording.files().get(0)
                        : Amount.count(recording.files().size(), "recording"));
        for (Recording.Process jvm : recording.jvms().stream().limit(3).toList()) {
            parts.add("Java " + (jvm.java() == null ? "of unknown version" : jvm.java()));
            parts.add(jvm.name() == null ? "unknown main class" : jvm.name());
        }
        parts.add(Amount.seconds(recording.durationNanos() / 1_000_000));
        return String.join(", ", parts);
    }

    private void measures() {
        Diff.Side a = diff.before();
        Diff.Side b = diff.after();
        List<List<String>> rows = new ArrayList<>();
        rows.add(measure(
                "sent to files, sockets, pipes", a.sent().bytes(), b.sent().bytes()));
        rows.add(List.of("of what was passed on, in the kernel", kernel(a), kernel(b)));
        rows.add(List.of(
                "copied bytes per byte sent",
                number(a.sent().copiesPerByte()),
                number(b.sent().copiesPerByte())));
        rows.add(List.of(
                "calls per megabyte sent",
                number(a.sent().callsPerMegabyte()),
                number(b.sent().callsPerMegabyte())));
        rows.add(
                measure("on an unknown path", a.summary().unknown(), b.summary().unknown()));
        page.section("In all").rows(List.of(words("Measure"), numbers("A"), numbers("B")), rows);
    }

    private static List<String> measure(String name, double a, double b) {
        return List.of(name, Amount.bytes((long) a), Amount.bytes((long) b));
    }

    private static String kernel(Diff.Side side) {
        long all = side.summary().transferred();
        return all == 0 ? "-" : Amount.share(side.summary().kernel(), all);
    }

    private void pairs() {
        List<String> lines = new ArrayList<>();
        for (Shift shift : diff.pairs()) {
            lines.add(shift.source() + " -> " + shift.sink() + ": " + what(shift) + "; " + amounts(shift, ""));
        }
        if (!lines.isEmpty()) {
            page.section("What moved").bullets(lines);
        }
    }

    private static String amounts(Shift shift, String about) {
        return switch (shift.kind()) {
            case NEW -> about + Amount.bytes(shift.after());
            case GONE -> about + Amount.bytes(shift.before());
            case SAME, BETTER, WORSE, OTHER ->
                about + Amount.bytes(shift.before()) + " in A, " + about + Amount.bytes(shift.after()) + " in B";
        };
    }

    private static String what(Shift shift) {
        return switch (shift.kind()) {
            case SAME -> "same paths";
            case NEW -> "new in B, on " + paths(shift, false);
            case GONE -> "gone in B, was on " + paths(shift, true);
            case BETTER -> "better: " + shift.moves();
            case WORSE -> "worse: " + shift.moves();
            case OTHER -> "other paths: " + shift.moves();
        };
    }

    private static String paths(Shift shift, boolean before) {
        return String.join(
                ", ",
                shift.ways().stream()
                        .filter(way -> (before ? way.before() : way.after()).bytes() > 0)
                        .map(way -> way.path() + (way.reason().equals("none") ? "" : " (" + way.reason() + ")"))
                        .toList());
    }

    private void ways() {
        List<List<String>> rows = new ArrayList<>();
        for (Shift shift : diff.pairs()) {
            for (Way way : shift.ways()) {
                rows.add(List.of(
                        shift.source() + " -> " + shift.sink(),
                        way.path(),
                        Amount.share(way.before().bytes(), shift.before()),
                        Amount.share(way.after().bytes(), shift.after()),
                        nanos(way.before()),
                        nanos(way.after()),
                        way.reason()));
            }
        }
        if (!rows.isEmpty()) {
            page.section("Shares of each pair (ns/B: nanoseconds a byte, from 1 MB on)")
                    .rows(
                            List.of(
                                    words("Transfer"),
                                    words("Path"),
                                    numbers("A"),
                                    numbers("B"),
                                    numbers("A ns/B"),
                                    numbers("B ns/B"),
                                    words("Reason")),
                            rows);
        }
    }

    private void speed() {
        List<String> lines = new ArrayList<>();
        for (Shift shift : diff.pairs()) {
            for (Way way : shift.ways()) {
                double slowdown = way.slowdown();
                boolean timed =
                        Math.min(way.before().bytes(), way.after().bytes()) >= TIMED_BYTES && !Double.isNaN(slowdown);
                if (timed && (slowdown >= NOTABLE || slowdown <= 1 / NOTABLE)) {
                    lines.add(shift.source() + " -> " + shift.sink() + " by " + way.path() + ": "
                            + (slowdown > 1 ? "slower" : "faster") + ", " + nanos(way.before()) + " ns/B in A, "
                            + nanos(way.after()) + " ns/B in B");
                }
            }
        }
        if (!lines.isEmpty()) {
            page.section("Faster or slower").bullets(lines);
        }
    }

    private void sites() {
        List<String> lines = diff.sites().stream()
                .filter(shift -> shift.kind() != Kind.SAME)
                .limit(MAX_SITES)
                .map(shift -> shift.frame() + ", " + shift.source() + " -> " + shift.sink() + ": " + what(shift) + "; "
                        + amounts(shift, "about "))
                .toList();
        if (!lines.isEmpty()) {
            page.section("Code that changed its paths (estimates from samples)").bullets(lines);
        }
    }

    private void findings() {
        List<String> lines = new ArrayList<>();
        diff.newFindings().forEach(finding -> lines.add("new: " + line(finding) + " Fix: " + finding.fix()));
        diff.goneFindings().forEach(finding -> lines.add("gone: " + line(finding)));
        if (!lines.isEmpty()) {
            page.section("Findings").bullets(lines);
        }
    }

    private static String line(Finding finding) {
        return finding.severity().text() + " " + finding.code() + ". " + finding.sentence();
    }

    private static String nanos(Way.Load load) {
        double value = load.nanosPerByte();
        return Double.isNaN(value) || load.bytes() < TIMED_BYTES ? "-" : number(value);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value == 0 || value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
