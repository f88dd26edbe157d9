package iopath.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.read.Fabricated;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(300)
class ExportTest {
    /** What a row has before the fields of its kind. */
    private static final Set<String> OWN = Set.of(
            "schemaVersion",
            "kind",
            "service",
            "version",
            "instance",
            "labels",
            "java",
            "pid",
            "file",
            "start",
            "durationMillis");

    @TempDir
    static Path directory;

    private static Path good = Path.of("");

    @BeforeAll
    static void record() throws IOException {
        good = Fabricated.everything(directory.resolve("good.jfr"), 2);
    }

    @Test
    void theRowsAreThoseOfTheReportAndNoneIsLeftOut() throws IOException {
        Map<String, Object> report = JSON.std.mapFrom(
                Typed.of("report", good.toString(), "--format", "json").out());
        List<Map<String, Object>> rows = rows(export(good.toString()).out());

        assertThat(ofKind(rows, "transfer")).isEqualTo(report.get("transfers"));
        assertThat(ofKind(rows, "site")).isEqualTo(report.get("sites"));
        List<Map<String, Object>> findings = new ArrayList<>();
        for (Object each : (List<?>) Objects.requireNonNull(report.get("findings"))) {
            Map<String, Object> finding = new LinkedHashMap<>();
            ((Map<?, ?>) each).forEach((name, value) -> finding.put(String.valueOf(name), value));
            finding.remove("work");
            finding.remove("price");
            finding.remove("places");
            finding.remove("meaning");
            findings.add(finding);
        }
        assertThat(ofKind(rows, "finding")).isEqualTo(findings);
        assertThat(rows)
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row)
                        .containsEntry("schemaVersion", 1)
                        .containsEntry("file", good.toString())
                        .containsKeys(OWN.toArray(new String[0])));
    }

    @Test
    void aCompressedRecordingOneOnStandardInputAndOneInAFolderSayTheSame() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("many/deep"));
        Path packed = folder.resolve("a.jfr.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(good, out);
        }
        Files.writeString(folder.resolve("notes.txt"), "no recording");
        String plain = export(good.toString()).out();

        assertThat(export(packed.toString()).out().replace(packed.toString(), good.toString()))
                .isEqualTo(plain);
        assertThat(export(directory.resolve("many").toString()).out().replace(packed.toString(), good.toString()))
                .isEqualTo(plain);
        assertThat(Typed.of(Files.readAllBytes(good), "export", "-")
                        .out()
                        .replace("\"file\":\"-\"", "\"file\":\"" + good + "\""))
                .isEqualTo(plain);
    }

    @Test
    void aBrokenRecordingIsNamedAndTheOthersAreExported() throws IOException {
        Path broken = Files.writeString(directory.resolve("broken.jfr"), "FLR");

        Typed outcome = export(broken.toString(), good.toString());

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err()).hasLineCount(1).contains(broken + " is left out");
        assertThat(outcome.out()).isEqualTo(export(good.toString()).out());
    }

    @Test
    void aFolderWithoutARecordingIsNoEmptyTable() throws IOException {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        Typed outcome = export(empty.toString());

        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).hasLineCount(1).contains("no *.jfr");
    }

    private static List<Map<String, Object>> rows(String text) throws IOException {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (String line : text.split("\n")) {
            rows.add(JSON.std.mapFrom(line));
        }
        return rows;
    }

    private static List<Map<String, Object>> ofKind(List<Map<String, Object>> rows, String kind) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            if (kind.equals(row.get("kind"))) {
                Map<String, Object> fields = new LinkedHashMap<>(row);
                fields.keySet().removeAll(OWN);
                found.add(fields);
            }
        }
        return found;
    }

    private static Typed export(String... inputs) {
        List<String> arguments = new ArrayList<>(List.of("export"));
        arguments.addAll(List.of(inputs));
        return Typed.of(arguments.toArray(new String[0]));
    }
}
