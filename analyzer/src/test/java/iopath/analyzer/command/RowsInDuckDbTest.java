package iopath.analyzer.command;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.read.Fabricated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The questions in docs/rows.md, asked of real rows. */
@Timeout(300)
class RowsInDuckDbTest {
    private static final Pattern QUESTION = Pattern.compile("```sql\n(.*?);\n```", Pattern.DOTALL);

    @TempDir
    static Path directory;

    private static Path rows = Path.of("");

    @BeforeAll
    static void export() throws IOException {
        Path recordings = Files.createDirectory(directory.resolve("recordings"));
        Path first = Fabricated.everything(recordings.resolve("a.jfr"), 2);
        Files.copy(first, recordings.resolve("b.jfr"));
        rows = directory.resolve("rows.ndjson");
        assertThat(Typed.of("export", recordings.toString(), "-o", rows.toString())
                        .code())
                .isZero();
    }

    @Test
    void eachQuestionOfTheDocsHasAnAnswer() throws IOException, SQLException {
        List<String> questions = QUESTION.matcher(Files.readString(Path.of("..", "docs", "rows.md")))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(questions).hasSize(4);
        for (String question : questions) {
            assertThat(answer(question)).as(question).isNotEmpty();
        }
    }

    /** Two copies of one recording: 2 kB each from file to socket, copied four times. */
    @Test
    void theSumsAreThoseOfTheReports() throws SQLException {
        assertThat(answer("select source, sink, path, sum(bytes), sum(copiedBytes) from read_json_auto('rows.ndjson')"
                        + " where kind = 'transfer' group by all order by all"))
                .containsExactly("file socket heap 4000 16000");
    }

    private static List<String> answer(String question) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (Connection database = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = database.createStatement();
                ResultSet found = statement.executeQuery(question.replace("rows.ndjson", rows.toString()))) {
            int columns = found.getMetaData().getColumnCount();
            while (found.next()) {
                List<String> line = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    line.add(String.valueOf(found.getString(i)));
                }
                lines.add(String.join(" ", line));
            }
        }
        return lines;
    }
}
