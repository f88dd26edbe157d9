package iopath.demo.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.demo.kafka.Phase.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final long BYTES = 1_009_953_745_123L;

    private static final Report FETCH = Report.parse(ReportTest.report(
            ReportTest.row("file", "socket", "sendfile", "null", "kernel", BYTES - 1, 0),
            ReportTest.row("file", "socket", "heap", "null", "same-buffer", 1, 4)));

    private static final Trace TRACE = new Trace(BYTES, 123_456_789, 123_456_789, BYTES, 123_456_789);

    @Test
    void aLineIsTooWideForATerminal() {
        String text = Comparison.render(
                List.of(
                        phase(Kind.PLAINTEXT, FETCH, TRACE),
                        phase(Kind.SSL, FETCH, TRACE),
                        phase(Kind.PRODUCE, FETCH, TRACE)),
                128);
        assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void aClaimIsAnsweredWithoutAMeasurement() {
        String text = Comparison.render(List.of(phase(Kind.PLAINTEXT, null, null), phase(Kind.SSL, null, null)), 2);
        assertThat(text).contains("CPU is rarely the bottleneck").doesNotContain("TLS prohibits", "NaN", "linked");
    }

    @Test
    void bytesThatWereNotSeenLookLikeNumbers() {
        String text = Comparison.render(List.of(phase(Kind.PRODUCE, FETCH, null)), 2);
        assertThat(text).contains("none seen").doesNotContain("NaN", "Infinity");
    }

    private static Phase phase(Kind kind, @Nullable Report report, @Nullable Trace trace) {
        return new Phase(kind, BYTES, 12.5, 9_999e6, 1, report, trace);
    }
}
