package iopath.analyzer.event;

/**
 * What one {@code jdk.CPULoad} event says of the time since the one before.
 *
 * @param process processor time of the JVM, user and system, as a share of all processors; 0 to 1
 */
public record CpuLoad(double process) {}
