package iopath.agent;

import iopath.agent.instrument.BootClasses;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Puts the probe where methods of java.base can call it: into the boot class loader, without a file.
 *
 * <p>The classes land in its unnamed module, which java.base is made to read. Other than {@code appendToBootstrapClassLoaderSearch}
 * this needs no jar of its own, prints no warning, and leaves the class data archive in use.
 */
final class BootProbe {

    private static final String SINK = "iopath.agent.probe.Sink";
    private static final String PROBE = "iopath.agent.probe.Probe";
    private static final String COPIES = "iopath.agent.probe.CopyProbe";

    private BootProbe() {}

    /** Defines the probe, unless this JVM has it, and opens to the agent the packages whose fields it reads. */
    static void define(Instrumentation instrumentation, ClassFiles files)
            throws ReflectiveOperationException, IOException {
        Module base = Object.class.getModule();
        Set<Module> agent = Set.of(BootProbe.class.getModule());
        instrumentation.redefineModule(
                base,
                Set.of(),
                Map.of("jdk.internal.misc", agent),
                Map.of(
                        "java.io", agent,
                        "java.net", agent,
                        "java.nio", agent,
                        "sun.nio.ch", agent,
                        "sun.security.ssl", agent),
                Set.of(),
                Map.of());
        Module jfr = ModuleLayer.boot().findModule("jdk.jfr").orElseThrow();
        instrumentation.redefineModule(jfr, Set.of(), Map.of("jdk.jfr.internal", agent), Map.of(), Set.of(), Map.of());
        for (String name : List.of(SINK, PROBE, COPIES)) {
            if (!isDefined(name)) {
                BootClasses.get().define(name, files.of(name));
            }
        }
        Module boot = Class.forName(PROBE, true, null).getModule();
        instrumentation.redefineModule(base, Set.of(boot), Map.of(), Map.of(), Set.of(), Map.of());
    }

    /** An earlier load may have failed in between. */
    private static boolean isDefined(String name) {
        try {
            Class.forName(name, false, null);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
