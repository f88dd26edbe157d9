package iopath.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.read.Fabricated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same word means the same in all commands. */
@Timeout(300)
class GrammarTest {
    private static final String NONE = "";
    private static final String AGENT = " --content --hooks --redact --redact-key --sample";
    private static final String REMOTE = " --remote --user";
    private static final String WRITES = " --force --format --output -o";

    /** Every option of every command, {@code --help} and {@code --version} aside. */
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("attach", AGENT),
            Map.entry("calibrate", "--directory --quick" + WRITES),
            Map.entry("check", "--app --baseline --github --inconclusive --junit --markdown --rules" + WRITES),
            Map.entry("completion", NONE),
            Map.entry("demo", "--keep --output -o"),
            Map.entry("detach", NONE),
            Map.entry("diff", "--app" + WRITES),
            Map.entry("doctor", WRITES),
            Map.entry("export", "--app" + WRITES),
            Map.entry("help", NONE),
            Map.entry("manual", NONE),
            Map.entry("merge", "--app" + WRITES),
            Map.entry("ps", WRITES),
            Map.entry("record", "--agent-path --app --calibration --duration --report" + WRITES + AGENT + REMOTE),
            Map.entry("report", "--app --calibration" + WRITES),
            Map.entry("status", WRITES),
            Map.entry("top", "--app --ascii --count --interval --plain" + AGENT + REMOTE),
            Map.entry("version", NONE));

    @TempDir
    static Path directory;

    private static Path good = Path.of("");

    @BeforeAll
    static void record() throws IOException {
        good = Fabricated.everything(directory.resolve("good.jfr"), 2);
    }

    @Test
    void noOptionComesOrGoesUnnoticed() {
        Map<String, TreeSet<String>> found = new TreeMap<>();
        Iopath.line(System.in, System.out, System.err).getSubcommands().forEach((name, command) -> {
            TreeSet<String> names = new TreeSet<>();
            command.getCommandSpec().options().forEach(option -> names.addAll(Arrays.asList(option.names())));
            names.removeAll(List.of("-h", "--help", "-V", "--version"));
            found.put(name, names);
        });

        Map<String, TreeSet<String>> wanted = new TreeMap<>();
        OPTIONS.forEach((name, options) -> wanted.put(
                name,
                new TreeSet<>(
                        options.isBlank() ? List.of() : List.of(options.strip().split(" ")))));
        assertThat(found).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "report GOOD, html, <!doctype html>",
        "report GOOD, md, '# All of the '",
        "report GOOD, json, {",
        "report GOOD, txt, 'iopath report: '",
        "report GOOD, unheard-of, 'iopath report: '",
        "diff GOOD GOOD, html, <!doctype html>",
        "diff GOOD GOOD, json, {",
        "merge GOOD, html, <!doctype html>",
        "merge GOOD, unheard-of, {",
        "ps, json, {",
        "export GOOD, ndjson, '{\"schemaVersion\":1'",
        "check GOOD --baseline GOOD, json, {",
        "check GOOD --baseline GOOD, xml, <?xml",
    })
    void aFileIsWrittenInTheFormatThatItsNameEndsWith(String command, String ending, String start) throws IOException {
        Path file = Files.createTempDirectory(directory, "out").resolve("x." + ending);

        Typed outcome = run(command + " -o " + file);

        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.code()).isZero();
        assertThat(file).content().startsWith(start);
    }

    @Test
    void aFormatThatIsAskedForIsWrittenWhateverTheNameEndsWith() {
        Path file = directory.resolve("asked.html");

        assertThat(run("report GOOD --format json -o " + file).code()).isZero();

        assertThat(file).content().startsWith("{");
    }

    @ParameterizedTest
    @CsvSource({
        "status 1 -o DIR/s.html, ends like html",
        "doctor 1 -o DIR/d.md, ends like markdown",
        "ps -o DIR/p.html, ends like html",
        "record 1 -o DIR/a.html -o DIR/b.json, are both for the report",
        "record 1 -o DIR/a.jfr -o DIR/b.jfr, are both for the recording",
        "check GOOD, give --rules FILE or --baseline FILE",
        "reprot GOOD, did you mean report",
        "report GOOD --fromat json, did you mean --format",
        "report GOOD --app com/example, is no package and no class",
        "record -1, -1",
        "doctor -1, -1",
        "attach -1, -1",
    })
    void aSlipIsOneLineThatNamesTheWayOut(String command, String words) {
        Typed outcome = run(command);

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("iopath: ").contains(words).hasLineCount(1);
    }

    @Test
    void eachWordForTheVersionAndForHelpIsUnderstood() {
        assertThat(run("version"))
                .isEqualTo(run("--version"))
                .isEqualTo(run("-v"))
                .isEqualTo(run("-V"));
        assertThat(run("help").out()).isEqualTo(run("--help").out());
        assertThat(run("help report").out()).isEqualTo(run("report --help").out());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"report GOOD", "report --format json GOOD", "report SAVED", "merge GOOD SAVED2", "export GOOD"})
    void theApplicationThatIsNamedIsTheOneThatFindingsName(String command) throws IOException {
        Path saved = Files.createTempDirectory(directory, "app").resolve("saved.json");
        assertThat(run("report GOOD -o " + saved).code()).isZero();
        String line = command.replace("SAVED2", directory + "/other.jfr").replace("SAVED", saved.toString());
        if (command.contains("SAVED2")) {
            Fabricated.everything(directory.resolve("other.jfr"), 1);
        }

        assertThat(words(run(line))).contains("Seen at iopath.analyzer.read.Fabricated.sample:");
        assertThat(words(run(line + " --app com.example,iopath.analyzer.command.*")))
                .contains("Seen at iopath.analyzer.command.GrammarTest.")
                .contains(", by iopath.analyzer.read.Fabricated.sample:");
    }

    /** Lines are broken where it fits. */
    private static String words(Typed outcome) {
        assertThat(outcome.code()).isZero();
        return outcome.out().replaceAll("\\s+", " ");
    }

    @ParameterizedTest
    @CsvSource({
        "com.example.Main, com.example.Main, true",
        "Main, com.example.Main, true",
        "example.Main, com.example.Main, true",
        "Mai, com.example.Main, false",
        "xample, com.example.Main, false",
        "shop.jar, /opt/shop.jar, true",
        "shop, /opt/shop.jar, true",
        "files-1, /opt/files-1.jar, true",
        "files, /opt/files-1.jar, false",
        "shop-1, /opt/shop-1.2.jar, false",
        "shop-1.2, /opt/shop-1.2.jar, true",
    })
    void aTargetIsAWholeWordAndNeverAPartOfOne(String word, String name, boolean meant) {
        assertThat(Pick.isMeant(word, name)).isEqualTo(meant);
    }

    @Test
    void theResultsOfACheckAreTheSameForPrograms() throws IOException {
        Typed outcome = run("check GOOD --baseline GOOD --format json");

        Map<String, Object> json = JSON.std.mapFrom(outcome.out());
        assertThat(json).containsEntry("schemaVersion", 1).containsKeys("verdict", "rules");
    }

    private static Typed run(String command) {
        String[] arguments = command.replace("GOOD", good.toString())
                .replace("DIR", directory.toString())
                .split(" ");
        return Typed.of(arguments);
    }
}
