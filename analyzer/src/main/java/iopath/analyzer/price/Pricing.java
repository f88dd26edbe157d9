package iopath.analyzer.price;

import iopath.analyzer.price.Price.Saving;
import iopath.analyzer.price.Price.Worth;
import iopath.analyzer.summarize.CpuUse;
import iopath.analyzer.summarize.Estimate;
import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Work;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prices a profile by a calibration. */
public final class Pricing {
    /** A fix that saves less than this share of a process's CPU time is not worth anybody's while. */
    static final double NOT_WORTH = 0.01;

    /** One that saves at least so much is. */
    static final double WORTH = 0.05;

    /** Findings that transfers of evidence {@code same-bytes} are in. */
    private static final List<String> PROVEN_BY_CONTENT = List.of("read-write-loop", "no-jdk-path");

    private final Profile profile;
    private final Calibration calibration;
    private final Tariff tariff;
    private final @Nullable Interval processSeconds;

    private Pricing(Profile profile, Calibration calibration) {
        this.profile = profile;
        this.calibration = calibration;
        this.tariff = new Tariff(calibration);
        CpuUse cpu = profile.recording().cpu();
        this.processSeconds = cpu == null || cpu.low() <= 0 ? null : new Interval(cpu.low(), cpu.mid(), cpu.high());
    }

    /** The prices of all that has one. */
    public static Prices of(Profile profile, Calibration calibration) {
        Pricing pricing = new Pricing(profile, calibration);
        Map<Finding, Price> prices = new LinkedHashMap<>();
        for (Finding finding : profile.findings()) {
            Price price = pricing.price(finding);
            if (price != null) {
                prices.put(finding, price);
            }
        }
        return new Prices(calibration, prices, Ceiling.of(profile), pricing.total());
    }

    private @Nullable Price price(Finding finding) {
        Bill bill = bill(finding.work());
        if (bill.bytes == 0) {
            return null;
        }
        Interval seconds = bill.seconds();
        Interval share = share(seconds);
        Interval cipher = cipher(bill.priced);
        Saving saving = saving(finding.code(), bill, share != null);
        Estimate more = more(finding);
        Worth worth = worth(saving, more == null ? 1 : 1 + (double) more.highBytes() / bill.bytes);
        return new Price(
                bill.bytes,
                seconds.times(1e9 / bill.bytes),
                seconds,
                share,
                cipher,
                saving,
                worth,
                new Sentence(finding, bill, share, cipher, saving, more, worth, processSeconds).text());
    }

    /**
     * Work that has a price.
     *
     * @param priced of the work, that which has
     * @param bytes of these
     * @param cost CPU seconds
     * @param waitNanos elapsed time in their calls, where it is known; 0 if it is not known of all
     */
    record Bill(List<Work> priced, long bytes, Spread cost, long waitNanos) {
        Interval seconds() {
            return positive(cost);
        }
    }

    /** Few measurements that differ much allow for less than nothing, which no work costs. */
    private static Interval positive(Spread cost) {
        return cost.interval().map(end -> Math.max(0, end));
    }

    private Bill bill(List<Work> work) {
        List<Work> priced = new ArrayList<>();
        Spread sum = calibration.nothing();
        long bytes = 0;
        long nanos = 0;
        boolean timed = true;
        for (Work each : work) {
            Optional<Spread> cost = each.bytes() > 0 ? tariff.cost(each) : Optional.empty();
            if (cost.isPresent()) {
                priced.add(each);
                sum = sum.plus(cost.get());
                bytes += each.bytes();
                nanos += each.nanos();
                timed &= each.nanos() > 0;
            }
        }
        return new Bill(priced, bytes, sum, timed ? nanos : 0);
    }

    /** Of the process's CPU time; a part that is larger than the whole shows that the two do not belong together. */
    private @Nullable Interval share(Interval seconds) {
        if (processSeconds == null || seconds.low() > processSeconds.high()) {
            return null;
        }
        return seconds.over(processSeconds).atMost(1);
    }

