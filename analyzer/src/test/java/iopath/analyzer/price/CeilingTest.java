package iopath.analyzer.price;

import static org.assertj.core.api.Assertions.assertThat;

import iopath.analyzer.summarize.Events;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CeilingTest {
    private static final long GB = 1_000_000_000;

    /** What fixes saved between whole processes, upper end of 95 %, in docs/price.md; 1.07 GB each, small reads 268 MB. */
    @ParameterizedTest
    @CsvSource({
        "heap-to-sendfile, 4, 1_073_741_824, 32_768, 0.417",
        "direct-to-sendfile, 2, 1_073_741_824, 32_768, 0.168",
        "wrapper-to-sendfile, 4, 1_073_741_824, 262_144, 0.334",
        "append-to-kernel, 2, 1_073_741_824, 262_144, 0.461",
        "small-to-large, 2, 268_435_456, 524_288, 0.832",
        "tls-heap-to-direct, 4, 1_073_741_824, 65_536, 0.239",
        "busy-loop-to-sendfile, 4, 1_073_741_824, 32_768, 0.082"
    })
    void noFixSavedMoreThanTheBound(String pair, int copies, String bytes, String calls, double measured) {
        Events events = new Events()
                .transfer(
                        "file:/a > socket:b",
                        "heap",
                        "read-write-loop",
                        null,
                        "same-buffer",
                        copies,
                        Long.parseLong(bytes.replace("_", "")),
                        Long.parseLong(calls.replace("_", "")),
                        Long.parseLong(calls.replace("_", "")));

        assertThat(Ceiling.of(events.profile()).seconds()).as(pair).isGreaterThan(measured);
    }

    /** A process that has used 100 s. */
    @ParameterizedTest
    @CsvSource({
        "500_000_000, at most 0.51 s, at most 0.6 %, no matter",
        "3_000_000_000, at most 3.01 s, at most 3.1 %, little to gain",
        "20_000_000_000, at most 20.1 s, at most 21 %, it may matter"
    })
    void theSentenceSaysWhetherItMatters(String bytes, String seconds, String share, String verdict) {
        Events events = new Events()
                .transfer(
                        "file:/a > socket:b",
                        "heap",
                        "read-write-loop",
                        "same-buffer",
                        4,
                        Long.parseLong(bytes.replace("_", "")))
                .cpu(0, 0.5)
                .cpu(100_000, 0.5)
                .processors(2);

        assertThat(Prices.atMost(events.profile()).sentence()).contains(seconds, share, verdict);
    }

    @Test
    void withoutTheProcessesTimeThereIsNoShare() {
        Events events = new Events().transfer("file:/a > socket:b", "heap", "none", "same-buffer", 4, GB);

        assertThat(Ceiling.of(events.profile()).share()).isNull();
        assertThat(Prices.atMost(events.profile()).sentence()).contains("at most 1.01 s", "jdk.CPULoad");
    }

    @Test
    void bytesOutOfMemoryWereCopiedThereOnceMore() {
        double known = Ceiling.of(new Events()
                        .transfer("file:/a > socket:b", "heap", "none", "same-buffer", 2, GB)
                        .profile())
                .seconds();
        double anonymous = Ceiling.of(new Events()
                        .transfer("memory > socket:b", "heap", "none", "none", 2, GB)
                        .profile())
                .seconds();

        assertThat(anonymous - known).isEqualTo(Ceiling.SECONDS_PER_GB_COPIED);
    }

    @Test
    void whereNothingMovedThereIsNothingToPrice() {
        assertThat(Prices.atMost(new Events().profile()).sentence())
                .isEqualTo("Nothing moved, so nothing has a price.");
    }
}
