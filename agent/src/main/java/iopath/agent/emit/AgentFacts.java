package iopath.agent.emit;

/**
 * What does not change while the agent is installed.
 *
 * @param version of the agent
 * @param jdk version of the JDK, as in {@code 17.0.15}
 * @param mainClass main class or jar of the application, without its arguments
 * @param identity who the JVM is among many
 * @param options as given
 * @param installed epoch milliseconds
 */
public record AgentFacts(
        String version, String jdk, String mainClass, Identity identity, String options, long installed) {}
