package iopath.analyzer.saved;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.jr.ob.JSON;
import iopath.analyzer.render.JsonReport;
import iopath.analyzer.summarize.Events;
import iopath.analyzer.summarize.Profile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SavedReportTest {
    private static final List<Object> STRANGE = List.of("\u0000", -1, 1.5, Long.MAX_VALUE, true, List.of(), Map.of());

    @Test
    void aReportWithEveryKindOfRowIsReadBackWhole() throws BadReportException {
        Profile profile = Events.ofEachKind()
                .look(10_000, 1_000, 500)
                .unseen("handed", "a.JniChannel", 1_000, 0)
                .unseen("mapped", "/data/log", 64_000, 0)
                .warning("a.jfr: cut")
                .profile();

        assertThat(SavedReport.parse(JsonReport.of(profile))).isEqualTo(profile);
    }

    @Test
    void whatIsMissingOrStrangeIsNamed() throws IOException {
        assertRefused(report -> report.remove("io"), "io is missing, or is not a list");
        assertRefused(report -> report.put("schemaVersion", 2), "it has another schemaVersion than 1");
        assertRefused(report -> report.remove("firstSites"), "it was written before reports could be read back");
        assertRefused(
                report -> row(report, "transfers").put("bytes", 1.5),
                "transfers[0].bytes is missing, or is not a whole number");
        assertRefused(
                report -> row(report, "transfers").put("bytes", -1),
                "transfers[0].bytes is missing, or is not a whole number from 0 up");
        assertRefused(
                report -> object(report, "summary").put("copiedBytes", Long.MIN_VALUE),
                "summary.copiedBytes is missing, or is not a whole number from 0 up");
        assertRefused(
                report -> row(report, "findings").put("severity", "dire"),
                "findings[0].severity is missing, or is not info or warning");
        assertRefused(
                report -> object(report, "timeline").put("slotMillis", 3_000),
                "timeline.slotMillis is missing, or is not a power of two in seconds");
        assertRefused(
                report -> object(report, "recording").put("end", "2025-01-02T03:04:05Z"),
                "recording.end is missing, or is not after the start");
        assertThatThrownBy(() -> SavedReport.parse("[1]")).isInstanceOf(BadReportException.class);
    }

    /** What can be read can be reported too. */
    @Test
    void noValueOfAFieldEndsInAnythingButAReportOrARefusal() throws IOException {
        for (List<Object> path : leaves(fresh(), List.of())) {
            for (Object strange : STRANGE) {
                Map<String, Object> report = fresh();
                put(report, path, strange);
                String json = JSON.std.asString(report);
                try {
                    assertThat(JsonReport.of(SavedReport.parse(json))).isNotEmpty();
                } catch (BadReportException refused) {
                    assertThat(refused).hasMessageMatching("\\S+ .*");
                }
            }
        }
    }

    private interface Change {
        void of(Map<String, Object> report);
    }

    private static void assertRefused(Change change, String message) throws IOException {
        Map<String, Object> report = fresh();
        change.of(report);
        String json = JSON.std.asString(report);
        assertThatThrownBy(() -> SavedReport.parse(json))
                .isInstanceOf(BadReportException.class)
                .hasMessage(message);
    }

    private static Map<String, Object> fresh() throws IOException {
        return JSON.std.mapFrom(
                JsonReport.of(Events.ofEachKind().look(10_000, 1_000, 500).profile()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Map<String, Object> report, String name) {
        return (Map<String, Object>) Objects.requireNonNull(report.get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> row(Map<String, Object> report, String list) {
        return (Map<String, Object>) ((List<?>) Objects.requireNonNull(report.get(list))).get(0);
    }

    /** The way to every value, by names and numbers; of a list the first element stands for all. */
    private static List<List<Object>> leaves(@Nullable Object value, List<Object> path) {
        List<List<Object>> ways = new ArrayList<>(path.isEmpty() ? List.of() : List.of(path));
        if (value instanceof Map<?, ?> fields) {
            fields.forEach((name, field) -> ways.addAll(leaves(field, and(path, name))));
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            ways.addAll(leaves(list.get(0), and(path, 0)));
        }
        return ways;
    }

    private static List<Object> and(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    @SuppressWarnings("unchecked")
    private static void put(Object in, List<Object> path, Object value) {
        Object step = path.get(0);
        if (path.size() > 1) {
            Object next = step instanceof Integer i ? ((List<Object>) in).get(i) : ((Map<Object, Object>) in).get(step);
            put(Objects.requireNonNull(next), path.subList(1, path.size()), value);
        } else if (step instanceof Integer i) {
            ((List<Object>) in).set(i, value);
        } else {
            ((Map<Object, Object>) in).put(step, value);
        }
    }
}
