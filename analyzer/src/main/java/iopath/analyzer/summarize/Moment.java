package iopath.analyzer.summarize;

import java.util.List;

/**
 * What a running JVM does; every amount is one of a second.
 *
 * @param process the JVM
 * @param current whether the JVM has told what it does now
 * @param nanos the moment by the clock of that JVM, nanoseconds since the epoch; 0 before the first totals came
 * @param summary of the last second
 * @param flows of the last second, and those that were in the minute before
 * @param endpoints mean of the last {@value Live#RECENT_SECONDS} s
 * @param sites mean of the last {@value Live#RECENT_SECONDS} s, estimated from samples
 * @param findings of the last {@value Live#RECENT_SECONDS} s; their amounts are sums over these
 */
public record Moment(
        Recording.Process process,
        boolean current,
        long nanos,
        Summary summary,
        List<Flow> flows,
        List<EndpointUse> endpoints,
        List<Site> sites,
        List<Finding> findings) {
    public Moment {
        flows = List.copyOf(flows);
        endpoints = List.copyOf(endpoints);
        sites = List.copyOf(sites);
        findings = List.copyOf(findings);
    }
}
