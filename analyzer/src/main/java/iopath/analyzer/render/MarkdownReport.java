package iopath.analyzer.render;

import static iopath.analyzer.render.Table.Column.numbers;
import static iopath.analyzer.render.Table.Column.words;

import iopath.analyzer.price.Price;
import iopath.analyzer.price.Prices;
import iopath.analyzer.summarize.Capped;
import iopath.analyzer.summarize.EndpointUse;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Site;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A profile for an issue, a wiki or a build's summary, in GitHub's Markdown. */
public final class MarkdownReport {
    private static final int MAX_ROWS = 20;

    private final Profile profile;
    private final Prices prices;
    private final Page page;

    private MarkdownReport(Profile profile, Prices prices) {
        this.profile = profile;
        this.prices = prices;
        this.page = new Page(profile.verdict());
        transfers();
        findings();
        endpoints();
        sites();
        notSeen();
    }

    /** The whole report without prices, each line ended. */
    public static String of(Profile profile) {
        return of(profile, Prices.atMost(profile));
    }

    /** The whole report, each line ended. */
    public static String of(Profile profile, Prices prices) {
        return MarkdownPage.of(new MarkdownReport(profile, prices).page);
    }

    private void transfers() {
        List<List<String>> rows = new ArrayList<>();
        for (Transfer row : Capped.list(profile.transfers(), MAX_ROWS, Transfer::others)) {
            rows.add(List.of(
                    Amount.bytes(row.bytes()),
                    row.source(),
                    row.sink(),
                    row.path(),
                    row.reason(),
                    Objects.requireNonNullElse(row.detail(), ""),
                    row.evidence()));
        }
        page.section("Transfers")
                .rows(
                        List.of(
                                numbers("Bytes"),
                                words("Source"),
                                words("Sink"),
                                words("Path"),
                                words("Reason"),
                                words("Detail"),
                                words("Evidence")),
                        rows);
    }

    private void findings() {
        if (profile.findings().isEmpty()) {
            return;
        }
        List<String> items = new ArrayList<>();
        for (Finding finding : profile.findings()) {
            Price price = prices.of(finding);
            items.add(finding.severity().text() + ", " + finding.code() + ": " + finding.sentence() + " Fix: "
                    + finding.fix() + (price == null ? "" : " Price: " + price.sentence()));
        }
        page.section("Findings").bullets(items);
        if (profile.findings().stream().anyMatch(finding -> !finding.work().isEmpty())) {
            page.paragraph("Does it matter? " + prices.sentence());
        }
    }

    private void endpoints() {
        List<List<String>> rows = new ArrayList<>();
        for (EndpointUse row : Capped.list(profile.endpoints(), MAX_ROWS, EndpointUse::others)) {
            rows.add(List.of(Amount.bytes(row.readBytes()), Amount.bytes(row.writtenBytes()), row.kind(), row.name()));
        }
        page.section("Top endpoints")
                .rows(List.of(numbers("Read"), numbers("Written"), words("Kind"), words("Name")), rows);
    }

    private void sites() {
        List<List<String>> rows = new ArrayList<>();
        for (Site row : Capped.list(profile.sites(), MAX_ROWS, Site::others)) {
            rows.add(List.of(
                    Amount.bytes(row.bytes()), row.frame(), row.source(), row.sink(), row.path(), row.reason()));
        }
        page.section("Top sites (estimates from samples)")
                .rows(
                        List.of(
                                numbers("Bytes"),
                                words("Frame"),
                                words("Source"),
                                words("Sink"),
                                words("Path"),
                                words("Reason")),
                        rows);
    }

    private void notSeen() {
        List<String> gaps = Gaps.of(profile);
        page.section("Not seen")
                .bullets(
                        gaps.isEmpty()
                                ? List.of("Nothing that iopath knows of, on the channels and engines it watches.")
                                : gaps);
    }
}
