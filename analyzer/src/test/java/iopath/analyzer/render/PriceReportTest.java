package iopath.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.price.Calibrations;
import iopath.analyzer.price.Prices;
import iopath.analyzer.price.Pricing;
import iopath.analyzer.summarize.Events;
import iopath.analyzer.summarize.Profile;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

@SuppressWarnings("unchecked")
class PriceReportTest {
    private final Profile profile =
            Events.ofEachKind().cpu(345, 0.5).cpu(12_345, 0.5).processors(2).profile();
    private final Prices prices = Pricing.of(profile, Calibrations.round());

    @Test
    void theTextSaysWhatEachFindingCostsAndWhatAllDo() {
        String text = TextReport.of(profile, prices).replaceAll("\\s+", " ");

        assertThat(prices.findings()).isNotEmpty();
        prices.findings().values().forEach(price -> assertThat(text).contains("Price: " + price.sentence()));
        assertThat(text).contains("Does it matter? " + prices.sentence());
        assertThat(TextReport.of(profile, prices).lines()).allMatch(line -> Line.width(line) <= 80);
    }

    @Test
    void theMarkdownDoesAsWell() {
        String page = MarkdownReport.of(profile, prices);

        assertThat(page.split("Price: ", -1)).hasSize(1 + prices.findings().size());
    }

    @Test
    void theJsonHasEachInterval() throws IOException {
        Map<String, Object> json = JSON.std.mapFrom(JsonReport.of(profile, prices));
        Map<String, Object> loop = findings(json).stream()
                .filter(finding -> "read-write-loop".equals(finding.get("code")))
                .findFirst()
                .orElseThrow();
        Map<String, Object> price = (Map<String, Object>) loop.get("price");

        assertThat(price)
                .containsOnlyKeys(
                        "bytes",
                        "cpuSecondsPerGb",
                        "cpuSeconds",
                        "shareOfCpu",
                        "cipherSeconds",
                        "savingSeconds",
                        "savingShareOfCpu",
                        "savingByFewerCallsSeconds",
                        "savingByFewerCopiesSeconds",
                        "worth",
                        "sentence")
                .containsEntry("bytes", 3_000_000)
                .containsEntry("cpuSecondsPerGb", Map.of("low", 0.3, "mid", 0.4, "high", 0.5))
                .containsEntry("cipherSeconds", null)
                .containsEntry("worth", "no");
        assertThat((Map<String, Object>) json.get("price")).containsEntry("sentence", prices.sentence());
        assertThat(json.get("calibration")).isEqualTo(JSON.std.mapFrom(CalibrationJson.of(Calibrations.round())));
    }

    @Test
    void thePageCarriesTheSame() {
        assertThat(HtmlReport.of(profile, prices))
                .contains(JsonReport.of(profile, prices).replace("<", "\\u003c"));
    }

    @Test
    void withoutACalibrationAReportHasABound() throws IOException {
        Map<String, Object> json = JSON.std.mapFrom(JsonReport.of(profile));

        assertThat(json).containsEntry("calibration", null);
        assertThat(findings(json)).allSatisfy(finding -> assertThat(finding).containsEntry("price", null));
        assertThat((Map<String, Object>) json.get("price"))
                .containsEntry("sentence", Prices.atMost(profile).sentence())
                .containsEntry("processCpuSeconds", Map.of("low", 12, "mid", 12.345, "high", 12.345));
    }

    @Test
    void aCalibrationIsATableForATerminal() {
        assertThat(CalibrationTable.of(Calibrations.round()))
                .startsWith(
                        "CPU seconds for a GB on vm (a processor, 2 processors, Linux 6, Java 17.0.15),\n2026-01-02\n")
                .containsPattern("file -> socket +heap +4 +65536 +0.300 +0.400 +0.500");
    }

    private static List<Map<String, Object>> findings(Map<String, Object> json) {
        return (List<Map<String, Object>>) Objects.requireNonNull(json.get("findings"));
    }
}
