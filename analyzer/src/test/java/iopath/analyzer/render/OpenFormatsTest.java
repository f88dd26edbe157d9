package iopath.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.summarize.Events;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What other programs read. */
class OpenFormatsTest {
    private final Events events = new Events();

    @Test
    void collapsedStacksHaveThePathAndTheReasonAtTheirRoot() {
        events.transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 3000)
                .sample("a.B.c:1", "file:/a > socket:s", "heap", "read-write-loop", 2000, 1, 0)
                .sample("a.B.c:1", "file:/a > socket:s", "heap", "read-write-loop", 1000, 2, 0);

        assertThat(CollapsedStacks.of(events.profile()))
                .isEqualTo("heap;read-write-loop;java.lang.Thread.run;a.B.c:1 3000\n");
    }

    @Test
    void aNameCannotMakeAnotherFrameOrNumber() {
        events.sample(List.of("x;y 7\n8"), "x", "file:/a > socket:s", "heap", "tls", 10, 1, 0);

        assertThat(CollapsedStacks.of(events.profile())).isEqualTo("heap;tls;x,y_7\\u000a8 10\n");
    }

    @Test
    void withoutSamplesThereIsNoStack() {
        assertThat(CollapsedStacks.of(events.profile())).isEmpty();
    }

    @Test
    void prometheusGetsACounterForEachRow() {
        events.transfer("file:/a > socket:s", "sendfile", "none", null, "kernel", 0, 700, 2, 3)
                .transfer("file:/a > socket:s", "heap", "wrapped-channel", "a\"b\\c\nd", "same-call", 4, 100, 5, 6);

        assertThat(PrometheusText.of(events.profile()))
                .contains("# TYPE iopath_transfer_bytes_total counter\n")
                .contains("iopath_transfer_bytes_total{source=\"file\",sink=\"socket\",path=\"sendfile\","
                        + "reason=\"none\",detail=\"\",evidence=\"kernel\"} 700\n")
                .contains("reason=\"wrapped-channel\",detail=\"a\\\"b\\\\c\\nd\",evidence=\"same-call\"} 100\n")
                .contains("iopath_transfer_copied_bytes_total{source=\"file\",sink=\"socket\",path=\"heap\","
                        + "reason=\"wrapped-channel\",detail=\"a\\\"b\\\\c\\nd\",evidence=\"same-call\"} 400\n")
                .endsWith("\n");
    }
}
