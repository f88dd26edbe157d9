package iopath.analyzer.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import iopath.analyzer.gate.Outcome.Status;
import iopath.analyzer.summarize.Events;
import iopath.analyzer.summarize.Profile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RulesTest {
    private static final String ROUTE = "file:/a > socket:s";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file -> socket stays on sendfile | BROKEN",
                "file -> socket stays on sendfile, heap | HELD",
                "any -> any at com.example stays on sendfile or heap | HELD",
                "file -> socket at com.example.Server stays on sendfile | HELD",
                "file->socket at com.example.Server.send:7 stays on sendfile | HELD",
                "file -> socket at com.example.Old.send stays on sendfile | BROKEN",
                "file -> socket at com.example.Ser stays on sendfile | ABSENT",
                "optional file -> socket at com.example.Gone stays on sendfile | SKIPPED",
                "optional file -> socket stays on sendfile | BROKEN",
                "socket -> file stays on heap | ABSENT",
                "copied bytes per byte sent at most 1 | HELD",
                "copied bytes per byte sent at most 0.9 | BROKEN",
                "file -> socket copied bytes per byte sent at most 0.99 | BROKEN",
                "pipe -> socket copied bytes per byte sent at most 4 | ABSENT",
                "calls per megabyte sent at most 10 | BROKEN",
                "unknown bytes at most 0 | HELD",
                "no finding wrapped-channel | BROKEN",
                "no finding tls | HELD",
                "no warning   # and a comment | BROKEN"
            })
    void aRuleSaysWhatItSays(String rule, Status status) throws BadRuleException {
        assertThat(check(rule).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "file -> socket stays on sendfile | UNDECIDED",
                "optional file -> socket stays on sendfile | UNDECIDED",
                "no finding read-write-loop | UNDECIDED",
                "no warning | UNDECIDED",
                "no finding append-target | HELD",
                "memory -> socket stays on heap | HELD",
                "socket -> file stays on heap | ABSENT",
                "copied bytes per byte sent at most 4 | HELD"
            })
    void bytesThatNobodyCanPlaceDecideNothing(String rule, Status status) throws BadRuleException {
        Subject zeros = new Events()
                .transfer("file:/a > memory", "heap", "none", "none", 2, 5_000_000)
                .transfer("memory > socket:s", "heap", "none", "none", 2, 5_000_000)
                .blindLook(5_000_000, 1_000)
                .subject();

        assertThat(Rules.parse("rules", List.of(rule)).check(zeros).get(0).status())
                .isEqualTo(status);
    }

    /** An answer that the application makes itself is short, and looks like nothing; it is not what was read. */
    @Test
    void noMoreIsInDoubtThanWasReadAndKept() throws BadRuleException {
        Subject answers = new Events()
                .transfer("file:/a > memory", "heap", "none", "none", 2, 1_000)
                .transfer("memory > socket:s", "heap", "none", "none", 2, 5_000_000)
                .blindLook(5_000_000, 1_000)
                .subject();

        assertThat(Rules.parse("rules", List.of("no warning"))
                        .check(answers)
                        .get(0)
                        .status())
                .isEqualTo(Status.HELD);
    }

    @Test
    void whatBreaksARuleIsNamedWithItsCodeAndTheWayOut() throws BadRuleException {
        Outcome outcome = check("file -> socket stays on sendfile");

        assertThat(outcome.sentence()).isEqualTo("25 % of 4.00 kB took another path");
        assertThat(outcome.place()).isEqualTo(new Outcome.Place("rules", 1));
        assertThat(outcome.details())
                .anyMatch(line -> line.contains("1.00 kB by heap, wrapped-channel (com.example.Counting)"))
                .anyMatch(line -> line.equals("Seen at com.example.Old.send:3"))
                .anyMatch(line -> line.startsWith("Fix: Pass the SocketChannel"));
    }

    @Test
    void aSiteThatIsGoneIsToldWhatWasSeenInItsPlace() throws BadRuleException {
        assertThat(check("file -> socket at com.example.Gone stays on sendfile").details())
                .anyMatch(line -> line.startsWith("com.example.Old.send:3: file -> socket by heap, wrapped-channel"));
    }

    /** A wrapper of a library: the code that is named calls it, and its own frame is the first. */
    @Test
    void codeStaysInItsScopeWhenAWrapperIsPutInFront() throws BadRuleException {
        Subject wrapped = new Events()
                .transfer(ROUTE, "heap", "wrapped-channel", "org.lib.Meter", "same-call", 4, 4000, 5, 50)
                .sample(
                        List.of("com.example.Main.main:1", "com.example.Server.send:7", "org.lib.Meter.write:9"),
                        "org.lib.Meter.write:9",
                        ROUTE,
                        "heap",
                        "wrapped-channel",
                        4000,
                        1,
                        0)
                .subject();

        Outcome outcome = Rules.parse("rules", List.of("file -> socket at com.example.Server stays on sendfile"))
                .check(wrapped)
                .get(0);

        assertThat(outcome.status()).isEqualTo(Status.BROKEN);
        assertThat(outcome.details())
                .anyMatch(line -> line.startsWith(
                        "com.example.Server.send:7: file -> socket by heap, wrapped-channel, about 4.00 kB"));
        assertThat(Rules.parse("rules", List.of("file -> socket at com.example.Serve stays on sendfile"))
                        .check(wrapped)
                        .get(0)
                        .status())
                .isEqualTo(Status.ABSENT);
    }

    @Test
    void aTransferTooSmallForAnEstimateIsJudgedAllTheSame() throws BadRuleException {
        // Old.send has a weight of 0: only that it happened is known.
        assertThat(subject().profile().sites()).noneMatch(site -> site.frame().startsWith("com.example.Old"));

        assertThat(check("file -> socket at com.example.Old stays on sendfile").status())
                .isEqualTo(Status.BROKEN);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "frobnicate | is no rule",
                "file -> sokcet stays on sendfile | 'sokcet' is no kind of endpoint; there are any, file",
                "file -> socket stays on sendfil | 'sendfil' is no path; there are copy-file-range",
                "copied bytes at most 1 | is no rule",
                "unknown bytes at most -1 | '-1' is no number",
                "file -> socket at a.B unknown bytes at most 1 | leave out 'at a.B'"
            })
    void aSlipIsNamedWithFileAndLine(String rule, String message) {
        assertThatThrownBy(() -> Rules.parse("ci/rules.txt", List.of("# why", "", rule)))
                .isInstanceOf(BadRuleException.class)
                .hasMessageStartingWith("ci/rules.txt:3: ")
                .hasMessageContaining(message);
    }

    @Test
    void aFileWithoutARuleHoldsNothing() {
        assertThatThrownBy(() -> Rules.parse("rules", List.of("# nothing")))
                .isInstanceOf(BadRuleException.class)
                .hasMessageContaining("rules has no rule");
    }

    @Test
    void anEmptyRecordingHoldsNoRuleByAccident() throws BadRuleException {
        Profile empty = new Events().profile();
        List<String> rules = List.of("no warning", "unknown bytes at most 0", "copied bytes per byte sent at most 1");

        assertThat(Rules.parse("rules", rules).check(new Subject(empty, List.of())))
                .extracting(Outcome::status)
                .containsOnly(Status.ABSENT);
    }

    private static Outcome check(String rule) throws BadRuleException {
        return Rules.parse("rules", List.of(rule)).check(subject()).get(0);
    }

    private static Subject subject() {
        return new Events()
                .transfer(ROUTE, "sendfile", "none", "kernel", 0, 3000)
                .transfer(ROUTE, "heap", "wrapped-channel", "com.example.Counting", "same-call", 4, 1000, 5, 50)
                .sample("com.example.Server.send:7", ROUTE, "sendfile", "none", 3000, 1, 0)
                .sample("com.example.Old.send:3", ROUTE, "heap", "wrapped-channel", 0, 2, 0)
                .subject();
    }
}
