package iopath.analyzer.summarize;

import java.util.List;

/** All that one or several recordings say; what a report shows. */
public record Profile(
        Recording recording,
        Summary summary,
        String verdict,
        List<Transfer> transfers,
        List<Estimate> estimates,
        List<Io> io,
        List<EndpointUse> endpoints,
        List<Site> sites,
        List<Stack> stacks,
        Timeline timeline,
        List<Finding> findings,
        List<Hook> hooks,
        Blind blind) {
    public Profile {
        transfers = List.copyOf(transfers);
        estimates = List.copyOf(estimates);
        io = List.copyOf(io);
        endpoints = List.copyOf(endpoints);
        sites = List.copyOf(sites);
        stacks = List.copyOf(stacks);
        findings = List.copyOf(findings);
        hooks = List.copyOf(hooks);
    }
}
