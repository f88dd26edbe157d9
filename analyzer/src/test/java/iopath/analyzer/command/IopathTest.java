package iopath.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.read.Fabricated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
class IopathTest {
    @TempDir
    static Path directory;

    private static Path good = Path.of("");
    private static Path saved = Path.of("");

    @BeforeAll
    static void record() throws IOException {
        good = Fabricated.everything(directory.resolve("good.jfr"), 2);
        Files.writeString(directory.resolve("bad.txt"), "# a slip\nfile -> socket stays put\n");
        saved = directory.resolve("saved.json");
        Typed.of("report", good.toString(), "--format", "json", "--output", saved.toString());
        Files.writeString(directory.resolve("foreign.json"), "{\"hello\": 1}");
        Files.writeString(directory.resolve("broken.json"), "{\"schemaVersion\": 1, ");
    }

    @Test
    void aReportIsTheSameEachTime() {
        Typed first = Typed.of("report", good.toString(), "--format", "json");

        assertThat(first.code()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(Typed.of("report", good.toString(), "--format", "json")).isEqualTo(first);
        assertThat(Typed.of("report", good.toString())).isEqualTo(Typed.of("report", "--format=TEXT", good.toString()));
    }

    @Test
    void aPageCarriesTheSameJsonAsTheReportForPrograms() {
        Typed page = Typed.of("report", good.toString(), "--format", "html");

        assertThat(page.code()).isZero();
        assertThat(page.err()).isEmpty();
        assertThat(page.out())
                .startsWith("<!doctype html>")
                .contains(Typed.of("report", good.toString(), "--format", "json")
                        .out()
                        .replace("<", "\\u003c"));
    }

    @Test
    void theSumsOfTheEventsArriveInTheReport() throws IOException {
        var json = JSON.std.mapFrom(
                Typed.of("report", good.toString(), "--format", "json").out());

        assertThat(json.get("summary"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("transferredBytes", 2000)
                .containsEntry("userSpaceBytes", 2000)
                .containsEntry("copiedBytes", 8000);
    }

    @Test
    void aRecordingWithoutTheAgentIsNoError() throws IOException {
        Path file = directory.resolve("plain.jfr");
        try (Fabricated made = Fabricated.start("jvm")) {
            made.dump(file);
        }

        Typed outcome = Typed.of("report", file.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("Nothing is known about this application's I/O");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "report",
                "frobnicate",
                "report --format xml GOOD",
                "report --nope GOOD",
                "report GOOD --output GOOD --force",
                "report GOOD --output DIR",
                "report GOOD --output GOOD",
                "diff GOOD",
                "diff GOOD GOOD --format xml",
                "diff GOOD GOOD --output GOOD --force",
                "merge",
                "merge GOOD GOOD",
                "merge GOOD SAVED",
                "merge SAVED --output SAVED --force",
                "report GOOD SAVED",
                "check GOOD",
                "check GOOD --rules BAD",
                "calibrate --output GOOD",
                "record 1 --sample 0",
                "record 1 --sample 1,quiet",
                "record 1 --redact names",
                "record --remote nowhere",
                "record --remote host:65536",
                "top --remote nowhere",
                "top 1 --count 0",
                "attach 1 --hooks all",
                "calibrate --output DIR/new --directory GOOD",
                "check GOOD --baseline GOOD --junit GOOD --force"
            })
    void wrongUsageIsOneLineAndTwo(String arguments) {
        assertFails(2, arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "report DIR/none.jfr",
                "report DIR",
                "report GOOD DIR/none.jfr",
                "report GOOD --calibration DIR/none",
                "report GOOD --calibration GOOD",
                "diff GOOD DIR/none.jfr",
                "merge GOOD DIR/none.jfr",
                "merge DIR/foreign.json",
                "report DIR/broken.json",
                "check GOOD --rules DIR/none",
                "check GOOD --baseline DIR/none.jfr"
            })
    void anUnreadableInputIsOneLineAndThree(String arguments) {
        assertFails(3, arguments);
    }

    @ParameterizedTest
    @ValueSource(strings = {"attach", "detach", "status", "top", "record", "doctor"})
    void aProcessThatIsNoJvmIsCalledThat(String command) throws IOException {
        Process other = new ProcessBuilder("sleep", "300").start();
        try {
            assertThat(assertFails(1, command + " " + other.pid())).contains("is no JVM");
        } finally {
            other.destroy();
        }
    }

    private static String assertFails(int code, String arguments) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].replace("GOOD", good.toString())
                    .replace("SAVED", saved.toString())
                    .replace("BAD", directory.resolve("bad.txt").toString())
                    .replace("DIR", directory.toString());
        }

        Typed outcome = Typed.of(words);

        assertThat(outcome.code()).isEqualTo(code);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .startsWith("iopath: ")
                .endsWith(System.lineSeparator())
                .hasLineCount(1);
        return outcome.err();
    }

