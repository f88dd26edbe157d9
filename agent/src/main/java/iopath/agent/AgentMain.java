package iopath.agent;

import iopath.agent.AgentOptions.BadOption;
import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/** The entry points that the JVM calls; whatever goes wrong here, the application starts. */
public final class AgentMain {

    /** Set once the agent is in a JVM, so that a second load does nothing. */
    private static final String LOADED = "iopath.agent.version";

    private AgentMain() {}

    /** Called before the application's main method. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    /** Called when the agent is loaded into a running JVM. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    private static void start(@Nullable String arguments, Instrumentation instrumentation) {
        try {
            if (isTool() || isLoaded()) {
                return;
            }
            AgentOptions options = AgentOptions.parse(arguments, System::getProperty, System::getenv);
            // Byte Buddy would use sun.misc.Unsafe otherwise, and JDK 24 and later warn of it.
            System.setProperty("net.bytebuddy.safe", "true");
            System.setProperty("iopath.agent.shaded.bytebuddy.safe", "true");
            BootProbe.define(instrumentation);
            Profiler.start(instrumentation, options);
            System.setProperty(LOADED, version());
        } catch (BadOption e) {
            say(e.getMessage() + "; the application runs without iopath");
        } catch (Throwable e) {
            say("cannot start (" + e + "); the application runs without iopath");
        }
    }

    private static boolean isLoaded() {
        String loaded = System.getProperty(LOADED);
        if (loaded != null) {
            say("version " + loaded + " is already in this JVM; nothing to do");
        }
        return loaded != null;
    }

    /** JAVA_TOOL_OPTIONS reaches the JDK's own tools as well; they are not what anyone wants to profile. */
    private static boolean isTool() {
        String module = System.getProperty("jdk.module.main", "");
        return module.equals("java.base") || module.startsWith("jdk.");
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
