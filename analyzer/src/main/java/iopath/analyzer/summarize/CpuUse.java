package iopath.analyzer.summarize;

/**
 * Processor time of the recorded JVMs, in seconds, user and system.
 *
 * @param low what events account for
 * @param mid with the time between them at the mean of what they say
 * @param high with that time at the most that one of them says
 * @param processors of the hosts: the most that one of them has
 */
public record CpuUse(double low, double mid, double high, int processors) {}
