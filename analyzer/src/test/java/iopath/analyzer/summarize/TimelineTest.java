package iopath.analyzer.summarize;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.event.Reading;
import iopath.analyzer.event.TransferTotals;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final long SECOND = 1_000_000_000;
    private static final long START = 1_767_323_045 * SECOND;

    private final Tally tally = new Tally();

    @Test
    void whatIsToldAtTheEndOfASecondIsOfThatSecond() {
        told(1_000, "heap", 700);
        told(2_000, "heap", 50);

        assertThat(bytes(2_000, "heap")).containsExactly(700L, 50L);
    }

    @Test
    void aClockThatDriftsLeavesNoSecondEmpty() {
        for (int i = 1; i <= 100; i++) {
            told(i * 1_003L, "sendfile", 1_000);
        }

        assertThat(bytes(100_300, "sendfile").subList(0, 99)).allMatch(bytes -> bytes >= 990 && bytes <= 1_003);
        assertThat(sum(bytes(100_300, "sendfile"))).isEqualTo(100_000);
    }

    @Test
    void nothingLiesBeforeTheRecording() {
        told(300, "direct", 90);

        assertThat(bytes(800, "direct")).containsExactly(90L);
    }

    @Test
    void aLongRecordingHasWiderSlotsAndTheSameSum() {
        for (int i = 1; i <= 100_000; i++) {
            told(i * 1_000L, "heap", i);
        }

        Timeline timeline = timeline(100_000_000);

        assertThat(timeline.slotNanos()).isEqualTo(512 * SECOND);
        assertThat(timeline.series()).singleElement().satisfies(series -> {
            assertThat(series.bytes()).hasSizeBetween(Timeline.MAX_SLOTS / 2, Timeline.MAX_SLOTS);
            assertThat(sum(series.bytes())).isEqualTo(100_000L * 100_001 / 2);
        });
    }

    @Test
    void timesThatADamagedRecordingClaimsFillNoMemory() {
        told(1_000, "heap", 5);
        tally.at(Long.MIN_VALUE);
        transfer("file:/a > socket:s", "heap", Long.MAX_VALUE);
        tally.at(Long.MAX_VALUE);
        transfer("file:/a > socket:s", "heap", 7);

        assertThat(timeline(1_000).series()).allMatch(series -> series.bytes().size() <= Timeline.MAX_SLOTS);
    }

    @Test
    void endlessPathsFillNoMemory() {
        for (int i = 0; i < 1_000; i++) {
            told(1_000, "path" + i, 1);
        }

        List<Timeline.Series> series = timeline(1_000).series();

        assertThat(series).hasSize(17).first().extracting(Timeline.Series::path).isEqualTo("(other)");
        assertThat(series.stream().mapToLong(Timeline.Series::sum).sum()).isEqualTo(1_000);
    }

    @Test
    void bytesThatWerePassedOnLaterMoveFromMemoryToTheirPath() {
        tally.at(START + SECOND);
        transfer("file:/a > memory", "heap", 100);
        tally.at(START + 2 * SECOND);
        transfer("file:/a > memory", "heap", -100);
        transfer("file:/a > socket:s", "heap", 100);

        assertThat(bytes(2_000, "heap")).containsExactly(0L, 100L);
        assertThat(bytes(2_000, "memory")).containsExactly(100L, -100L);
    }

    private void told(long millis, String path, long bytes) {
        tally.at(START + millis * 1_000_000);
        transfer("file:/a > socket:s", path, bytes);
    }

    private void transfer(String route, String path, long bytes) {
        tally.transfer(new TransferTotals(Events.route(route, path, "none", null, "kernel", 1), bytes, 1, 1, 1));
    }

    private List<Long> bytes(long endMillis, String path) {
        return timeline(endMillis).series().stream()
                .filter(series -> series.path().equals(path))
                .findFirst()
                .orElseThrow()
                .bytes();
    }

    private Timeline timeline(long endMillis) {
        return tally.profile(new Reading(List.of("a"), START, START + endMillis * 1_000_000, List.of(), List.of()))
                .timeline();
    }

    private static long sum(List<Long> values) {
        return values.stream().mapToLong(Long::longValue).sum();
    }
}
