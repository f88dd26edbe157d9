package iopath.demo;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a demo starts a further program of its own JDK, without the agent that it may run under itself. */
public final class ChildJvm {
    private ChildJvm() {}

    /** A program out of this JVM's {@code bin} directory. */
    public static ProcessBuilder tool(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(program(name).toString());
        command.addAll(arguments);
        return withoutJavaOptions(new ProcessBuilder(command));
    }

    /** A main class on the given class path, in a JVM like this one. */
    public static ProcessBuilder java(String classPath, Class<?> main, String... arguments) {
        List<String> all = new ArrayList<>(List.of("-cp", classPath, main.getName()));
        all.addAll(List.of(arguments));
        return tool("java", all);
    }

    /** Where this JVM keeps a program of that name. */
    public static Path program(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name);
    }

    /** Takes away the variables through which a JVM would pick up an agent or a recording unasked. */
    public static ProcessBuilder withoutJavaOptions(ProcessBuilder builder) {
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS"));
        return builder;
    }
}
