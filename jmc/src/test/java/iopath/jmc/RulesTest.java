package iopath.jmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import iopath.analyzer.event.Reading;
import iopath.analyzer.read.Fabricated;
import iopath.analyzer.read.RecordingReader;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Tally;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmc.flightrecorder.rules.Severity;
import org.openjdk.jmc.flightrecorder.rules.report.html.JfrHtmlRulesReport;
import org.openjdk.jmc.flightrecorder.writer.RecordingImpl;
import org.openjdk.jmc.flightrecorder.writer.api.Recordings;

class RulesTest {
    @TempDir
    Path folder;

    @Test
    void noFindingIsLostOrToldTwiceOrInOtherWords() throws Exception {
        Path recording = manyFindings();

        Profile report = report(recording);
        Results results = Results.of(recording);

        assertThat(report.findings()).extracting(Finding::code).hasSizeGreaterThan(10);
        assertThat(results.sentences())
                .containsExactlyInAnyOrderElementsOf(
                        report.findings().stream().map(Finding::sentence).toList());
        assertThat(results.fixes())
                .containsAll(report.findings().stream().map(Finding::fix).toList());
        assertThat(results.of("verdict").getSummary()).isEqualTo(report.verdict());
    }

    @Test
    void aFindingWithALargerShareScoresHigherAndAWarningHighest() throws Exception {
        Path recording = folder.resolve("shares.jfr");
        try (Fabricated made = Fabricated.start()) {
            made.agent(0, 0, 0, 0)
                    .transfer("file:/a > socket:b", "heap", "read-write-loop", null, "same-buffer", 4, 9_000)
                    .transfer("file:/a > socket:b", "heap", "wrapped-channel", "a.B", "same-call", 4, 950)
                    .transfer("file:/a > socket:b", "tls", "tls", null, "tls-wrap", 2, 50)
                    .dump(recording);
        }

        Results results = Results.of(recording);

        assertThat(results.score("loops")).isCloseTo(75 + 25 * 0.9, within(1e-9));
        assertThat(results.of("loops").getSeverity()).isEqualTo(Severity.WARNING);
        assertThat(results.score("wrappers")).isCloseTo(75 + 25 * 0.095, within(1e-9));
        assertThat(results.score("tls")).as("below one in a hundred").isCloseTo(25 + 49 * 0.005, within(1e-9));
        assertThat(results.of("tls").getSeverity()).isEqualTo(Severity.INFO);
        assertThat(results.score("spins")).isZero();
        assertThat(results.of("spins").getSeverity()).isEqualTo(Severity.OK);
        assertThat(results.of("loops").getSummary())
                .startsWith("9.00 kB went from file to socket on the path heap because the application reads");
        assertThat(results.of("loops").getSolution()).contains("FileChannel.transferTo(position, count, target)");
    }

    @Test
    void aRecordingWithoutAnAgentIsNotApplicableToAnyRule() throws Exception {
        Path recording = folder.resolve("other.jfr");
        try (RecordingImpl made = (RecordingImpl) Recordings.newRecording(recording)) {
            made.writeEvent(made.registerEventType("other.Event").asValue(e -> {}));
        }

        Results results = Results.of(recording);

        assertThat(results.byId()).hasSize(1 + Family.values().length);
        assertThat(results.byId().values())
                .allSatisfy(result -> assertThat(result.getSeverity()).isEqualTo(Severity.NA));
        assertThat(JfrHtmlRulesReport.createReport(Results.items(recording))).contains("I/O Path Verdict");
    }

    @Test
    void anAgentThatSawNothingIsSaidToHaveSeenNothing() throws Exception {
        Path recording = folder.resolve("silent.jfr");
        try (Fabricated made = Fabricated.start()) {
            made.dump(recording);
        }

        assertThat(Results.of(recording).of("coverage").getSummary()).startsWith("The recording has no iopath event");
    }

    @Test
    @SuppressWarnings("NullAway") // what no agent writes
    void anEventThatLacksAWordIsCountedAsDamageAndStopsNothing() throws Exception {
        Path recording = folder.resolve("damaged.jfr");
        try (Fabricated made = Fabricated.start()) {
            made.hook("a.B.c", "applied", null)
                    .io("file:/a", "read", "heap", 100, 1, 1)
                    .hook("a.B.d", null, null)
                    .dump(recording);
        }

        assertThat(Results.of(recording).sentences()).anyMatch(s -> s.startsWith("Parts of the recording"));
    }

