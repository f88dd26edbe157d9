package iopath.analyzer.price;

import iopath.analyzer.summarize.Finding;
import iopath.analyzer.summarize.Profile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The prices of a profile.
 *
 * @param calibration what they were made by, {@code null} if there is none
 * @param findings those of them that have a price
 * @param ceiling the most that it can have cost on any host
 * @param sentence what all I/O that was seen costs, or at most costs
 */
public record Prices(
        @Nullable Calibration calibration, Map<Finding, Price> findings, Ceiling ceiling, String sentence) {
    public Prices {
        findings = Map.copyOf(findings);
    }

    /** Without a calibration there is a bound alone. */
    public static Prices atMost(Profile profile) {
        Ceiling ceiling = Ceiling.of(profile);
        return new Prices(null, Map.of(), ceiling, ceiling.sentence(profile));
    }

    /** The price of a finding, {@code null} if it has none. */
    public @Nullable Price of(Finding finding) {
        return findings.get(finding);
    }
}
