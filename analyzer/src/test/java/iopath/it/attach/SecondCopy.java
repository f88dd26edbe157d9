package iopath.it.attach;

import java.lang.instrument.Instrumentation;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** An agent of the tests that loads iopath's agent once more, from a class loader of its own. */
public final class SecondCopy {

    private SecondCopy() {}

    /** Loads the agent's jar. */
    public static void agentmain(String jar, Instrumentation instrumentation) throws Exception {
        URL[] path = {Path.of(jar).toUri().toURL()};
        // Stays open: the agent's classes are loaded from it as they are needed.
        ClassLoader loader = new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
        loader.loadClass("iopath.agent.AgentMain")
                .getMethod("agentmain", String.class, Instrumentation.class)
                .invoke(null, null, instrumentation);
    }
}
