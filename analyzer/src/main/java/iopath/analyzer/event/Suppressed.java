package iopath.analyzer.event;

/**
 * Calls of one hook in which the agent's own code failed; what they moved is in no sum.
 *
 * @param target class and method of the hook
 * @param thrown class of what was thrown
 * @param calls how many
 */
public record Suppressed(String target, String thrown, long calls) {}
