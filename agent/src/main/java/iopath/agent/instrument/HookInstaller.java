package iopath.agent.instrument;

import static net.bytebuddy.matcher.ElementMatchers.any;
import static net.bytebuddy.matcher.ElementMatchers.hasDescriptor;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import iopath.agent.endpoint.Privilege;
import iopath.agent.instrument.HookState.Status;
import iopath.agent.probe.Probe;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into the classes of this JDK, and of the libraries that the application has.
 *
 * <p>Classes are matched by exact name, methods by exact descriptor; a hook without its method is skipped and says so.
 * The first test of the transformer is a look-up in a small map, so a class that is not ours costs next to nothing.
 */
public final class HookInstaller implements ClassFileTransformer {

    private final Instrumentation instrumentation;

    /** Of hooks, those of copies included; a class loader may make up names without end. */
    private static final int MOST_HOOKS = 1000;

    /** A hook's number is its place here. Those of copies of libraries are added as they are found. */
    private final CopyOnWriteArrayList<Hook> all = new CopyOnWriteArrayList<>(Hooks.all());

    private final Map<String, List<Hook>> wanted = new LinkedHashMap<>();
    private final Map<Hook, HookState> states = new LinkedHashMap<>();
    private final Map<String, HookState> blind = new TreeMap<>();
    private final String[] blindNames;
    private final String[] libraries;
    private final List<Class<?>> woven = new ArrayList<>();
    private final ByteBuddy byteBuddy =
            new ByteBuddy().with(TypeValidation.DISABLED).with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE);
    private final ClassFileLocator agentClasses;
    private final ClassFileLocator bootClasses = ClassFileLocator.ForClassLoader.ofBootLoader();

    private final @Nullable Set<String> families;

    /**
     * An installer for the hooks of {@code families}; {@code null} for all.
     *
     * @param advices class files of the advices, by name: the agent's jar may be gone when a library is loaded
     */
    public HookInstaller(Instrumentation instrumentation, @Nullable Set<String> families, Map<String, byte[]> advices) {
        this.instrumentation = instrumentation;
        this.families = families;
        this.agentClasses = new ClassFileLocator.Simple(advices);
        this.blindNames = Hooks.BLIND.keySet().stream()
                .map(name -> name.replace('.', '/'))
                .toArray(String[]::new);
        int jdk = Runtime.version().feature();
        for (Hook hook : all) {
            if (!hook.fits(jdk)) {
                continue;
            }
            if (families != null && !families.contains(hook.family().text())) {
                states.put(hook, new HookState(hook.target(), Status.OFF, "switched off by the option hooks"));
                continue;
            }
            if (!hook.isOfLibrary()) {
                states.put(hook, new HookState(hook.target(), Status.ABSENT, "no such class in this JDK"));
            }
            wanted.computeIfAbsent(hook.type().replace('.', '/'), t -> new ArrayList<>())
                    .add(hook);
        }
        this.libraries = wanted.entrySet().stream()
                .filter(entry -> entry.getValue().get(0).isOfLibrary())
                .map(Map.Entry::getKey)
                .toArray(String[]::new);
    }

    /** Names of the families that the option {@code hooks} knows. */
    public static List<String> families() {
        Set<String> names = new LinkedHashSet<>();
        for (Hook.Family family : Hook.Family.values()) {
            names.add(family.text());
        }
        return List.copyOf(names);
    }

    /** Whether the hooks of a family are wanted. */
    public boolean includes(String family) {
        return families == null || families.contains(family);
    }

    /**
     * Weaves all hooks. What goes wrong with one is in its state and leaves the others alone.
     *
     * @param between runs after each class of the JDK
     */
    public void install(Runnable between) {
        wanted.forEach((name, hooks) -> {
            if (!hooks.get(0).isOfLibrary()) {
                try {
                    woven.add(Class.forName(name.replace('/', '.'), false, null));
                } catch (ClassNotFoundException e) {
                    // Its hooks stay absent.
                    return;
                }
            }
        });
        instrumentation.addTransformer(this, true);
        for (Class<?> type : woven) {
            retransform(type);
            between.run();
        }
        retransformLibraries();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            noteBlind(type.getClassLoader(), type.getName().replace('.', '/'));
        }
    }

    /**
     * The hooks of a class, by its name with slashes; empty if it has none. They may be those of a library that lies in
     * packages of another one.
     */
    private List<Hook> hooks(String name) {
        List<Hook> exact = wanted.get(name);
        if (exact != null) {
            return exact;
        }
        for (String library : libraries) {
            if (Relocation.isCopy(library, name)) {
                return ofCopy(wanted.getOrDefault(library, List.of()), relocation(name));
            }
        }
        return List.of();
    }

    private List<Hook> ofCopy(List<Hook> originals, Relocation copy) {
        List<Hook> hooks = new ArrayList<>();
        for (Hook original : originals) {
            Hook hook = original.in(copy);
            if (all.size() < MOST_HOOKS) {
                all.addIfAbsent(hook);
            }
            hooks.add(hook);
        }
        return hooks;
    }

    /** Where the library lies that a class of this name belongs to. */
    private Relocation relocation(String name) {
        for (String library : libraries) {
            Relocation copy = Relocation.of(library, name);
            if (copy != null) {
                return copy;
            }
        }
        return Relocation.NONE;
    }

    /** Class and method of the hook with a number. */
    public String target(int number) {
        return number < 0 || number >= all.size() ? "(other)" : all.get(number).target();
    }

    private int number(Hook hook) {
        return all.indexOf(hook);
    }

    /** Says that bytes move unseen, where a class that moves them is loaded, by its name with slashes. */
    private void noteBlind(@Nullable ClassLoader loader, String name) {
        if (loader == null) {
            return;
        }
        for (String known : blindNames) {
            if (known.equals(name) || Relocation.isCopy(known, name)) {
                String type = name.replace('/', '.');
                String why = Hooks.BLIND.get(known.replace('/', '.'));
                synchronized (states) {
                    if (blind.size() < MOST_HOOKS) {
                        blind.put(type, new HookState(type, Status.ABSENT, why));
                    }
                }
            }
        }
    }

    /**
     * Takes all hooks out again; the methods are what they were.
     *
     * @return names of classes that the JVM refused to give back: their hooks are in, and find nobody to tell
     */
    public List<String> uninstall() {
        instrumentation.removeTransformer(this);
        List<String> left = new ArrayList<>();
        for (Class<?> type : woven) {
            if (!giveBack(type)) {
                left.add(type.getName());
            }
        }
        woven.clear();
        retransformLibraries();
        return left;
    }

    /** Classes of libraries are looked for each time: to remember them would keep their class loaders. */
    private void retransformLibraries() {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            List<Hook> hooks = type.isArray() ? List.of() : hooks(type.getName().replace('.', '/'));
            if (!hooks.isEmpty() && hooks.get(0).isOfLibrary()) {
                retransform(type);
            }
        }
    }

    /** One at a time: a batch stops all threads for as long as its classes take together. */
    private boolean retransform(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
            return true;
        } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
            fail(type.getName().replace('.', '/'), e);
            return false;
        }
    }

    /** A second try: what is short for a moment, such as memory, may be there again. */
    private boolean giveBack(Class<?> type) {
        boolean done = false;
        for (int i = 0; i < 2 && !done; i++) {
            try {
                done = retransform(type);
            } catch (VirtualMachineError e) {
                fail(type.getName().replace('.', '/'), e);
            }
        }
        return done;
    }

    /** What has become of each hook of this JDK. */
    public List<HookState> states() {
        synchronized (states) {
            List<HookState> all = new ArrayList<>(states.values());
            all.addAll(blind.values());
            return List.copyOf(all);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (name == null) {
            return null;
        }
        List<Hook> hooks = hooks(name);
        if (hooks.isEmpty()) {
            noteBlind(loader, name);
            return null;
        }
        if (hooks.get(0).isOfLibrary() != (loader != null)) {
            return null;
        }
        return Privilege.use(() -> weaveWhereSeen(loader, name, hooks, bytes));
    }

    private byte @Nullable [] weaveWhereSeen(
            @Nullable ClassLoader loader, String name, List<Hook> hooks, byte[] bytes) {
        if (loader != null && !seesProbe(loader)) {
            fail(name, "its class loader does not delegate to the boot loader");
            return null;
        }
        return weave(loader, name, hooks, bytes);
    }

    /** A woven method names the probe, which lives in the boot loader; OSGi shows a bundle only what it asks for. */
    private static boolean seesProbe(ClassLoader loader) {
        try {
            return Class.forName(Probe.class.getName(), false, loader) == Probe.class;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private byte @Nullable [] weave(@Nullable ClassLoader loader, String name, List<Hook> hooks, byte[] bytes) {
        try {
            String type = name.replace('/', '.');
            ClassFileLocator others = loader == null ? bootClasses : ClassFileLocator.ForClassLoader.of(loader);
            ClassFileLocator locator =
                    new ClassFileLocator.Compound(ClassFileLocator.Simple.of(type, bytes), others, bootClasses);
            TypePool types = TypePool.Default.of(locator);
            TypeDescription description = types.describe(type).resolve();
            DynamicType.Builder<?> builder = byteBuddy.decorate(description, locator);
            Relocation copy = loader == null ? Relocation.NONE : relocation(name);
            Advice.WithCustomMapping advices = Advice.withCustomMapping()
                    .bind(RingNumber.class, new RingNumber.Call())
                    .bind(RingOperation.class, new RingOperation.Call(types, copy))
                    .bind(
                            MemoryIsKept.class,
                            others.locate(copy.type(MemoryIsKept.KEEPER)).isResolved());
            List<Hook> there = new ArrayList<>();
            for (Hook hook : hooks) {
                ElementMatcher.Junction<MethodDescription> method = method(hook);
                var found = description.getDeclaredMethods().filter(method);
                if (hook.advice() == CopyCallAdvice.class && !found.isEmpty()) {
                    builder = builder.visit(
                            new AsmVisitorWrapper.ForDeclaredMethods().invokable(method, new CopySites()));
                    there.add(hook);
                } else if (!found.isEmpty() && !found.getOnly().isNative()) {
                    builder = builder.visit(
                            hook.advice() == LineAdvice.class
                                    ? new AsmVisitorWrapper.ForDeclaredMethods()
                                            .writerFlags(ClassWriter.COMPUTE_MAXS)
                                            .method(method, new EachRead(number(hook)))
                                    : advices.to(hook.advice(), agentClasses)
                                            .withExceptionHandler(new Counting(number(hook)))
                                            .on(method));
                    there.add(hook);
                }
            }
            byte[] woven = there.isEmpty()
                    ? null
                    : builder.make(net.bytebuddy.dynamic.TypeResolutionStrategy.Disabled.INSTANCE)
                            .getBytes();
            for (Hook hook : hooks) {
                if (there.contains(hook)) {
                    set(hook, Status.APPLIED, null);
                } else if (there.stream().noneMatch(hook::isAnotherFormOf)) {
                    set(hook, Status.ABSENT, "no such method in this version");
                }
            }
            return woven;
        } catch (RuntimeException | LinkageError | IOException e) {
            fail(name, e);
            return null;
        }
    }

    private void fail(String name, Throwable cause) {
        fail(name, cause.toString());
    }

    private static ElementMatcher.Junction<MethodDescription> method(Hook hook) {
        if (hook.isOfAllMethods()) {
            return any();
        }
        ElementMatcher.Junction<MethodDescription> named =
                hook.method().equals("<init>") ? isConstructor() : named(hook.method());
        return named.and(hasDescriptor(hook.descriptor()));
    }

    private void fail(String name, String cause) {
        for (Hook hook : hooks(name)) {
            set(hook, Status.FAILED, cause);
        }
    }

    private void set(Hook hook, Status status, @Nullable String why) {
        synchronized (states) {
            states.put(hook, new HookState(hook.target(), status, why));
        }
    }
}
