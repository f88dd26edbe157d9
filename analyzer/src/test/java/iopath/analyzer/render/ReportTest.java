package iopath.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.price.Prices;
import iopath.analyzer.summarize.Events;
import iopath.analyzer.summarize.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportTest {
    /** {@code -Dgolden=write} replaces the files; the difference is to be read before it is committed. */
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));

    @ParameterizedTest
    @ValueSource(ints = {60, 80, 120, 160})
    void noLineIsWiderThanTheTerminalAndNoWordIsBroken(int width) {
        Profile profile = Events.ofEachKind().profile();

        String text = TextReport.of(profile, Prices.atMost(profile), new Look(width, false));

        assertThat(text.lines()).allMatch(line -> line.length() <= width, "is at most " + width + " wide");
        assertThat(text.replaceAll("\\s+", " ")).contains(profile.verdict()).contains("Does it matter?");
        assertThat(text.lines().mapToInt(String::length).max().orElse(0)).isGreaterThan(width - 12);
    }

    @Test
    void whoHasWaitedForARecordingHasTheAnswerOnTheLastScreen() {
        Profile profile = Events.ofEachKind().profile();

        String text = TextReport.answerLast(profile, Prices.atMost(profile), Look.PLAIN);
        List<String> first = told(TextReport.of(profile));

        assertThat(told(text)).isEqualTo(first);
        assertThat(text.indexOf("Findings\n")).isGreaterThan(text.indexOf("Not seen\n"));
        assertThat(text.indexOf("Does it matter?")).isGreaterThan(text.indexOf("Findings\n"));
    }

    private static List<String> told(String text) {
        return text.lines().filter(line -> !line.isBlank()).sorted().toList();
    }

    @Test
    void aContainersJvmIsNamedByTheNumberThatWasAskedFor() {
        Profile profile = new Events().jvm("17.0.15", 1, "com.example.Server").profile();

        assertThat(TextReport.of(profile.ofProcess(4711))).contains("pid 4711").doesNotContain("pid 1\n");
    }

    @Test
    void aSeverityIsColouredWhereColoursAreShownAndNothingElseIs() {
        Profile profile = Events.ofEachKind().profile();

        String text = TextReport.of(profile, Prices.atMost(profile), new Look(80, true));

        assertThat(text).contains("\u001b[1;33mwarning\u001b[0m  ").contains("\u001b[36minfo\u001b[0m  ");
        assertThat(text.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(TextReport.of(profile));
    }

    @Test
    void theTextIsAsItWas() throws IOException {
        assertGolden("report.txt", TextReport.of(Events.ofEachKind().profile()));
    }

    @Test
    void theJsonIsAsItWas() throws IOException {
        assertGolden("report.json", JsonReport.of(Events.ofEachKind().profile()));
    }

    @Test
    void theTextOfARecordingWithoutTheAgentIsAsItWas() throws IOException {
        assertGolden(
                "no-agent.txt",
                TextReport.of(new Events().jvm("17.0.15", 1, "a.Main").profile()));
    }

    @Test
    void anotherLocaleChangesNoByte() {
        Profile profile = Events.ofEachKind().profile();
        String text = TextReport.of(profile);
        String json = JsonReport.of(profile);
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(TextReport.of(Events.ofEachKind().profile())).isEqualTo(text);
            assertThat(JsonReport.of(Events.ofEachKind().profile())).isEqualTo(json);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void whatNoHookFollowsIsNamedInNotSeen() {
        String text = TextReport.of(new Events()
                        .transfer("file:/a > memory", "heap", "none", "none", 2, 5_000_000)
                        .transfer("memory > socket:s", "heap", "none", "none", 2, 5_000_000)
                        .blindLook(5_000_000, 0)
                        .unseen("handed", "a.JniChannel", 1_000_000, 0)
                        .unseen("handed", "a.JniChannel", 500_000, 0)
                        .unseen("handed", "a.Counting", 1_000_000, 1_000_000)
                        .unseen("taken", "a.JniSource", 2_000_000, 0)
                        .unseen("mapped", "/data/log", 64_000_000, 0)
                        .unseen("mapped", "/data/log", 32_000_000, 0)
                        .profile())
                .replaceAll("\\s+", " ");

        assertThat(text)
                .contains("1.50 MB handed by transferTo to a.JniChannel, which passed none of it on")
                .contains("2.00 MB taken by transferFrom from a.JniSource, which read none of it")
                .contains("in a mapped file without a call, in no sum: /data/log (64.0 MB mapped)")
                .contains("of the 5.00 MB from memory to socket the content of none was looked at")
                .doesNotContain("a.Counting");
    }

    @Test
    void whatAProgramPrintsIsNoGap() {
        assertThat(TextReport.of(new Events()
                        .transfer("file:/a > socket:s", "sendfile", "none", "kernel", 0, 5_000_000)
                        .transfer("memory > socket:s", "heap", "none", "none", 2, 200)
                        .blindLook(200, 0)
                        .profile()))
                .doesNotContain("was looked at");
    }

    @Test
    void noLineIsWiderThanATerminalWhateverTheNames() {
        String name = "/" + "very-long-directory-name/".repeat(20) + "\u202e\u001b[2J\u6587";
        Events events = new Events()
                .transfer(
                        "file:" + name + " > socket:s", "heap", "wrapped-channel", name, "same-call", 4, 1L << 60, 1, 1)
                .transfer("file:" + name + " > memory", name, name, name, name, 4, 1L << 60, 1, 1)
                .sample(name, "file:" + name + " > socket:s", "heap", "wrapped-channel", 100, 1, 0)
                .io("file:" + name, "read", name, Long.MAX_VALUE, 1, Long.MAX_VALUE)
                .io("file:" + name, "write", "heap", 5000, 5000, 5000)
                .hook(name, "failed", name)
                .jvm("17", 1, name)
                .warning(name);

        String text = TextReport.of(events.profile());

        assertThat(text.lines()).allMatch(line -> Line.width(line) <= 80);
        assertThat(text).doesNotContain("\u202e").doesNotContain("\u001b");
        assertThat(JsonReport.of(events.profile()))
                .doesNotContain("\u202e")
                .doesNotContain("\u001b")
                .matches(json -> json.codePoints().allMatch(c -> c < 128), "is ASCII");
    }

    @Test
    void namesAreWholeInJson() throws IOException {
        String name = "/" + "very-long-directory-name/".repeat(20) + "\u202e\u6587\"\\";
        Events events = new Events().io("file:" + name, "read", "heap", 1, 1, 1);

        Map<String, Object> json = JSON.std.mapFrom(JsonReport.of(events.profile()));

        assertThat((List<?>) json.get("endpoints"))
                .singleElement()
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("name", name);
    }

    @Test
    void noFieldOfTheContractIsMissing() throws IOException {
        Map<String, Object> json =
                JSON.std.mapFrom(JsonReport.of(Events.ofEachKind().profile()));

        assertThat(json).containsEntry("schemaVersion", 1);
        assertKeys(json.get("recording"), "files", "start", "durationMillis", "java", "pid", "mainClass");
        assertKeys(
                json.get("summary"),
                "transferredBytes",
                "kernelBytes",
                "userSpaceBytes",
                "inferredBytes",
                "memoryBytes",
                "unknownBytes",
                "copiedBytes",
                "verdict");
        assertRowKeys(
                json.get("transfers"),
                "source",
                "sink",
                "path",
                "reason",
                "detail",
                "evidence",
                "bytes",
                "operations",
                "calls",
                "cpuCopies",
                "nanos");
        assertRowKeys(json.get("io"), "endpoint", "direction", "buffer", "bytes", "operations", "calls");
        assertRowKeys(json.get("endpoints"), "kind", "name", "readBytes", "writtenBytes");
        assertRowKeys(json.get("sites"), "frame", "source", "sink", "path", "reason", "bytes");
        assertRowKeys(json.get("findings"), "code", "severity", "sentence", "bytes", "fix");
        assertRowKeys(json.get("hooks"), "target", "status", "why");
    }

    private static void assertRowKeys(@org.jspecify.annotations.Nullable Object rows, String... keys) {
        assertThat((List<?>) rows).isNotEmpty().allSatisfy(row -> assertKeys(row, keys));
    }

    @SuppressWarnings("unchecked")
    private static void assertKeys(@org.jspecify.annotations.Nullable Object object, String... keys) {
        assertThat((Map<String, Object>) object).containsKeys(keys);
    }

    private static void assertGolden(String name, String text) throws IOException {
        Path file = Path.of("src", "test", "resources", "golden", name);
        if (WRITE) {
            Files.writeString(file, text);
        }
        assertThat(text).isEqualTo(Files.readString(file));
    }
}
