package iopath.analyzer.calibrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import iopath.analyzer.price.Calibration;
import iopath.analyzer.price.Calibrations;
import iopath.analyzer.price.Point.Lane;
import iopath.analyzer.price.Pricing;
import iopath.analyzer.render.CalibrationJson;
import iopath.analyzer.render.JsonReport;
import iopath.analyzer.summarize.Events;
import iopath.analyzer.summarize.Profile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CalibrationFileTest {
    private static final String GOOD = CalibrationJson.of(Calibrations.round());

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertThat(read(GOOD)).isEqualTo(Calibrations.round());
        assertThat(CalibrationJson.of(read(GOOD))).isEqualTo(GOOD);
    }

    @Test
    void aReportCarriesIt() throws Exception {
        Profile profile = Events.ofEachKind().profile();
        Calibration calibration = Calibrations.round();

        String report = JsonReport.of(profile, Pricing.of(profile, calibration));

        assertThat(read(report)).isEqualTo(calibration);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schemaVersion\" : 2 | \"schemaVersion\" : 1 | another version",
                "\"schemaVersion\" : 2, | '' | schemaVersion is missing",
                "\"points\" | \"dots\" | no points",
                "\"host\" | \"guest\" | host is no object",
                "\"java\" : \"17.0.15\" | \"java\" : 17 | java is missing",
                "\"processors\" : 2 | \"processors\" : 2.5 | processors is no whole number",
                "\"chunkBytes\" : 512 | \"chunkBytes\" : 0 | no cost of a step",
                "\"chunkBytes\" : 512 | \"chunkBytes\" : 65536 | a point twice",
                "\"conditions\" : 3 | \"conditions\" : 2 | 3 values of 2 conditions",
                "\"conditions\" : 3 | \"conditions\" : 0 | 3 values of 0 conditions",
                "\"seen\" | \"foreseen\" | seen is no list",
                "[ 0.45, 0.46, 0.47 ] | [ 0.45, 0.46, -1 ] | no cost of a step",
                "[ 0.45, 0.46, 0.47 ] | [ ] | 0 values of 3 conditions",
                "[ 0.45, 0.46, 0.47 ] | [ 1, 1, 1, 1, 1, 1 ] | not of the same processes",
                "[ 0.45, 0.46, 0.47 ] | [ 1, 1, \"NaN\" ] | no number",
                "[ 0.45, 0.46, 0.47 ] | [ 1, 1, 1e999 ] | no amounts",
                "[ 0.45, 0.46, 0.47 ] | [ 1, 1, NaN ] | no JSON"
            })
    void whatIsNoCalibrationIsSaidInOneLine(String from, String to, String why) throws IOException {
        assertThat(GOOD).contains(from);

        assertBad(GOOD.replaceFirst(java.util.regex.Pattern.quote(from), to), why);
    }

    @ParameterizedTest
    @CsvSource({"'', no JSON", "[], no object", "{, no JSON", "null, no object", "hello, no JSON"})
    void whatIsNoDocumentIsSaidInOneLine(String text, String why) throws IOException {
        assertBad(text, why);
    }

    @Test
    void eachCutIsRefused() throws IOException {
        String ascii = GOOD.strip();
        for (int end = 0; end < ascii.length(); end += 97) {
            assertBad(ascii.substring(0, end), "");
        }
        assertBad("[".repeat(100_000), "nesting depth");
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        Path file = directory.resolve("none");

        assertThatThrownBy(() -> CalibrationFile.read(file))
                .isInstanceOf(BadCalibrationException.class)
                .hasMessage("the calibration " + file
                        + " cannot be used (there is no such file); make one with iopath calibrate --output FILE");
    }

    @Test
    void aMeasurementGoesFromProcessToProcessAsALine() {
        Turn turn = new Turn(new Lane("file", "socket", "tls", 4), 16384, 0.123);

        assertThat(Turn.parse(turn.line())).isEqualTo(turn);
        assertThatThrownBy(() -> Turn.parse("file socket")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Turn.parse("a b c d e f")).isInstanceOf(IllegalArgumentException.class);
    }

    private Calibration read(String text) throws IOException, BadCalibrationException {
        return CalibrationFile.read(Files.writeString(directory.resolve("calibration.json"), text));
    }

    private void assertBad(String text, String why) throws IOException {
        Path file = Files.writeString(directory.resolve("bad.json"), text);

        assertThatThrownBy(() -> CalibrationFile.read(file))
                .as(text.substring(0, Math.min(80, text.length())))
                .isInstanceOf(BadCalibrationException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(why)
                .hasMessageContaining("iopath calibrate")
                .message()
                .doesNotContain("\n");
    }
}
