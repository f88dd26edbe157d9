package iopath.analyzer.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import iopath.analyzer.price.Price.Saving;
import iopath.analyzer.price.Price.Worth;
import iopath.analyzer.summarize.Events;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricingTest {
    private static final String SERVED = "file:/a > socket:s";
    private static final long GB = 1_000_000_000;

    private final Events events = new Events();

    @Test
    void aLoopCostsWhatWasMeasuredAndItsFixSavesTheDifference() {
        loop(GB, 65536).cpu(345, 0.5).cpu(12_345, 0.5).processors(2);

        Price price = only();

        assertThat(price.bytes()).isEqualTo(GB);
        assertNear(price.secondsPerGb(), 0.3, 0.4, 0.5);
        assertNear(price.seconds(), 0.3, 0.4, 0.5);
        // Events account for 12 s of the process, and the time that they leave out is at most 0.345 s on one processor.
        assertNear(price.share(), 0.3 / 12.345, 0.4 / 12.345, 0.5 / 12);
        Saving saving = saving(price);
        // Process by process: what made one dear made it so before and after.
        assertNear(saving.seconds(), 0.2, 0.25, 0.3);
        assertNear(saving.share(), 0.2 / 12.345, 0.25 / 12.345, 0.3 / 12);
        assertNear(saving.callSeconds(), 0, 0, 0);
        assertNear(saving.copySeconds(), 0.2, 0.25, 0.3);
        assertThat(price.cipherSeconds()).isNull();
        assertThat(price.sentence())
                .startsWith("0.30 to 0.50 CPU seconds per GB, 0.30 to 0.50 s in all, 2.4 to 4.2 % of this process's CPU"
                        + " time. The fix saves 0.20 to 0.30 s (1.6 to 2.5 % of the process), nearly all of it the"
                        + " copies.");
    }

    @Test
    void ofSmallStepsTheSavingIsPartedIntoCallsAndCopies() {
        loop(GB, 8192);

        Saving saving = saving(only());

        assertNear(saving.seconds(), 0.4, 0.45, 0.5);
        assertNear(saving.callSeconds(), 0.2, 0.2, 0.2);
        assertNear(saving.copySeconds(), 0.2, 0.25, 0.3);
        assertThat(only().sentence()).contains("about 44 % of it by fewer calls, which a larger buffer saves as well");
    }

    /** The process takes 2 s of CPU time for each 1 % of load. */
    @ParameterizedTest
    @CsvSource({"1_000_000_000, 0.05, YES", "1_000_000_000, 1, MAYBE", "10_000_000, 0.5, NO"})
    void aFixIsWorthWhatItSavesOfTheProcess(String bytes, double load, Worth worth) {
        loop(Long.parseLong(bytes.replace("_", "")), 65536)
                .cpu(0, load)
                .cpu(12_345, load)
                .processors(2);

        assertThat(only().worth()).isEqualTo(worth);
    }

    @Test
    void whatIsNotWorthDoingIsSaid() {
        loop(10_000_000, 65536).cpu(0, 0.5).cpu(12_345, 0.5).processors(2);

        assertThat(only().sentence()).endsWith("Not worth doing for CPU time.");
        assertThat(prices().sentence())
                .isEqualTo(
                        "All 10.0 MB with a price cost 0.0030 to 0.0050 s of CPU time, 0.02 to 0.04 % of this process's"
                                + " 12.3 s.");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0", "0, 2"})
    void withoutTheProcessesTimeThereIsNoShare(double load, int processors) {
        loop(GB, 65536).cpu(0, load).cpu(12_345, load).processors(processors);

        assertThat(only().share()).isNull();
        assertThat(only().worth()).isEqualTo(Worth.UNKNOWN);
        assertThat(only().sentence()).endsWith("record jdk.CPULoad with jdk.CPUInformation as well.");
    }

    @Test
    void aPartThatIsLargerThanTheWholeIsOfAnotherHost() {
        loop(1000 * GB, 65536).cpu(0, 0.1).cpu(12_345, 0.1).processors(2);

        assertThat(only().share()).isNull();
        assertThat(only().sentence()).contains("the calibration is of another host, or of a busier one");
        assertThat(prices().sentence()).contains("the calibration does not fit the recording");
    }

    /** Far beyond what was seen, as measurements that differ much make it. */
    @Test
    void aSavingIsNoMoreThanTheWorkCostsAndALossNoMoreThanTheFixDoes() {
        Calibration noisy = noisy();
        loop(GB, 65536).cpu(0, 0.5).cpu(12_345, 0.5).processors(2);

        Interval saving = saving(Pricing.of(events.profile(), noisy)
                        .findings()
                        .values()
                        .iterator()
                        .next())
                .seconds();

        Interval before = noisy.secondsPerGb(new Point.Lane("file", "socket", "heap", 4), 65536)
                .orElseThrow()
                .interval();
        Interval after = noisy.secondsPerGb(new Point.Lane("file", "socket", "sendfile", 0), 65536)
                .orElseThrow()
                .interval();
        assertThat(saving.high()).isEqualTo(before.high());
        assertThat(saving.low()).isEqualTo(-after.high());
    }

    @Test
    void aSavingIsNoMoreThanTheProcessHad() {
        Calibration noisy = noisy();
        loop(GB, 65536).cpu(0, 0.015).cpu(12_345, 0.015).processors(2);

        Price price = Pricing.of(events.profile(), noisy)
                .findings()
                .values()
                .iterator()
                .next();

        assertThat(price.seconds().high()).isGreaterThan(1);
        assertThat(saving(price).seconds().high()).as("12.3 s, 1.5 % of two").isCloseTo(0.3704, within(1e-4));
    }

    /** Of 1.01 GB, the content of 10 MB was looked at, and came from the file. */
    @Test
    void whatIsProvenOfTooFewBytesIsNotSaidToBeNotWorthDoing() {
        loop(10_000_000, 65536).cpu(0, 0.5).cpu(12_345, 0.5).processors(2);
        assertThat(only().worth()).isEqualTo(Worth.NO);

        events.look(1_010_000_000, 10_000_000, 10_000_000);

        assertThat(only().worth()).isEqualTo(Worth.MAYBE);
        assertThat(only().sentence())
                .contains("That is for the bytes that are proven: an estimated 1.00 GB (")
                .endsWith("It may be worth doing: the interval does not tell.");
    }

    @Test
    void tlsIsPricedApart() {
        events.transfer(SERVED, "tls", "tls", null, "tls-wrap", 4, GB, 1, 2 * GB / 16384);

        Price price = only();

        assertNear(price.seconds(), 1.0, 1.1, 1.2);
        assertNear(price.cipherSeconds(), 0.45, 0.46, 0.47);
        assertNear(saving(price).seconds(), 0.3, 0.3, 0.3);
        assertThat(price.sentence()).contains("The cipher alone takes 0.45 to 0.47 s of it, and stays");
    }

    @Test
    void largerReadsSaveCalls() {
        events.io("file:/a", "read", "direct", GB, GB / 512, GB / 512);

        Price price = Pricing.of(events.profile(), Calibrations.round()).findings().values().stream()
                .findFirst()
                .orElseThrow();

        assertNear(price.seconds(), 2.0, 2.1, 2.2);
        assertNear(saving(price).seconds(), 1.9, 1.99, 2.08);
        assertThat(price.sentence()).contains("nearly all of it fewer calls: a larger buffer does the same");
    }

    @Test
    void aPairThatWasNotMeasuredCostsItsTwoHalves() {
        events.transfer("socket:s > file:/a", "heap", "no-jdk-path", null, "same-buffer", 4, GB, 1, 2 * GB / 65536);

        assertNear(only().seconds(), 0.5, 0.52, 0.54);
        assertThat(only().saving()).isNull();
        assertThat(only().sentence()).endsWith("There is no fix whose saving is known.");
    }

    @Test
    void whatHasNoPriceHasNone() {
        events.transfer("file:/a > pipe:p", "heap", "read-write-loop", "same-buffer", 4, GB);

        assertThat(prices().findings()).isEmpty();
        assertThat(prices().sentence())
                .isEqualTo("None of the bytes moved in a way that the calibration has a price for.");
    }

    @Test
    void aRecordingOfAnotherJavaOrHostIsDoubted() {
        loop(GB, 65536).jvm("21.0.1", 1, "a.Main").cpu(0, 0.5).cpu(12_345, 0.5).processors(64);

        assertThat(prices().sentence())
                .contains("The calibration is of Java 17.0.15, the recording of Java 21.0.1.")
                .contains("The calibration is of a host with 2 processors, the recording of one with 64.");
    }

    /** The calls take a tenth of a nanosecond a byte. */
    @Test
    void waitingIsToldFromWorking() {
        Calibration cheap = Calibrations.of(
                Calibrations.point("file", "socket", "heap", 4, 65536, 0.01, 0.02, 0.04),
                Calibrations.point("file", "socket", "sendfile", 0, 65536, 0.01, 0.01, 0.01));
        loop(GB, 65536);

        assertThat(Pricing.of(events.profile(), cheap).sentence())
                .contains("most of that was waiting for the other end, a disk or a processor, which is the limit here,"
                        + " not the copies.");
        assertThat(prices().sentence()).doesNotContain("waiting");
    }

    private static Calibration noisy() {
        return Calibrations.of(
                noisy("heap", 4, List.of(0.1, 0.5, 0.6, 0.2)), noisy("sendfile", 0, List.of(0.5, 0.1, 0.1, 0.4)));
    }

    private static Point noisy(String path, int copies, List<Double> seen) {
        return new Point(new Point.Lane("file", "socket", path, copies), 65536, new Spread(seen, 2));
    }

    private Events loop(long bytes, int step) {
        return events.transfer(SERVED, "heap", "read-write-loop", null, "same-buffer", 4, bytes, 1, 2 * bytes / step);
    }

    private Prices prices() {
        return Pricing.of(events.profile(), Calibrations.round());
    }

    private Price only() {
        assertThat(prices().findings()).hasSize(1);
        return prices().findings().values().iterator().next();
    }

    private static Saving saving(Price price) {
        Saving saving = price.saving();
        assertThat(saving).isNotNull();
        return java.util.Objects.requireNonNull(saving);
    }

    private static void assertNear(
            @org.jspecify.annotations.Nullable Interval is, double low, double mid, double high) {
        assertThat(is).isNotNull().satisfies(interval -> {
            assertThat(interval.low()).as("low").isCloseTo(low, within(1e-4));
            assertThat(interval.mid()).as("mid").isCloseTo(mid, within(1e-4));
            assertThat(interval.high()).as("high").isCloseTo(high, within(1e-4));
        });
    }
}
