package iopath.demo.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import iopath.demo.kafka.Report.Flow;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static final String ROW = """
            {"source": "%s", "sink": "%s", "path": "%s", "reason": "none", "detail": %s, "evidence": "%s",
             "bytes": %d, "operations": 10, "calls": 20, "cpuCopies": %d, "nanos": 5}""";

    private static final String FETCHES = report(
            row("file", "socket", "sendfile", "null", "kernel", 600, 0),
            row("file", "socket", "direct", "null", "same-buffer", 300, 2),
            row("file", "socket", "heap", "null", "same-thread", 50, 4),
            row("memory", "socket", "heap", "null", "none", 50, 2),
            row("memory", "socket", "tls", "\"tls-framing\"", "none", 7, 2),
            row("socket", "memory", "heap", "null", "none", 1_000_000, 2));

    @Test
    void inferredBytesCountAsProven() {
        Flow flow = Report.parse(FETCHES).flow("file", "socket");
        assertThat(flow.bytes()).isEqualTo(900);
        assertThat(flow.linkedShare()).isEqualTo(0.9);
        assertThat(flow.operations()).isEqualTo(20);
        assertThat(flow.calls()).isEqualTo(40);
    }

    @Test
    void copiesAreNotWeighedByTheirBytes() {
        Flow flow = Report.parse(FETCHES).flow("file", "socket");
        assertThat(flow.copiesPerByte()).isEqualTo(2.0 / 3, within(1e-9));
        assertThat(flow.kernelBytes()).isEqualTo(600);
    }

    @Test
    void aDirectionThatWasNotSeenDividesByZeroUnnoticed() {
        assertThat(Report.parse(FETCHES).flow("socket", "file").isEmpty()).isTrue();
    }

    @Test
    void anotherSchemaReadsAsNoBytes() {
        assertThatThrownBy(() -> Report.parse("{\"rows\": []}")).hasMessageContaining("no transfers");
        assertThatThrownBy(() -> Report.parse("{\"transfers\": [{\"bytes\": \"7\"}]}"))
                .hasMessageContaining("where a number belongs");
    }

    static String report(String... rows) {
        return "{\"transfers\": [" + String.join(",", rows) + "]}";
    }

    static String row(String source, String sink, String path, String detail, String evidence, long bytes, int copies) {
        return ROW.formatted(source, sink, path, detail, evidence, bytes, copies);
    }
}
