package iopath.analyzer.render;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.summarize.Events;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
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
    void theFlameGraphHasEachFrame() {
        events.sample(List.of("a.B.c:1", "evil.</script>.x:2"), "x", "file:/a > socket:s", "heap", "tls", 10, 1, 0);

        String page = FlameGraphPage.of(events.profile());

        assertThat(page).startsWith("<!DOCTYPE html>").contains("a.B.c:1").doesNotContain("evil.</script>");
    }

    /** After a comment's begin and another script's, the end of the page's own script would be text of that comment. */
    @Test
    void noNameHidesTheEndOfTheScript() {
        events.sample(List.of("a.<!--<script.x:2", "b.<init>:3"), "x", "file:/a > socket:s", "heap", "tls", 10, 1, 0);

        assertThat(FlameGraphPage.of(events.profile()))
                .doesNotContain("<!--<script")
                .contains("b.<init>:3");
    }

    @Test
    void theDifferenceOfTwoFlameGraphsHasTheLaterFramesAndSaysWhatItsColoursMean() {
        events.sample("a.B.c:1", "file:/a > socket:s", "sendfile", "none", 3000, 1, 0);
        Events before = new Events().sample("a.B.old:1", "file:/a > socket:s", "heap", "tls", 500, 1, 0);

        String page = FlameGraphPage.difference(before.profile(), events.profile());

        assertThat(page)
                .contains("a.B.c:1", "red: more than before, blue: less")
                .doesNotContain("a.B.old:1");
        assertThat(page).isNotEqualTo(FlameGraphPage.difference(events.profile(), events.profile()));
    }

    @Test
    void pprofGetsEachStackFromTheInnermostFrameOnWithBothValues() throws IOException {
        events.transfer("file:/a > socket:s", "heap", "read-write-loop", "same-buffer", 4, 3000)
                .sample("a.B.c:7", "file:/a > socket:s", "heap", "read-write-loop", 3000, 1, 0);

        Wire profile = Wire.of(PprofProfile.of(events.profile()));

        List<String> strings = profile.texts(6);
        assertThat(strings.get(0)).isEmpty();
        assertThat(profile.messages(1)).hasSize(2);
        assertThat(strings.get((int) profile.number(14))).as("shown first").isEqualTo("bytes");
        assertThat(strings.get((int) profile.number(13))).as("comment").startsWith("All of the 3.00 kB");
        Wire sample = profile.messages(2).get(0);
        assertThat(sample.numbers(2)).containsExactly(3000L, 12_000L);
        assertThat(sample.numbers(1).stream().map(id -> function(profile, strings, id)))
                .containsExactly("a.B.c:7", "java.lang.Thread.run:0");
        assertThat(sample.messages(3).stream()
                        .map(label -> strings.get((int) label.number(1)) + "=" + strings.get((int) label.number(2))))
                .containsExactly("source=file", "sink=socket", "path=heap", "reason=read-write-loop", "evidence=none");
    }

    private static String function(Wire profile, List<String> strings, long id) {
        Wire location = profile.messages(4).get((int) id - 1);
        assertThat(location.number(1)).isEqualTo(id);
        Wire line = location.messages(4).get(0);
        Wire function = profile.messages(5).get((int) line.number(1) - 1);
        return strings.get((int) function.number(2)) + ":" + line.number(2);
    }

    /** Fields of a protocol buffer as they come. */
    private record Wire(Map<Integer, List<Object>> fields) {

        static Wire of(byte[] zipped) throws IOException {
            return read(ByteBuffer.wrap(new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes()));
        }

        private static Wire read(ByteBuffer in) {
            Map<Integer, List<Object>> fields = new TreeMap<>();
            while (in.hasRemaining()) {
                long tag = number(in);
                Object value;
                if ((tag & 7) == 0) {
                    value = number(in);
                } else {
                    assertThat(tag & 7).isEqualTo(2);
                    byte[] bytes = new byte[(int) number(in)];
                    in.get(bytes);
                    value = bytes;
                }
                fields.computeIfAbsent((int) (tag >>> 3), k -> new ArrayList<>())
                        .add(value);
            }
            return new Wire(fields);
        }

        private static long number(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte b = in.get();
                value |= (long) (b & 0x7f) << shift;
                if (b >= 0) {
                    return value;
                }
            }
        }

        private List<Object> all(int field) {
            return fields.getOrDefault(field, List.of());
        }

        List<Long> numbers(int field) {
            return all(field).stream().map(Long.class::cast).toList();
        }

        long number(int field) {
            return all(field).isEmpty() ? 0 : numbers(field).get(0);
        }

        List<String> texts(int field) {
            return all(field).stream()
                    .map(bytes -> new String((byte[]) bytes, StandardCharsets.UTF_8))
                    .toList();
        }

        List<Wire> messages(int field) {
            return all(field).stream()
                    .map(bytes -> read(ByteBuffer.wrap((byte[]) bytes)))
                    .toList();
        }
    }

    @Test
    void markdownShowsNoMarkupOfTheApplication() {
        events.transfer("file:/a|b<i> > socket:s", "heap", "wrapped-channel", "x.`Y`|<b>", "same-call", 4, 100, 5, 6);

        assertThat(MarkdownReport.of(events.profile()))
                .startsWith("# ")
                .contains("| 100 B | file | socket | heap | wrapped-channel | x.\\`Y\\`\\|&lt;b> | same-call |")
                .contains("## Findings")
                .contains("## Not seen");
    }

    @Test
    void markdownMakesNoLinkOfAName() {
        String name = "http://evil.example/x or WWW.evil.example";
        events.transfer("file:/a > socket:s", "heap", "wrapped-channel", name, "same-call", 4, 100, 5, 6);

        assertThat(MarkdownReport.of(events.profile()))
                .contains("http\\://evil.example/x")
                .contains("WWW\\.evil.example")
                .doesNotContain("http://evil")
                .doesNotContainIgnoringCase("www.evil");
    }

    /** Names of classes and files have no end: in a label each would be a time series of its own. */
    @Test
    void prometheusGetsACounterForEachRowAndNoLabelWithoutBounds() {
        events.transfer("file:/a > socket:s", "sendfile", "none", null, "kernel", 0, 700, 2, 3)
                .transfer("file:/a > socket:s", "heap", "wrapped-channel", "a.Wrapper", "same-call", 4, 100, 5, 6)
                .transfer("file:/a > socket:s", "heap", "wrapped-channel", "b.Wrapper", "same-call", 4, 20, 5, 6);

        assertThat(PrometheusText.of(events.profile()))
                .contains("# TYPE iopath_transfer_bytes_total counter\n")
                .contains("iopath_transfer_bytes_total{source=\"file\",sink=\"socket\",path=\"sendfile\","
                        + "reason=\"none\",evidence=\"kernel\"} 700\n")
                .contains("reason=\"wrapped-channel\",evidence=\"same-call\"} 120\n")
                .contains("iopath_transfer_copied_bytes_total{source=\"file\",sink=\"socket\",path=\"heap\","
                        + "reason=\"wrapped-channel\",evidence=\"same-call\"} 480\n")
                .doesNotContain("Wrapper")
                .endsWith("\n");
    }
}
