package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.render.HtmlReport;
import iopath.analyzer.render.JsonReport;
import iopath.analyzer.summarize.Events;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.text.Amount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page of a report, as a person uses it. */
@Timeout(120)
class HtmlReportIT extends PageTest {
    private static final List<String> HOSTILE = List.of(
            "<img src=x onerror=\"window.harmed=1\">",
            "</script><script>window.harmed=1</script>",
            "\"><svg onload=window.harmed=1>",
            "javascript:window.harmed=1",
            "\u202egpj.exe \u2066\u200b\u0000\u001b[2J\u2028\ud83d\ufeff",
            "/" + "very-long/".repeat(410));

    @TempDir
    static Path directory;

    @BeforeAll
    static void open() {
        open("the report in a browser");
    }

    /** Whatever a test did, the page broke no rule of its own and threw nothing. */
    @AfterEach
    void nothingWentWrong() {
        assertThat(browser().manage().logs().get("browser").getAll()).isEmpty();
    }

    @Test
    void aClickOnAHeadSortsAndASecondOneTurnsTheOrderAround() throws IOException {
        Map<String, Object> json = show(Events.ofEachKind().profile());
        List<String> reasons = rows(json, "transfers").stream()
                .map(row -> (String) row.get("reason"))
                .sorted()
                .toList();

        click("#transfers thead th:nth-child(5) button");
        assertThat(texts("#transfers tbody td:nth-child(5)")).isEqualTo(reasons);
        assertThat(one("#transfers thead th:nth-child(5)").getDomAttribute("aria-sort"))
                .isEqualTo("ascending");

        click("#transfers thead th:nth-child(5) button");
        assertThat(texts("#transfers tbody td:nth-child(5)"))
                .isEqualTo(reasons.stream().sorted(Comparator.reverseOrder()).toList());

        click("#transfers thead th:nth-child(1) button");
        assertThat(texts("#transfers tbody td:nth-child(1)"))
                .as("by amount, not by its digits")
                .isEqualTo(rows(json, "transfers").stream()
                        .map(row -> Amount.bytes(number(row, "bytes")))
                        .toList());
    }

    @Test
    void theFilterLeavesTheRowsWithItsTextAndSaysHowMany() throws IOException {
        Map<String, Object> json = show(Events.ofEachKind().profile());
        long total = rows(json, "transfers").size();
        long poisoned = rows(json, "transfers").stream()
                .filter(row -> row.containsValue("poisoned"))
                .count();

        one("#transfers input").sendKeys("POISONED");

        assertThat(texts("#transfers tbody td:nth-child(6)"))
                .hasSize((int) poisoned)
                .containsOnly("poisoned");
        assertThat(one("#transfers [role=status]").getText()).isEqualTo(poisoned + " of " + total + " rows");
    }

    @Test
    void aLongTableShowsItsFirstRowsUntilAllAreAskedFor() throws IOException {
        Events events = new Events();
        for (int i = 0; i < 1000; i++) {
            events.io("file:/f" + i, "read", "heap", 1000 + i, 1, 1);
        }
        show(events.profile());

        assertThat(texts("#endpoints tbody tr")).hasSize(15);
        click("#endpoints .more");
        assertThat(texts("#endpoints tbody tr")).hasSize(200);
        click("#endpoints thead th:nth-child(4) button");
        assertThat(texts("#endpoints tbody td:nth-child(4)"))
                .as("the row for the rest stays last")
                .last()
                .isEqualTo("(other)");
    }

