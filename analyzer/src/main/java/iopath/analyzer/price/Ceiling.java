package iopath.analyzer.price;

import iopath.analyzer.summarize.CpuUse;
import iopath.analyzer.summarize.Profile;
import iopath.analyzer.summarize.Summary;
import iopath.analyzer.summarize.Transfer;
import iopath.analyzer.text.Amount;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The most that copies and calls can have cost, where nothing was measured on the host of the recording.
 *
 * @param seconds CPU time, user and system, that the copies and calls took at most
 * @param share of the process's CPU time, 0 to 1; {@code null} if the recording does not have that
 */
public record Ceiling(double seconds, @Nullable Double share) {
    /**
     * CPU seconds for 1,000,000,000 bytes copied once. Twice the dearest that was measured on any host in
     * docs/price.md: 0.42 s for a GB that was copied four times, its calls included.
     */
    static final double SECONDS_PER_GB_COPIED = 0.25;

    /** CPU seconds for a system call without its bytes: some ten times what one costs on bare hardware. */
    static final double SECONDS_PER_CALL = 5e-6;

    private static final String BOUND = "This is a bound of any host, not a measurement";
    private static final String NARROW = BOUND + ": iopath calibrate on that host makes it narrow.";

    private static final double NO_MATTER = Pricing.NOT_WORTH;
    private static final double LITTLE = Pricing.WORTH;

    /** That of all transfers of a profile. What was kept in memory in between was copied there once more. */
    static Ceiling of(Profile profile) {
        double copied = Summary.anonymous(profile.transfers());
        double calls = 0;
        for (Transfer row : profile.transfers()) {
            copied += row.copiedBytes();
            calls += row.calls();
        }
        double seconds = copied / 1e9 * SECONDS_PER_GB_COPIED + calls * SECONDS_PER_CALL;
        CpuUse cpu = profile.recording().cpu();
        return new Ceiling(seconds, cpu == null || cpu.low() <= 0 ? null : Math.min(1, seconds / cpu.low()));
    }

    /** Whether it matters, in words. */
    String sentence(Profile profile) {
        if (profile.summary().moved() == 0) {
            return "Nothing moved, so nothing has a price.";
        }
        String most = "Copies and system calls cost at most " + rounded(seconds) + " s of CPU time for the "
                + Amount.bytes(profile.summary().moved()) + " that was read, written or transferred";
        if (share == null) {
            return most + "; what share of the process that is, is not known: record jdk.CPULoad with"
                    + " jdk.CPUInformation as well. " + NARROW;
        }
        String part = most + ", at most " + percent(share) + " % of this process's: ";
        if (share < NO_MATTER) {
            return part + "no matter. " + BOUND + ".";
        }
        return part + (share < LITTLE ? "little to gain. " : "it may matter. ") + NARROW;
    }

    /** Upwards, since it is a bound. */
    private static String rounded(double value) {
        double digits = value < 0.1 ? 1000 : value < 10 ? 100 : 10;
        double up = Math.ceil(value * digits) / digits;
        return String.format(Locale.ROOT, value < 0.1 ? "%.3f" : value < 10 ? "%.2f" : "%.1f", up);
    }

    private static String percent(double share) {
        double percent = 100 * share;
        return percent < 10
                ? String.format(Locale.ROOT, "%.1f", Math.ceil(percent * 10) / 10)
                : String.format(Locale.ROOT, "%.0f", Math.ceil(percent));
    }
}
