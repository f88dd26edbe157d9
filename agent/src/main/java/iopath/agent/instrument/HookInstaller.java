package iopath.agent.instrument;

import static net.bytebuddy.matcher.ElementMatchers.hasDescriptor;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import iopath.agent.instrument.HookState.Status;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.dynamic.scaffold.TypeValidation;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the hooks into the classes of this JDK.
 *
 * <p>Classes are matched by exact name, methods by exact descriptor; a hook without its method is skipped and says so.
 * The first test of the transformer is a look-up in a small map, so a class that is not ours costs next to nothing.
 */
public final class HookInstaller implements ClassFileTransformer {

    private final Instrumentation instrumentation;
    private final Map<String, List<Hook>> wanted = new LinkedHashMap<>();
    private final Map<Hook, HookState> states = new LinkedHashMap<>();
    private final List<Class<?>> woven = new ArrayList<>();
    private final ByteBuddy byteBuddy =
            new ByteBuddy().with(TypeValidation.DISABLED).with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE);
    private final ClassFileLocator agentClasses =
            ClassFileLocator.ForClassLoader.of(HookInstaller.class.getClassLoader());
    private final ClassFileLocator bootClasses = ClassFileLocator.ForClassLoader.ofBootLoader();

    /** An installer for the hooks of {@code families}; {@code null} for all. */
    public HookInstaller(Instrumentation instrumentation, @Nullable Set<String> families) {
        this.instrumentation = instrumentation;
        int jdk = Runtime.version().feature();
        for (Hook hook : Hooks.all()) {
            if (!hook.fits(jdk)) {
                continue;
            }
            if (families != null && !families.contains(hook.family().text())) {
                states.put(hook, new HookState(hook.target(), Status.OFF, "switched off by the option hooks"));
                continue;
            }
            states.put(hook, new HookState(hook.target(), Status.ABSENT, "no such class in this JDK"));
            wanted.computeIfAbsent(hook.type().replace('.', '/'), t -> new ArrayList<>())
                    .add(hook);
        }
    }

    /** Names of the families that the option {@code hooks} knows. */
    public static List<String> families() {
        List<String> names = new ArrayList<>();
        for (Hook.Family family : Hook.Family.values()) {
            names.add(family.text());
        }
        return names;
    }

    /** Weaves all hooks. What goes wrong with one is in its state and leaves the others alone. */
    public void install() {
        List<Class<?>> loaded = new ArrayList<>();
        for (String name : wanted.keySet()) {
            try {
                loaded.add(Class.forName(name.replace('/', '.'), false, null));
            } catch (ClassNotFoundException e) {
                // Its hooks stay absent.
                continue;
            }
        }
        instrumentation.addTransformer(this, true);
        for (Class<?> type : loaded) {
            try {
                // One at a time: a batch stops all threads for as long as its classes take together.
                instrumentation.retransformClasses(type);
                woven.add(type);
            } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
                fail(type.getName().replace('.', '/'), e);
            }
        }
    }

    /** Takes all hooks out again; the methods are what they were. */
    public void uninstall() {
        instrumentation.removeTransformer(this);
        for (Class<?> type : woven) {
            try {
                instrumentation.retransformClasses(type);
            } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
                fail(type.getName().replace('.', '/'), e);
            }
        }
        woven.clear();
    }

    /** What has become of each hook of this JDK. */
    public List<HookState> states() {
        synchronized (states) {
            return List.copyOf(states.values());
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader != null || name == null) {
            return null;
        }
        List<Hook> hooks = wanted.get(name);
        return hooks == null ? null : weave(name, hooks, bytes);
    }

    private byte @Nullable [] weave(String name, List<Hook> hooks, byte[] bytes) {
        try {
            String type = name.replace('/', '.');
            ClassFileLocator locator =
                    new ClassFileLocator.Compound(ClassFileLocator.Simple.of(type, bytes), bootClasses);
            TypeDescription description =
                    TypePool.Default.of(locator).describe(type).resolve();
            DynamicType.Builder<?> builder = byteBuddy.decorate(description, locator);
            boolean any = false;
            for (Hook hook : hooks) {
                ElementMatcher.Junction<MethodDescription> method = method(hook);
                var found = description.getDeclaredMethods().filter(method);
                if (found.isEmpty() || found.getOnly().isNative()) {
                    set(hook, Status.ABSENT, "no such method in this JDK");
                    continue;
                }
                builder = builder.visit(Advice.to(hook.advice(), agentClasses).on(method));
                set(hook, Status.APPLIED, null);
                any = true;
            }
            return any
                    ? builder.make(net.bytebuddy.dynamic.TypeResolutionStrategy.Disabled.INSTANCE)
                            .getBytes()
                    : null;
        } catch (RuntimeException | LinkageError e) {
            fail(name, e);
            return null;
        }
    }

    private static ElementMatcher.Junction<MethodDescription> method(Hook hook) {
        ElementMatcher.Junction<MethodDescription> named =
                hook.method().equals("<init>") ? isConstructor() : named(hook.method());
        return named.and(hasDescriptor(hook.descriptor()));
    }

    private void fail(String name, Throwable cause) {
        for (Hook hook : wanted.getOrDefault(name, List.of())) {
            set(hook, Status.FAILED, cause.toString());
        }
    }

    private void set(Hook hook, Status status, @Nullable String why) {
        synchronized (states) {
            states.put(hook, new HookState(hook.target(), status, why));
        }
    }
}