    @Test
    void theFlowsAreTheTransfersOfTheJson() throws IOException {
        Map<String, Object> json = show(Events.ofEachKind().profile());
        List<Map<String, Object>> transfers = rows(json, "transfers");

        assertThat(sum("#sankey rect[data-kind=source]")).isEqualTo(sum(transfers, row -> number(row, "bytes")));
        for (String end : List.of("source", "sink")) {
            for (String kind : List.of("file", "socket", "memory")) {
                long expected = sum(transfers, row -> kind.equals(row.get(end)) ? number(row, "bytes") : 0);
                assertThat(sum("#sankey rect[data-kind=" + end + "][data-name=" + kind + "]"))
                        .as("%s %s", end, kind)
                        .isEqualTo(expected);
            }
        }
        long heap = sum(
                transfers,
                row -> "heap".equals(row.get("path")) && !"same-thread".equals(row.get("evidence"))
                        ? number(row, "bytes")
                        : 0);
        assertThat(sum("#sankey .link[data-to=heap]")).isEqualTo(heap);
        assertThat(sum("#sankey .link[data-from=heap]")).isEqualTo(heap);
        assertThat(sum("#sankey .link[data-to='heap (inferred)']"))
                .as("what is inferred is shown apart")
                .isEqualTo(50_000);
    }

    @Test
    void theFlameGraphIsTheStacksOfTheJson() throws IOException {
        Map<String, Object> json = show(Events.ofEachKind().profile());
        List<Map<String, Object>> stacks = rows(json, "stacks");

        assertThat(sum("#flame [data-depth='0']")).isEqualTo(sum(stacks, row -> number(row, "copiedBytes")));
        assertThat(sum("#flame .tip")).isEqualTo(sum(stacks, row -> number(row, "copiedBytes")));
        assertThat(sum("#flame [data-frame='com.example.Server.send:42']")).isEqualTo(12_000_000);

        click("#flame-tools [data-measure=moved]");
        assertThat(sum("#flame [data-depth='0']")).isEqualTo(sum(stacks, row -> number(row, "bytes")));
        assertThat(sum("#flame .tip")).isEqualTo(sum(stacks, row -> number(row, "bytes")));
    }

    @Test
    void theThroughputIsTheTimelineOfTheJson() throws IOException {
        Map<String, Object> json = show(Events.ofEachKind().profile());
        Map<String, Object> timeline = object(json, "timeline");
        List<Map<String, Object>> series = rows(timeline, "series");

        assertThat(texts("#time-legend button"))
                .isEqualTo(series.stream()
                        .map(row -> row.get("path") + " "
                                + Amount.bytes(numbers(row).stream()
                                        .mapToLong(Number::longValue)
                                        .sum()))
                        .toList());
        click("#time summary");
        for (int i = 0; i < series.size(); i++) {
            assertThat(texts("#time-table tbody td:nth-child(" + (i + 2) + ")"))
                    .isEqualTo(numbers(series.get(i)).stream()
                            .map(bytes -> Amount.bytes(bytes.longValue()))
                            .toList());
        }
        assertThat(browser().findElements(By.cssSelector("#chart canvas"))).hasSize(1);
        one("#chart").sendKeys(Keys.ARROW_RIGHT);
        assertThat(one("#time-readout").getText()).startsWith("0 s to 1 s: sendfile 6.20 MB/s, heap 3.00 MB/s");
    }

    @Test
    void theKeysAloneLeadThroughTheFlameGraph() throws IOException {
        show(Events.ofEachKind().profile());

        one("#flame [data-depth='0']").sendKeys(Keys.ARROW_DOWN);
        active().sendKeys(Keys.ARROW_DOWN);
        assertThat(active().getDomAttribute("data-frame")).isEqualTo("com.example.Server.send:42");
        assertThat(one("#flame-readout").getText()).contains("12.0 MB");

        active().sendKeys(Keys.ENTER);
        assertThat(texts("#flame .tip")).containsExactly("heap, read-write-loop");
        assertThat(active().getDomAttribute("data-frame")).isEqualTo("com.example.Server.send:42");

        active().sendKeys(Keys.ESCAPE);
        assertThat(texts("#flame .tip")).hasSize(3);
    }

