package iopath.analyzer.attach;

import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The modules that a JVM can load from its runtime. */
final class Modules {
    /** Without the first no agent is loaded, without the second nothing is recorded. */
    private static final List<String> NEEDED = List.of("java.instrument", "jdk.jfr");

    private Modules() {}

    /** Those that its runtime was built without; empty if that is not known. */
    static Optional<Set<String>> notBuiltIn(Jvm jvm) {
        return jvm.release().modules().map(Modules::lacking);
    }

    /** Those that its options shut out: {@code --limit-modules} leaves what its modules and the main one require. */
    static Set<String> shutOut(Jvm jvm) {
        if (jvm.options().value("--limit-modules=").isEmpty()) {
            return Set.of();
        }
        Set<String> roots = new HashSet<>(jvm.options().names("--limit-modules="));
        roots.addAll(jvm.options().names("--add-modules="));
        jvm.module().ifPresent(roots::add);
        return lacking(required(roots));
    }

    private static Set<String> lacking(Set<String> there) {
        Set<String> lacking = new TreeSet<>(NEEDED);
        lacking.removeAll(there);
        return lacking;
    }

    /** By this JDK's descriptors: which modules require the two is the same from 17 to 25. */
    private static Set<String> required(Collection<String> roots) {
        Set<String> required = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(roots);
        ModuleFinder system = ModuleFinder.ofSystem();
        for (String name = open.poll(); name != null; name = open.poll()) {
            if (required.add(name)) {
                system.find(name).stream()
                        .flatMap(module -> module.descriptor().requires().stream())
                        .map(Requires::name)
                        .forEach(open::add);
            }
        }
        return required;
    }
}