    @Test
    void theHtmlReportHasSentenceScoreAndFix() throws Exception {
        Path recording = manyFindings();

        String html = JfrHtmlRulesReport.createReport(Results.items(recording));

        assertThat(html)
                .contains("Copy Loops Between Files and Sockets")
                .contains("because the application reads into a buffer and writes the buffer out.")
                .contains("call FileChannel.transferTo(position, count, target) in a loop until all are sent.")
                .contains("<li>")
                .doesNotContain("{otherFindings}")
                .doesNotContain("{fixes}");
    }

    @Test
    void aHostileFileNameNeitherMarksUpNorLinksNorTurnsTheReport() throws Exception {
        Path recording = folder.resolve("hostile.jfr");
        String name = "/<img src=x onerror=alert(1)>[click](javascript:alert(1)) \u202e{score}\u0007";
        try (Fabricated made = Fabricated.start()) {
            made.agent(0, 0, 0, 0)
                    .io("file:" + name, "read", "heap", 512_000, 100_000, 100_000)
                    .dump(recording);
        }

        assertThat(Results.of(recording).of("small").getSummary())
                .contains("onerror")
                .contains("\\u202e");
        assertThat(JfrHtmlRulesReport.createReport(Results.items(recording)))
                .contains("&lt;img src=x")
                .doesNotContain("<img src=x")
                .doesNotContain("onclick=\"window.location.assign(decodeURIComponent('javascript")
                .doesNotContain("\u202e")
                .doesNotContain("\u0007");
    }

    @Test
    void everyCodeBelongsToOneFamily() throws Exception {
        List<String> codes = report(manyFindings()).findings().stream()
                .map(Finding::code)
                .distinct()
                .toList();

        for (String code : codes) {
            assertThat(Arrays.stream(Family.values()).filter(family -> family.has(code)))
                    .as(code)
                    .hasSize(1);
        }
        assertThat(Family.OTHERS.has("a-code-of-tomorrow")).isTrue();
    }

    private static Profile report(Path recording) throws Exception {
        Tally tally = new Tally();
        Reading reading = new RecordingReader(tally).read(List.of(recording));
        return tally.profile(reading);
    }

    /** One of nearly every kind. */
    private Path manyFindings() throws Exception {
        Path recording = folder.resolve("many.jfr");
        try (Fabricated made = Fabricated.start()) {
            String toSocket = "file:/a > socket:b";
            made.agent(0, 0, 0, 0)
                    .agent(10, 2, 3, 4)
                    .transfer(toSocket, "sendfile", "none", null, "kernel", 0, 5_000_000)
                    .transfer(toSocket, "heap", "read-write-loop", null, "same-buffer", 4, 7_000_000)
                    .sample(toSocket, "heap", "read-write-loop", 7_000_000, 1, 0)
                    .transfer("socket:b > file:/a", "direct", "read-write-loop", null, "same-buffer", 2, 900_000)
                    .transfer(toSocket, "heap", "stream-loop", null, "same-buffer", 4, 800_000)
                    .transfer(toSocket, "heap", "wrapped-channel", "com.example.Counting", "same-call", 4, 700_000)
                    .transfer(toSocket, "heap", "wrapped-channel", "com.example.Limiting", "same-call", 4, 600_000)
                    .transfer("file:/a > file:/c", "heap", "append-target", null, "same-call", 4, 500_000)
                    .transfer("file:/a > file:/c", "heap", "kernel-refused", "poisoned", "same-call", 4, 400_000)
                    .transfer("file:/a > file:/c", "heap", "kernel-refused", "cross-device", "same-call", 4, 300_000)
                    .transfer(toSocket, "tls", "tls", null, "tls-wrap", 2, 2_000_000)
                    .transfer("socket:b > file:/a", "heap", "no-jdk-path", null, "same-call", 4, 200_000)
                    .transfer("file:/proc/1 > socket:b", "heap", "not-a-regular-file", null, "same-call", 4, 1_000)
                    .transfer(toSocket, "heap", "modified", null, "same-buffer", 4, 3_000)
                    .transfer(toSocket, "heap", "a-reason-of-tomorrow", null, "same-buffer", 4, 90_000)
                    .transfer(toSocket, "unknown", "unknown", null, "none", 0, 4_000)
                    .transfer(toSocket, "heap", "unknown", null, "same-thread", 4, 2_000)
                    .io("file:/a", "read", "heap", 512_000, 100_000, 100_000)
                    .io("socket:b", "write", "heap", 512_000, 100_000, 900_000)
                    .hook("a.B.c", "failed", "no such shape")
                    .hook("a.B.d", "absent", "no such method")
                    .dump(recording);
        }
        return recording;
    }
}