    @Test
    void hostileNamesHarmNothingAndAreShownWrittenOut() throws IOException {
        Events events = new Events();
        for (String name : HOSTILE) {
            events.transfer("file:/" + name + " > socket:" + name, name, name, name, name, 4, 1_000_000, 1, 1)
                    .transfer(
                            name.replace(":", ";") + ":x > file:y",
                            "heap",
                            "wrapped-channel",
                            name,
                            "same-call",
                            4,
                            9,
                            1,
                            1)
                    .io("file:/" + name, "read", name, 1_000_000, 1, 1)
                    .sample(List.of(name, "a.B.c:1"), name, "file:/a > socket:s", name, name, 1_000_000, 1, 0)
                    .hook(name, "failed", name)
                    .jvm("17", 1, name)
                    .warning(name);
        }
        show(events.profile());
        for (WebElement summary : browser().findElements(By.cssSelector("section > details > summary"))) {
            summary.click();
        }

        assertThat(ask("return window.harmed === undefined")).isEqualTo(true);
        assertThat(
                        ask(
                                "return document.querySelectorAll('img, svg svg, iframe, body script:not([id]) ~ script').length"))
                .isEqualTo(0L);
        String text = (String) ask("return document.querySelector('main').textContent + document.title");
        assertThat(text).contains("\\u202egpj.exe \\u2066\\u200b\\u0000\\u001b[2J\\u2028\\ud83d\\ufeff");
        assertThat(text.codePoints())
                .noneMatch(c -> c != '\n' && Character.getType(c) == Character.CONTROL)
                .noneMatch(c -> Character.getType(c) == Character.FORMAT);
        assertThat(text).contains("<img src=x onerror=\"window.harmed=1\">");
        assertThat((Boolean) ask("return document.documentElement.scrollWidth <= innerWidth"))
                .as("a long name does not widen the page")
                .isTrue();
    }

    @Test
    void aScriptThatGotInWouldNotRun() throws IOException {
        show(Events.ofEachKind().profile());

        run("const s = document.createElement('script'); s.textContent = 'window.harmed = 1'; document.body.append(s);"
                + "document.body.insertAdjacentHTML('beforeend', '<p id=bad onclick=\"window.harmed=1\">x</p>');"
                + "document.getElementById('bad').click();");

        assertThat(ask("return window.harmed === undefined")).isEqualTo(true);
        assertThat(browser().manage().logs().get("browser").getAll())
                .hasSize(2)
                .allMatch(entry -> entry.getMessage().contains("Content Security Policy"));
    }

    @Test
    void darkAndLightCanBothBeRead() throws IOException {
        show(Events.ofEachKind().profile());
        for (String theme : List.of("light", "dark")) {
            run("document.documentElement.dataset.theme = arguments[0]", theme);
            assertThat(contrast("--fg", "--bg")).as(theme).isGreaterThan(7);
            for (String text : List.of("--muted", "--accent", "--warning")) {
                assertThat(contrast(text, "--bg")).as("%s %s", theme, text).isGreaterThan(4.5);
                assertThat(contrast(text, "--soft")).as("%s %s", theme, text).isGreaterThan(4.5);
            }
            assertThat(contrast("--muted", "--jdk")).as(theme).isGreaterThan(4.5);
            assertThat(contrast("--fg", "--app")).as(theme).isGreaterThan(4.5);
            for (String path : List.of(
                    "--sendfile",
                    "--copy-file-range",
                    "--splice",
                    "--mapped",
                    "--direct",
                    "--heap",
                    "--tls",
                    "--memory",
                    "--unknown")) {
                assertThat(contrast("--on-path", path)).as("%s %s", theme, path).isGreaterThan(4.4);
                assertThat(contrast(path, "--bg")).as("%s %s", theme, path).isGreaterThan(3);
            }
        }
        Object before = ask("return getComputedStyle(document.body).backgroundColor");
        click("#theme");
        assertThat(ask("return getComputedStyle(document.body).backgroundColor"))
                .isNotEqualTo(before);
    }

