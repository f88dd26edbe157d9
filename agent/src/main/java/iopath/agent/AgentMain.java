package iopath.agent;

import iopath.agent.AgentOptions.BadOption;
import java.lang.instrument.Instrumentation;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The entry points that the JVM calls; whatever goes wrong here, the application starts. */
public final class AgentMain {

    /** Property with the version of the agent that is in this JVM. */
    private static final String LOADED = "iopath.agent.version";

    private AgentMain() {}

    /** Called before the application's main method. */
    public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
        if (!isTool()) {
            start(arguments, instrumentation);
        }
    }

    /** Called when the agent is loaded into a running JVM: whatever that runs, somebody has asked for it. */
    public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
        start(arguments, instrumentation);
    }

    private static void start(@Nullable String arguments, Instrumentation instrumentation) {
        try {
            AgentOptions options = AgentOptions.parse(arguments, properties(), System.getenv());
            if (ModuleLayer.boot().findModule("jdk.jfr").isEmpty()) {
                refuse("no profile: this Java runtime has no jdk.jfr module");
                return;
            }
            // Byte Buddy would use sun.misc.Unsafe otherwise, and JDK 24 and later warn of it.
            System.setProperty("net.bytebuddy.safe", "true");
            System.setProperty("iopath.agent.shaded.bytebuddy.safe", "true");
            String answer = Session.apply(instrumentation, options);
            System.setProperty(Session.ANSWER, answer);
            System.setProperty(LOADED, version());
            if (answer.startsWith("error: ") || answer.contains("nothing to do")) {
                say("version " + version() + ": " + answer);
            }
        } catch (BadOption e) {
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
        return System.getProperty(LOADED) == null ? "; the application runs without iopath" : "; nothing was changed";
    }

    private static void refuse(@Nullable String why) {
        System.setProperty(Session.ANSWER, "error: " + why);
        say(why);
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

    /** The file that this class is from. */
    static Path jar() throws URISyntaxException {
        return Path.of(AgentMain.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
    }

    /** One line for the user. */
    static void say(@Nullable String line) {
        System.err.println("iopath: " + line);
    }
}
