package iopath.analyzer.render;

import static iopath.analyzer.render.Table.Column.numbers;
import static iopath.analyzer.render.Table.Column.words;

import iopath.analyzer.price.Price;
import iopath.analyzer.price.Prices;
import iopath.analyzer.summarize.Capped;
import iopath.analyzer.summarize.EndpointUse;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Io;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Recording;
import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A profile for a terminal, ASCII but for names. */
public final class TextReport {
    private static final int MAX_TRANSFERS = 40;
    private static final int MAX_ENDPOINTS = 10;
    private static final int MAX_SITES = 10;

    private final Profile profile;
    private final Prices prices;
    private final Look look;
    private final List<String> lines = new ArrayList<>();

    private TextReport(Profile profile, Prices prices, Look look) {
        this.profile = profile;
        this.prices = prices;
        this.look = look;
    }

    /** The whole report without prices, each line ended. */
    public static String of(Profile profile) {
        return of(profile, Prices.atMost(profile));
    }

    /** The whole report for a file or a pipe, each line ended. */
    public static String of(Profile profile, Prices prices) {
        return of(profile, prices, Look.PLAIN);
    }

    /** The whole report, each line ended. */
    public static String of(Profile profile, Prices prices, Look look) {
        TextReport report = new TextReport(profile, prices, look);
        report.origin();
        report.verdict();
        report.evidence();
        report.findings();
        report.notSeen();
        return String.join("\n", report.lines) + "\n";
    }

    /** The same with the answer at its end, where the screen of who has just waited for it ends. */
    public static String answerLast(Profile profile, Prices prices, Look look) {
        TextReport report = new TextReport(profile, prices, look);
        report.evidence();
        report.notSeen();
        report.findings();
        report.lines.add("");
        report.origin();
        report.verdict();
        return String.join("\n", report.lines) + "\n";
    }

    private void evidence() {
        transfers();
        io();
        endpoints();
        sites();
    }

    private void origin() {
        Recording recording = profile.recording();
        List<String> parts = new ArrayList<>();
        List<String> files = recording.files();
        parts.add(files.size() == 1 ? files.get(0) : Amount.count(files.size(), "recording"));
        parts.add(Amount.seconds(recording.durationNanos() / 1_000_000));
        List<Recording.Process> jvms = recording.jvms();
        if (jvms.size() == 1) {
            Recording.Process jvm = jvms.get(0);
            parts.add(jvm.java() == null ? "Java of unknown version" : "Java " + jvm.java());
            parts.add(jvm.name() == null ? "unknown main class" : jvm.name());
            parts.add(jvm.pid() == null ? "unknown pid" : "pid " + jvm.pid());
        } else {
            parts.add(jvms.isEmpty() ? "unknown JVM" : Amount.count(jvms.size(), "JVM"));
        }
        wrapped("iopath report: " + String.join(", ", parts), 0);
    }

    private void verdict() {
        lines.add("");
        wrapped(profile.verdict(), 0);
        if (profile.summary().moved() > 0) {
            lines.add("");
            wrapped("Does it matter? " + prices.sentence(), 0);
        }
    }

    private void transfers() {
        if (profile.transfers().isEmpty()) {
            return;
        }
        section("Transfers by path and reason (Copy: CPU copies of each byte)");
        Table table = new Table(
                numbers("Bytes"), words("Transfer"), words("Path"), words("Reason"), numbers("Copy"), numbers("Calls"));
        for (Transfer row : Capped.list(profile.transfers(), MAX_TRANSFERS, Transfer::others)) {
            table.row(
                    Amount.bytes(row.bytes()),
                    row.source() + " -> " + row.sink(),
                    row.path(),
                    row.reason(),
                    row.path().equals("unknown") ? "?" : Integer.toString(row.cpuCopies()),
                    Long.toString(row.calls()));
            table.note(note(row));
        }
        lines.addAll(table.lines(look.width()));
    }

    private static String note(Transfer row) {
        List<String> notes = new ArrayList<>();
        if (row.detail() != null) {
            notes.add("detail: " + row.detail());
        }
        if (row.isInferred()) {
            notes.add("inferred from order and sizes only");
        }
        return String.join("; ", notes);
    }

    private void io() {
        if (profile.io().isEmpty()) {
            return;
        }
        section("I/O as a system call tracer would count it");
        Table table = new Table(
                numbers("Bytes"),
                words("Endpoint"),
                words("Direction"),
                words("Buffer"),
                numbers("Operations"),
                numbers("Calls"),
                numbers("Bytes/op"));
        for (Io row : profile.io()) {
            table.row(
                    Amount.bytes(row.bytes()),
                    row.endpoint(),
                    row.direction(),
                    row.buffer(),
                    Long.toString(row.operations()),
                    Long.toString(row.calls()),
                    row.operations() == 0 ? "-" : Long.toString(row.bytes() / row.operations()));
        }
        lines.addAll(table.lines(look.width()));
    }

    private void endpoints() {
        if (profile.endpoints().isEmpty()) {
            return;
        }
        section("Top endpoints");
        Table table = new Table(numbers("Read"), numbers("Written"), words("Kind"), words("Name"));
        List<EndpointUse> rows = Capped.list(profile.endpoints(), MAX_ENDPOINTS + 1, EndpointUse::others);
        for (EndpointUse row : rows) {
            table.row(Amount.bytes(row.readBytes()), Amount.bytes(row.writtenBytes()), row.kind(), row.name());
        }
        lines.addAll(table.lines(look.width()));
    }

    private void sites() {
        if (profile.sites().isEmpty()) {
            return;
        }
        section("Top sites (estimates from samples)");
        for (Site site : Capped.list(profile.sites(), MAX_SITES + 1, Site::others)) {
            String bytes = String.format(Locale.ROOT, "%8s", Amount.bytes(site.bytes()));
            lines.add(bytes + "  " + Line.shortened(Line.safe(site.frame()), look.width() - bytes.length() - 2));
            if (!site.path().equals(site.frame())) {
                wrapped(site.source() + " -> " + site.sink() + ", " + site.path() + ", " + site.reason(), 10);
            }
        }
    }

    private void findings() {
        if (profile.findings().isEmpty()) {
            return;
        }
        section("Findings");
        for (Finding finding : profile.findings()) {
            String bytes = finding.bytes() > 0 ? "  " + Amount.bytes(finding.bytes()) : "";
            lines.add(look.of(finding.severity()) + "  " + finding.code() + bytes);
            wrapped(finding.sentence(), 4);
            wrapped("Fix: " + finding.fix(), 4);
            Price price = prices.of(finding);
            if (price != null) {
                wrapped("Price: " + price.sentence(), 4);
            }
        }
        wrapped("What each code means, and how to check a fix: docs/findings.md", 0);
    }

    private void notSeen() {
        List<String> gaps = Gaps.of(profile);
        section("Not seen");
        if (gaps.isEmpty()) {
            lines.add("Nothing that iopath knows of, on the channels and engines it watches.");
        }
        gaps.forEach(gap -> wrapped(gap, 0));
    }

    private void section(String title) {
        lines.add("");
        lines.add(title);
        lines.add("-".repeat(title.length()));
    }

    private void wrapped(String sentence, int indent) {
        lines.addAll(Line.wrapped(sentence, indent, look.width()));
    }
}