    @Test
    void aPhoneNeedsNoScrollingSideways() throws IOException {
        browser()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 375, "height", 800, "deviceScaleFactor", 2, "mobile", true));
        try {
            show(Events.ofEachKind().profile());

            assertThat((Long) ask("return document.documentElement.scrollWidth"))
                    .isEqualTo(375);
            assertThat(((Number) ask("return document.querySelector('#sankey svg').getBoundingClientRect().width"))
                            .doubleValue())
                    .isCloseTo(351, within(1.0));
            assertThat(ask("return [...document.querySelectorAll('#flame div')].filter((box) => box.offsetWidth < 36)"
                            + ".filter((box) => !box.classList.contains('narrow')).length"))
                    .as("boxes too narrow for a name that show a bit of it")
                    .isEqualTo(0L);
            assertThat((Long) ask("return document.querySelectorAll('#flame .narrow').length"))
                    .isPositive();
        } finally {
            browser().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    @Test
    void aRecordingWithNothingInItIsAPageThatSaysSo() throws IOException {
        show(new Events().jvm("17.0.15", 1, "a.Main").profile());

        assertThat(one("h1").getText()).startsWith("Nothing is known about this application's I/O");
        assertThat(one("#flow").getText()).contains("No bytes moved.");
        assertThat(one("#code").getText()).contains("No samples were taken.");
        assertThat(one("#gap-list").getText()).isEqualTo("no word of an agent in the recording");
    }

    /** Opens the page of a profile; gives the JSON of the same. */
    private static Map<String, Object> show(Profile profile) throws IOException {
        Path page = Files.createTempFile(directory, "report", ".html");
        Files.writeString(page, HtmlReport.of(profile), StandardCharsets.US_ASCII);
        browser().get(page.toUri().toString());
        return JSON.std.mapFrom(JsonReport.of(profile));
    }

    private static void run(String script, Object... arguments) {
        browser().executeScript(script, arguments);
    }

    private static WebElement one(String selector) {
        return browser().findElement(By.cssSelector(selector));
    }

    private static WebElement active() {
        return browser().switchTo().activeElement();
    }

    private static void click(String selector) {
        one(selector).click();
    }

    private static List<String> texts(String selector) {
        return browser().findElements(By.cssSelector(selector)).stream()
                .map(WebElement::getText)
                .toList();
    }

    /** The sum of the exact amounts that elements of a chart stand for. */
    private static long sum(String selector) {
        return browser().findElements(By.cssSelector(selector)).stream()
                .mapToLong(element -> Long.parseLong(String.valueOf(element.getDomAttribute("data-bytes"))))
                .sum();
    }

    private static long sum(List<Map<String, Object>> rows, ToLongFunction<Map<String, Object>> part) {
        return rows.stream().mapToLong(part).sum();
    }

    /** By the formula of WCAG 2.2. */
    private static double contrast(String one, String other) {
        Object ratio = ask("""
                const light = (name) => {
                  const probe = document.createElement("i");
                  probe.style.color = `var(${name})`;
                  document.body.append(probe);
                  const parts = getComputedStyle(probe).color.match(/[0-9.]+/g).slice(0, 3).map((c) => c / 255)
                      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
                  probe.remove();
                  return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
                };
                const [a, b] = [light(arguments[0]), light(arguments[1])];
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                """, one, other);
        return ((Number) ratio).doubleValue();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Map<String, Object> json, String name) {
        return (List<Map<String, Object>>) json.getOrDefault(name, List.of());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> json, String name) {
        return (Map<String, Object>) json.getOrDefault(name, Map.of());
    }

    @SuppressWarnings("unchecked")
    private static List<Number> numbers(Map<String, Object> series) {
        return (List<Number>) series.getOrDefault("bytes", List.of());
    }

    private static long number(Map<String, Object> row, String name) {
        return ((Number) row.getOrDefault(name, 0)).longValue();
    }
}
