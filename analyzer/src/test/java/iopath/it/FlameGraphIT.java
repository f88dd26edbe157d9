package iopath.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.render.CollapsedStacks;
import iopath.analyzer.render.FlameGraphPage;
import iopath.analyzer.render.JsonReport;
import iopath.analyzer.summarize.Events;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The flame graph's page in a browser. */
@Timeout(120)
class FlameGraphIT extends PageTest {

    /** Frames as the page knows them, from their places alone: a line for each stack that ends, and its bytes. */
    private static final String STACKS = """
            const inside = (child, parent) => child.left >= parent.left
                && child.left + child.width <= parent.left + parent.width;
            const lines = {};
            const walk = (frame, level, names) => {
              const above = (levels[level + 1] || []).filter((child) => child.width > 0 && inside(child, frame));
              const rest = frame.width - above.reduce((sum, child) => sum + child.width, 0);
              if (rest > 0) lines[names.join(";")] = rest;
              above.forEach((child) => walk(child, level + 1, [...names, child.title]));
            };
            walk(levels[0][0], 0, []);
            return lines;
            """;

    private static final List<String> HOSTILE = List.of(
            "<!--<script>window.harmed=1",
            "</script><script>window.harmed=1</script>",
            "';window.harmed=1;'",
            "\\';window.harmed=1//",
            "\\",
            "${window.harmed=1}`\"",
            "'];window.harmed=1;[",
            "\u202egpj.exe \u2066\u200b\u0000\u001b[2J\u2028\ud83d\ufeff",
            "a.b.Caf\u00e9.\u4e2d:1",
            // The page shortens a name by the start that it shares with the one before: 7 and 60 are its quotes.
            "a.B.sha'x",
            "a.B.shb",
            "/" + "x".repeat(59) + "a",
            "/" + "x".repeat(59) + "b",
            "very-long.".repeat(410).substring(0, 4096));

    @TempDir
    static Path directory;

    @BeforeAll
    static void open() {
        open("the flame graph in a browser");
    }

    /** The page broke no rule of its own, threw nothing, and asked no network for anything. */
    @AfterEach
    void nothingWentWrong() {
        assertThat(browser().manage().logs().get("browser").getAll()).isEmpty();
        assertThat(ask("return performance.getEntriesByType('resource').length"))
                .isEqualTo(0L);
    }

    @Test
    void theFramesAreTheStacksOfTheJson() throws IOException {
        Events events = Events.ofEachKind();
        show(FlameGraphPage.of(events.profile()));

        Map<String, Object> json = JSON.std.mapFrom(JsonReport.of(events.profile()));
        Map<String, Long> expected = new TreeMap<>();
        for (Map<String, Object> stack : rows(json, "stacks")) {
            List<String> names = new ArrayList<>();
            names.add((String) stack.get("path"));
            names.add((String) stack.get("reason"));
            ((List<?>) Objects.requireNonNull(stack.get("frames")))
                    .forEach(frame -> names.add(((String) frame).replace(' ', '_')));
            expected.merge(String.join(";", names), ((Number) stack.getOrDefault("bytes", 0)).longValue(), Long::sum);
        }
        assertThat(expected).hasSizeGreaterThan(2);
        assertThat(stacks()).isEqualTo(expected);
    }

    @Test
    void whatIsPointedAtIsToldInBytes() throws IOException {
        Events events = new Events()
                .sample("a.B.c:1", "file:/a > socket:s", "heap", "none", 3000, 1, 0)
                .sample("a.B.d:2", "file:/a > socket:s", "sendfile", "none", 9000, 1, 0);
        show(FlameGraphPage.of(events.profile()));

        pointAtLevel(0);
        assertThat(status()).isEqualTo("all\n(12,000 bytes, 100%)");

        pointAtLevel(1);
        assertThat(status()).as("in the middle").isEqualTo("sendfile\n(9,000 bytes, 75.00%)");
        new Actions(browser()).click().perform();
        assertThat(ask("return root.title")).as("a click zooms in").isEqualTo("sendfile");
    }

    @Test
    void theDifferenceColoursWhatIsMoreAndLessAndNew() throws IOException {
        Events before = new Events()
                .sample("a.B.more:1", "file:/a > socket:s", "heap", "none", 1000, 1, 0)
                .sample("a.B.less:1", "file:/a > socket:s", "tls", "tls", 5000, 1, 0)
                .sample("a.B.same:1", "file:/a > socket:s", "direct", "none", 700, 1, 0)
                .sample("a.B.gone:1", "file:/a > socket:s", "mapped", "none", 700, 1, 0);
        Events after = new Events()
                .sample("a.B.more:1", "file:/a > socket:s", "heap", "none", 4000, 1, 0)
                .sample("a.B.less:1", "file:/a > socket:s", "tls", "tls", 2000, 1, 0)
                .sample("a.B.same:1", "file:/a > socket:s", "direct", "none", 700, 1, 0)
                .sample("a.B.fresh:1", "file:/a > socket:s", "sendfile", "none", 50, 1, 0);
        show(FlameGraphPage.difference(before.profile(), after.profile()));

        assertThat(stacks())
                .isEqualTo(lines(CollapsedStacks.of(after.profile())))
                .as("the later profile's stacks")
                .hasSize(4);
        assertThat(colour("a.B.more:1")).matches("rgb\\(255,(\\d+),\\1\\), \\+3000");
        assertThat(colour("a.B.less:1")).matches("rgb\\((\\d+),\\1,255\\), -3000");
        assertThat(colour("a.B.same:1")).isEqualTo("#e0e0e0");
        assertThat(colour("a.B.fresh:1")).isEqualTo("#ffdd33");
        assertThat(browser().findElement(By.tagName("h1")).getText()).contains("red", "blue", "yellow");
    }