    private @Nullable Interval cipher(List<Work> priced) {
        Spread sum = null;
        for (Work work : priced) {
            Optional<Spread> cipher = work.path().equals("tls") ? tariff.cipher(work) : Optional.empty();
            if (cipher.isPresent()) {
                sum = sum == null ? cipher.get() : sum.plus(cipher.get());
            }
        }
        return sum == null ? null : positive(sum);
    }

    private @Nullable Saving saving(String code, Bill bill, boolean shared) {
        Spread total = calibration.nothing();
        Spread after = calibration.nothing();
        Spread calls = calibration.nothing();
        for (Work work : bill.priced) {
            Optional<Spread> then = fixed(code, work);
            Optional<Spread> steps = tariff.uncipheredCost(work, false);
            Optional<Spread> largeSteps = tariff.uncipheredCost(work, true);
            if (then.isEmpty() || steps.isEmpty() || largeSteps.isEmpty()) {
                return null;
            }
            after = after.plus(then.get());
            total = total.plus(tariff.cost(work).orElseThrow().minus(then.get()));
            calls = calls.plus(steps.get().minus(largeSteps.get()));
        }
        calls = calls.map(seconds -> Math.max(0, seconds));
        Interval seconds = bounded(total.interval(), bill.seconds(), positive(after), shared);
        return new Saving(
                seconds,
                shared ? share(seconds) : null,
                positive(calls),
                total.minus(calls).interval());
    }

    /**
     * A saving within what can be: work costs at least nothing before and after, and before no more than the process had.
     *
     * <p>Nothing bounds what the fix costs by what the process had before, so that the low end's share of the process can
     * lie below -1.
     */
    private Interval bounded(Interval saving, Interval before, Interval after, boolean shared) {
        double most = shared && processSeconds != null ? Math.min(before.high(), processSeconds.high()) : before.high();
        return saving.within(-after.high(), most);
    }

    /** Bytes that most likely went the way of a finding, and are in no sum: their content was not looked at. */
    private @Nullable Estimate more(Finding finding) {
        if (!PROVEN_BY_CONTENT.contains(finding.code())) {
            return null;
        }
        return profile.estimates().stream()
                .filter(estimate -> estimate.highBytes() > 0)
                .filter(estimate -> finding.work().stream()
                        .anyMatch(work -> work.source().equals(estimate.source())
                                && work.sink().equals(estimate.sink())))
                .findFirst()
                .orElse(null);
    }

    /** The cost of work once a finding's fix is made. */
    private Optional<Spread> fixed(String code, Work work) {
        return switch (code) {
            case "read-write-loop", "stream-loop", "wrapped-channel", "append-target", "poisoned", "kernel-refused" ->
                work.source().equals("file") ? tariff.inKernel(work) : tariff.direct(work);
            case "no-jdk-path" -> work.source().equals("socket") ? tariff.direct(work) : tariff.inKernel(work);
            case "tls" -> work.path().equals("tls") ? tariff.tlsDirect(work) : Optional.empty();
            case "small-reads", "small-writes" -> tariff.costInLargeSteps(work);
            default -> Optional.empty();
        };
    }

    /** What is not worth doing must not be so even for {@code most} times the bytes. */
    private static Worth worth(@Nullable Saving saving, double most) {
        if (saving == null || saving.share() == null) {
            // That nothing is saved needs no knowledge of the process.
            return saving != null && saving.seconds().high() <= 0 ? Worth.NO : Worth.UNKNOWN;
        }
        if (saving.share().high() * most < NOT_WORTH) {
            return Worth.NO;
        }
        return saving.share().low() >= WORTH ? Worth.YES : Worth.MAYBE;
    }

    private String total() {
        List<Work> all = profile.transfers().stream().map(Work::of).toList();
        Bill bill = bill(all);
        if (bill.bytes == 0) {
            return "None of the bytes moved in a way that the calibration has a price for.";
        }
        return new TotalSentence(profile, calibration, bill, share(bill.seconds()), processSeconds).text();
    }
}