    @Test
    void aRecordingIsTheSameAsItself() {
        for (String format : new String[] {"text", "markdown", "json", "html"}) {
            Typed outcome = Typed.of("diff", good.toString(), good.toString(), "--format", format);

            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).contains("Same paths.");
            assertThat(Typed.of("diff", good.toString(), good.toString(), "--format", format))
                    .isEqualTo(outcome);
        }
        assertThat(Typed.of("check", good.toString(), "--baseline", good.toString())
                        .code())
                .isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "html", "markdown", "collapsed", "flamegraph", "prometheus"})
    void aSavedReportIsReportedAsItsRecording(String format) {
        Typed outcome = Typed.of("report", saved.toString(), "--format", format);

        assertThat(outcome).isEqualTo(Typed.of("report", good.toString(), "--format", format));
        assertThat(outcome.code()).isZero();
        assertThat(Typed.of("diff", good.toString(), saved.toString()).out()).contains("Same paths.");
    }

    @Test
    void aRecordingAndAReportAreJoinedInEitherOrder() throws IOException {
        Path other = Fabricated.everything(directory.resolve("other.jfr"), 1);
        Path joined = directory.resolve("joined.json");

        Typed outcome = Typed.of("merge", saved.toString(), other.toString(), "--output", joined.toString());

        assertThat(outcome).isEqualTo(new Typed(0, "", ""));
        assertThat(joined)
                .hasContent(
                        Typed.of("merge", other.toString(), saved.toString()).out());
        assertThat(joined)
                .hasContent(Typed.of("merge", good.toString(), other.toString()).out());
        assertThat(Typed.of("merge", joined.toString()).out()).isEqualTo(Files.readString(joined));
        assertThat(JSON.std.mapFrom(Files.readString(joined)).get("summary"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
                .containsEntry("transferredBytes", 3000)
                .containsEntry("copiedBytes", 12_000);
        assertThat(Typed.of("report", joined.toString()).out()).contains("2 recordings");
    }

    @Test
    void recordingsThatOverlapAreNotCountedTwice() throws IOException {
        Path first = directory.resolve("first.jfr");
        Path both = directory.resolve("both.jfr");
        try (Fabricated made = Fabricated.start()) {
            made.io("file:/a", "read", "heap", 100, 1, 1).dump(first);
            made.io("file:/a", "read", "heap", 100, 1, 1).dump(both);
        }

        Typed outcome = Typed.of("merge", first.toString(), both.toString());

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).contains("first.jfr and ").contains("both.jfr have parts of one recording in common");
    }

    @Test
    void aBrokenRuleFailsTheBuildInEveryFormAtOnce() throws IOException {
        Path rules = Files.writeString(directory.resolve("rules.txt"), "# why\nfile -> socket stays on sendfile\n");
        Path xml = directory.resolve("check.xml");
        Path summary = directory.resolve("check.md");

        Typed outcome = Typed.of(
                "check",
                good.toString(),
                "--rules",
                rules.toString(),
                "--github",
                "--junit",
                xml.toString(),
                "--markdown",
                summary.toString());

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .contains("BROKEN   file -> socket stays on sendfile")
                .contains("::error file=");
        assertThat(xml).content().contains("failures=\"1\"");
        assertThat(summary).content().contains("| BROKEN |");
    }

    @Test
    void anOutputThatExistsIsKeptUnlessForced() throws IOException {
        Path output = Files.writeString(directory.resolve("precious.txt"), "precious");

        Typed refused = Typed.of("report", good.toString(), "--output", output.toString());
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("exists").contains("--force");
        assertThat(output).hasContent("precious");

        Typed forced = Typed.of("report", good.toString(), "--output", output.toString(), "--force");
        assertThat(forced).isEqualTo(new Typed(0, "", ""));
        assertThat(output).hasContent(Typed.of("report", good.toString()).out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"report GOOD", "record 1", "calibrate", "merge GOOD"})
    void anOutputThatCannotBeWrittenIsOneLineAndOneBeforeTheWorkIsDone(String command) {
        assertThat(assertFails(1, command + " --output DIR/no/such/file")).contains("cannot write");
    }

    @Test
    void aFileBesideTheOutputIsLeftAlone() throws IOException {
        Path beside = Files.writeString(directory.resolve(".fresh.txt.new"), "precious");

        assertThat(Typed.of("report", good.toString(), "--output", directory + "/fresh.txt")
                        .code())
                .isZero();

        assertThat(beside).hasContent("precious");
        assertThat(directory).isDirectoryNotContaining("glob:**.fresh.txt.*[0-9]*");
    }

    @Test
    void aCutRecordingIsReportedWithAWarning() throws IOException {
        byte[] bytes = Files.readAllBytes(good);
        Path cut = Files.write(directory.resolve("cut.jfr"), Arrays.copyOf(bytes, bytes.length - 10));

        Typed outcome = Typed.of("report", cut.toString());

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).contains("iopath: warning: ");
        assertThat(outcome.out()).contains("could not be read");
    }

    @Test
    void noMutantPrintsAStackTraceOrEndsInAnotherWay() throws IOException {
        byte[] bytes = Files.readAllBytes(good);
        Random random = new Random(17);
        for (int i = 0; i < 200; i++) {
            byte[] mutant = bytes.clone();
            for (int flips = 1 + random.nextInt(20); flips > 0; flips--) {
                mutant[random.nextInt(mutant.length)] ^= (byte) (1 << random.nextInt(8));
            }
            Path file = Files.write(directory.resolve("mutant.jfr"), mutant);

            Typed outcome = Typed.of("report", file.toString(), "--format", i % 2 == 0 ? "text" : "json");

            assertThat(outcome.code()).as("mutant %s", i).isIn(0, 3);
            assertThat(outcome.err().lines()).as("mutant %s", i).allMatch(line -> line.startsWith("iopath: "));
        }
    }

    @Test
    void aBrokenCalibrationThatNobodyAskedForIsOnlyAWarning(@TempDir Path home) throws IOException {
        Assumptions.assumeTrue(System.getenv("XDG_CACHE_HOME") == null, "calibrations lie elsewhere here");
        Path file = home.resolve(".cache/iopath/calibration.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "nonsense");
        String before = System.setProperty("user.home", home.toString());
        try {
            Typed outcome = Typed.of("report", good.toString());

            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).contains("Transfers by path and reason");
            assertThat(outcome.err())
                    .startsWith("iopath: warning: the calibration " + file)
                    .hasLineCount(1);
        } finally {
            System.setProperty("user.home", before);
        }
    }

    @Test
    void theManualHasEachCommandWithItsOptions() {
        String page = Typed.of("manual").out();

        assertThat(page)
                .startsWith(".TH IOPATH 1 ")
                .contains(".SS iopath report\n", ".SS iopath calibrate\n", ".B \\-\\-rules FILE\n", ".SH EXIT STATUS\n")
                .doesNotContain("${");
        // A line that begins with a dot is a request, and these are all that there are.
        assertThat(page.lines().filter(line -> line.startsWith(".")))
                .allMatch(line -> line.matches("\\.(TH|SH|SS|B|TP|PP|nf|fi)( .*)?"));
        assertThat(page.lines()).noneMatch(line -> line.startsWith("'"));
    }

    @Test
    void theCompletionKnowsEachCommandAndNamesNoneThatZshLacks() {
        assertThat(Typed.of("completion").out()).contains("calibrate", "manual").doesNotContain("alias compopt");
    }

    @Test
    void helpIsNoError() {
        assertThat(Typed.of("--help").code()).isZero();
        assertThat(Typed.of("report", "--help").out()).contains("--format");
        assertThat(Typed.of("--version").out()).startsWith("iopath");
    }
}
