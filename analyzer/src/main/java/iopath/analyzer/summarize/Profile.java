package iopath.analyzer.summarize;

import java.util.List;

/**
 * All that one or several recordings say; what a report shows, and what it takes to merge it with others.
 *
 * @param smallIo endpoints whose operations are many and small
 * @param firstSites sites of transfers too small for an estimate, where {@code sites} has none of their kind; 0 bytes
 */
public record Profile(
        Recording recording,
        Summary summary,
        String verdict,
        List<Transfer> transfers,
        List<Estimate> estimates,
        List<Io> io,
        List<SmallIo> smallIo,
        List<EndpointUse> endpoints,
        List<Site> sites,
        List<Site> firstSites,
        List<Stack> stacks,
        Timeline timeline,
        List<Finding> findings,
        List<Hook> hooks,
        Blind blind) {
    public Profile {
        transfers = List.copyOf(transfers);
        estimates = List.copyOf(estimates);
        io = List.copyOf(io);
        smallIo = List.copyOf(smallIo);
        endpoints = List.copyOf(endpoints);
        sites = List.copyOf(sites);
        firstSites = List.copyOf(firstSites);
        stacks = List.copyOf(stacks);
        findings = List.copyOf(findings);
        hooks = List.copyOf(hooks);
    }

    /** The same of one JVM by the number that its process has outside its container; of several it is as it was. */
    public Profile ofProcess(long pid) {
        return new Profile(
                recording.ofProcess(pid),
                summary,
                verdict,
                transfers,
                estimates,
                io,
                smallIo,
                endpoints,
                sites,
                firstSites,
                stacks,
                timeline,
                findings,
                hooks,
                blind);
    }
}
