package iopath.agent;

import iopath.agent.AgentOptions.BadOption;
import java.lang.instrument.Instrumentation;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entry points that the JVM calls; whatever goes wrong here, the application starts. */
public final class AgentMain {

    /** Property with the version of the agent that is in this JVM. */
    private static final String LOADED = "iopath.agent.version";

    /** Modules of the JDK whose mains serve for as long as somebody wants them. */
    private static final Set<String> PROGRAMS = Set.of("jdk.httpserver", "jdk.jstatd");

    /** Classes that compile and run a source file (JEP 330). */
    private static final String SOURCE_LAUNCHER = "com.sun.tools.javac.launcher.";

    private AgentMain() {}

    /** Called before the application's main method. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, true);
    }

    /** Called when the agent is loaded into a running JVM: whatever that runs, somebody has asked for it. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation, false);
    }

    private static void start(@Nullable String arguments, Instrumentation instrumentation, boolean beforeMain) {
        try {
            if (beforeMain && isTool()) {
                return;
            }
            System.setProperty(LOADED, version());
            if (arguments != null && arguments.startsWith("@")) {
                Session.own(arguments.substring(1));
            }
            AgentOptions options = AgentOptions.parse(arguments, properties(), System.getenv());
            if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
                refuse("no profile: this Java runtime has no jdk.jfr module");
                return;
            }
            // Byte Buddy would use sun.misc.Unsafe otherwise, and JDK 24 and later warn of it.
            System.setProperty("net.bytebuddy.safe", "true");
            System.setProperty("iopath.agent.shaded.bytebuddy.safe", "true");
            String answer = Session.apply(instrumentation, options, beforeMain);
            System.setProperty(Session.ANSWER, answer);
            if (answer.startsWith("error: ") || answer.contains("nothing to do")) {
                say("version " + version() + ": " + answer);
            }
        } catch (BadOption | Refusal e) {
            refuse(e.getMessage() + outcome());
        } catch (Throwable e) {
            refuse("cannot start (" + e + ")" + outcome());
        }
    }

    private static Map<String, String> properties() {
        Properties all = System.getProperties();
        Map<String, String> properties = new HashMap<>();
        for (String name : all.stringPropertyNames()) {
            String value = all.getProperty(name);
            if (name.startsWith(AgentOptions.PROPERTY) && value != null) {
                properties.put(name, value);
            }
        }
        return properties;
    }

    private static String outcome() {
        try {
            return System.getProperty(Session.STATUS, "").startsWith(Session.ATTACHED)
                    ? "; nothing was changed"
                    : "; the application runs without iopath";
        } catch (SecurityException e) {
            return "; the application runs without iopath";
        }
    }

    /** Says why nothing is done, to the user and to the client. */
    static void refuse(@Nullable String why) {
        say(why);
        try {
            System.setProperty(Session.ANSWER, "error: " + why);
        } catch (SecurityException e) {
            // The policy grants the agent nothing: the line above has to do.
            return;
        }
    }

    /**
     * Whether this is a tool of the JDK that JAVA_TOOL_OPTIONS has reached: nobody wants to profile that. Who names the
     * agent on the command line does, and a program that the source launcher runs is an application.
     */
    private static boolean isTool() {
        String module = System.getProperty("jdk.module.main", "");
        String type = System.getProperty("jdk.module.main.class", "");
        String options = System.getenv("JAVA_TOOL_OPTIONS");
        return (module.equals("java.base") || module.startsWith("jdk."))
                && !PROGRAMS.contains(module)
                && !type.startsWith(SOURCE_LAUNCHER)
                && options != null
                && options.contains("-javaagent:")
                && options.contains(jarName());
    }

    /** File name of the agent's jar, to tell it from another agent that is in JAVA_TOOL_OPTIONS; empty if not known. */
    private static String jarName() {
        try {
            String path = AgentMain.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .getPath();
            return path.substring(path.lastIndexOf('/') + 1);
        } catch (SecurityException e) {
            return "";
        }
    }

    /** Version of the agent, as in its jar. */
    static String version() {
        String version = AgentMain.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** One line for the user. */
    static void say(@Nullable String line) {
        System.err.println("iopath: " + line);
    }
}
