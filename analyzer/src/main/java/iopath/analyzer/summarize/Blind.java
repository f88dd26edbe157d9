package iopath.analyzer.summarize;

import java.util.List;

/**
 * What the profile does not see.
 *
 * @param agentSeen whether an agent said anything at all
 * @param samples samples taken
 * @param samplesDropped samples that the event budget refused: sites are estimated from fewer
 * @param rowsFolded rows that the agent counted under {@code (other)}
 * @param linksLost reads that were forgotten before their bytes could be recognised
 * @param runtimeBytes bytes that the Java runtime moved for itself
 * @param namesFolded endpoints whose names were too many for this report
 * @param suppressed calls in which hooks failed, most of them first
 * @param spots where bytes come and go that no hook follows
 * @param sights what looks at content could tell, by kind of endpoint that was written to, most bytes first
 * @param cautions what agents warn of themselves
 * @param warnings what of the recordings could not be read
 */
public record Blind(
        boolean agentSeen,
        long samples,
        long samplesDropped,
        long rowsFolded,
        long linksLost,
        long runtimeBytes,
        long namesFolded,
        List<HookFailure> suppressed,
        List<BlindSpot> spots,
        List<Sight> sights,
        List<String> cautions,
        List<String> warnings) {
    public Blind {
        suppressed = List.copyOf(suppressed);
        spots = List.copyOf(spots);
        sights = List.copyOf(sights);
        cautions = List.copyOf(cautions);
        warnings = List.copyOf(warnings);
    }

    /** Calls in which hooks failed: what they moved is in no sum. */
    long failures() {
        return suppressed.stream().mapToLong(HookFailure::calls).reduce(0, Saturated::add);
    }
}