    @Test
    void hostileNamesRunNothingAndAreShownAsTheyAre() throws IOException {
        Events events = new Events();
        for (String name : HOSTILE) {
            events.sample(List.of("a.B.c:1", name), "t", "file:/a > socket:s", "heap", "none", 1_000, 1, 0)
                    .sample(List.of(name), name, "file:/" + name + " > socket:s", name, name, 1_000, 1, 0);
        }
        for (String page : List.of(
                FlameGraphPage.of(events.profile()),
                FlameGraphPage.difference(new Events().profile(), events.profile()))) {
            show(page);

            assertThat(ask("return window.harmed === undefined")).isEqualTo(true);
            assertThat(stacks())
                    .isEqualTo(lines(CollapsedStacks.of(events.profile())
                            .replace("</", "<_/")
                            .replace("<!", "<_!")));
            assertThat(browser().findElements(By.cssSelector("script"))).hasSize(2);
            pointAtLevel(1);
            assertThat(ask("return document.documentElement.scrollWidth <= innerWidth"))
                    .as("a long name does not widen the page")
                    .isEqualTo(true);
        }
    }

    @Test
    void aScriptThatGotInWouldNotRun() throws IOException {
        show(FlameGraphPage.of(Events.ofEachKind().profile()));

        ask("const s = document.createElement('script'); s.textContent = 'window.harmed = 1'; document.body.append(s);"
                + "document.body.insertAdjacentHTML('beforeend', '<img src=\"http://127.0.0.1:9/x\">'); return 0");

        assertThat(ask("return window.harmed === undefined")).isEqualTo(true);
        assertThat(browser().manage().logs().get("browser").getAll())
                .hasSize(2)
                .allMatch(entry -> entry.getMessage().contains("Content Security Policy"));
        ask("performance.clearResourceTimings(); return 0"); // the refused one is listed too
    }

    @Test
    void aProfileWithoutStacksIsAPageWithItsRoot() throws IOException {
        show(FlameGraphPage.of(new Events().jvm("17.0.15", 1, "a.Main").profile()));

        assertThat(stacks()).isEmpty();
        assertThat(ask("return levels[0][0].title")).isEqualTo("all");
    }

    @Test
    void aPhoneShowsThePageInItsOwnWidth() throws IOException {
        browser()
                .executeCdpCommand(
                        "Emulation.setDeviceMetricsOverride",
                        Map.of("width", 375, "height", 800, "deviceScaleFactor", 2, "mobile", true));
        try {
            show(FlameGraphPage.of(Events.ofEachKind().profile()));

            assertThat(ask("return document.documentElement.scrollWidth")).isEqualTo(375L);
        } finally {
            browser().executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        }
    }

    private static void show(String page) throws IOException {
        Path file = Files.createTempFile(directory, "flame", ".html");
        Files.writeString(file, page);
        browser().get(file.toUri().toString());
    }

    private static Map<String, Long> stacks() {
        Map<String, Long> stacks = new TreeMap<>();
        ((Map<?, ?>) ask(STACKS)).forEach((names, bytes) -> stacks.put((String) names, (Long) bytes));
        return stacks;
    }

    private static Map<String, Long> lines(String collapsed) {
        Map<String, Long> lines = new TreeMap<>();
        collapsed.lines().forEach(line -> {
            int space = line.lastIndexOf(' ');
            lines.put(line.substring(0, space), Long.parseLong(line.substring(space + 1)));
        });
        return lines;
    }

    /** A frame's colour, and what the page tells of the difference. */
    private static String colour(String title) {
        return (String) ask(
                "const f = levels.flat().find((frame) => frame.title === arguments[0]); return f.color + f.details",
                title);
    }

    /** The pointer in the middle of the page's width, so many frames above the root, which is at the foot. */
    private static void pointAtLevel(int level) {
        WebElement canvas = browser().findElement(By.id("canvas"));
        int foot = canvas.getSize().getHeight() / 2;
        new Actions(browser()).moveToElement(canvas, 0, foot - 8 - level * 16).perform();
    }

    private static String status() {
        return (String) ask("return document.getElementById('status').textContent");
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> rows(Map<String, Object> json, String name) {
        return (List<Map<String, Object>>) json.getOrDefault(name, List.of());
    }
}
