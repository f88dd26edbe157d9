package iopath.analyzer.price;

import iopath.analyzer.summarize.Finding;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a profile.
 *
 * @param calibration what they were made by, {@code null} if there is none
 * @param findings those of them that have a price
 * @param sentence what all I/O that was seen costs, or why that is not known
 */
public record Prices(@Nullable Calibration calibration, Map<Finding, Price> findings, String sentence) {
    public Prices {
        findings = Map.copyOf(findings);
    }

    /** Nothing has a price without a calibration. */
    public static Prices none() {
        return new Prices(
                null,
                Map.of(),
                "What this costs in CPU time is not known, since there is no calibration: run iopath calibrate on the"
                        + " host of the recording, then report again.");
    }

    /** The price of a finding, {@code null} if it has none. */
    public @Nullable Price of(Finding finding) {
        return findings.get(finding);
    }
}
