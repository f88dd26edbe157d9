package iopath.jmc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import iopath.analyzer.read.Fabricated;
import java.io.File;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;

/**
 * The packed bundle among the bundles of JMC.
 *
 * <p>All of them are JMC's own but the user interface, which no registry has: of {@code org.openjdk.jmc.flightrecorder.ui}
 * there is a name and its extension point for pages.
 */
class BundleIT {
    private static final List<String> JMC = List.of(
            "org.owasp.encoder",
            "lz4-java",
            "org.openjdk.jmc.common",
            "org.openjdk.jmc.flightrecorder",
            "org.openjdk.jmc.flightrecorder.rules");

    private static final String RULES = "org.openjdk.jmc.flightrecorder.rules.";
    private static final String RULE_POINT = RULES + "ruleProvider";
    private static final String PAGE_POINT = "org.openjdk.jmc.flightrecorder.ui.datapage";

    @TempDir
    Path folder;

    @Test
    void jmcFindsTheExtensionsTheRulesAndThePages() throws Exception {
        try (Framework framework = new Framework(folder.resolve("osgi"))) {
            framework
                    .installStub("org.openjdk.jmc.flightrecorder.ui", "datapage")
                    .start();
            Bundle bundle = withJmc(framework);

            assertThat(bundle.getState()).isEqualTo(Bundle.ACTIVE);
            Object registry = framework.service("org.eclipse.core.runtime.IExtensionRegistry");
            assertThat(contributions(registry, RULE_POINT)).containsExactly("iopath.jmc: ruleProvider file=null");
            assertThat(contributions(registry, PAGE_POINT)).containsExactly("iopath.jmc: pages file=pages.xml");
            assertThat(bundle.getEntry("pages.xml")).isNotNull();
            assertThat(rules(bundle)).hasSize(1 + Family.values().length);
        }
    }

    /** A package that the bundle forgot to import would be missed here, and only here. */
    @Test
    void theRulesRunOnTheClassesOfTheBundlesAlone() throws Exception {
        Path recording = Fabricated.everything(folder.resolve("made.jfr"), 2);
        try (Framework framework = new Framework(folder.resolve("osgi"))) {
            Bundle bundle = withJmc(framework);
            Bundle parser = framework.install("org.openjdk.jmc.flightrecorder");
            Object items = method(
                            parser.loadClass("org.openjdk.jmc.flightrecorder.JfrLoaderToolkit"),
                            "loadEvents",
                            File.class)
                    .invoke(null, recording.toFile());

            List<Object> rules = rules(bundle);
            List<String> summaries = new ArrayList<>();
            Map<?, ?> futures = (Map<?, ?>) evaluate(bundle).invoke(null, rules, items, null, 1);
            for (Object rule : rules) {
                Future<?> future = Objects.requireNonNull((Future<?>) futures.get(rule));
                Object result = future.get();
                assertThat(result.getClass().getClassLoader())
                        .isNotEqualTo(getClass().getClassLoader());
                summaries.add((String) bundle.loadClass(RULES + "IResult")
                        .getMethod("getSummary")
                        .invoke(result));
            }

            assertThat(summaries)
                    .hasSameSizeAs(rules)
                    .anyMatch(s -> s.startsWith("2.00 kB went from file to socket on the path heap because"));
        }
    }

    @Test
    void withoutJmcTheBundleIsNotStarted() throws Exception {
        try (Framework framework = new Framework(folder.resolve("osgi"))) {
            Bundle bundle = framework.install(jar());

            assertThatThrownBy(bundle::start)
                    .isInstanceOf(BundleException.class)
                    .hasMessageContaining("org.openjdk.jmc.");
        }
    }

    private static Bundle withJmc(Framework framework) throws Exception {
        List<Bundle> bundles = new ArrayList<>();
        for (String name : List.of("org.eclipse.equinox.common", "org.eclipse.equinox.registry")) {
            bundles.add(framework.install(name));
        }
        for (String name : JMC) {
            bundles.add(framework.install(name));
        }
        Bundle ours = framework.install(jar());
        bundles.add(ours);
        for (Bundle bundle : bundles) {
            bundle.start();
        }
        return ours;
    }

    private static Path jar() {
        return Path.of("target", "iopath-jmc.jar").toAbsolutePath();
    }

    /** As JMC's provider of rules does it. */
    private static List<Object> rules(Bundle bundle) throws Exception {
        ClassLoader loader = bundle.adapt(BundleWiring.class).getClassLoader();
        List<Object> rules = new ArrayList<>();
        ServiceLoader.load(bundle.loadClass(RULES + "IRule"), loader).forEach(rules::add);
        return rules;
    }

    private static Method evaluate(Bundle bundle) throws Exception {
        return Arrays.stream(bundle.loadClass(RULES + "util.RulesToolkit").getMethods())
                .filter(method -> method.getName().equals("evaluateParallel"))
                .findFirst()
                .orElseThrow();
    }

    private static Method method(Class<?> type, String name, Class<?>... parameters) throws Exception {
        return type.getMethod(name, parameters);
    }

    private static Collection<String> contributions(Object registry, String point) throws Exception {
        List<String> contributions = new ArrayList<>();
        Object[] elements = (Object[]) call(registry, "getConfigurationElementsFor", point);
        for (Object element : elements) {
            contributions.add(call(call(element, "getContributor"), "getName") + ": " + call(element, "getName")
                    + " file=" + call(element, "getAttribute", "file"));
        }
        return contributions;
    }

    /** Calls a method of a class that only the framework knows. */
    private static Object call(Object target, String name, String... arguments) throws Exception {
        Class<?>[] types = new Class<?>[arguments.length];
        Arrays.fill(types, String.class);
        Method method = target.getClass().getMethod(name, types);
        method.setAccessible(true);
        return method.invoke(target, (Object[]) arguments);
    }
}
