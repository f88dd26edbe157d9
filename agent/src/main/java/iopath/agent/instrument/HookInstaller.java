package iopath.agent.instrument;

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
import java.util.function.Function;
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
    private final NameEnds copies;
    private final NameEnds ofJdk;

    /** Classes of the JDK that have been woven, or were tried; guarded by {@link #states}. */
    private final Set<String> begun = new LinkedHashSet<>();

    /** Whether the hooks are to be taken out, and none may be woven any more; guarded by {@link #states}. */
    private boolean over;

    private final StraightWeaver straight;
    private final Function<String, byte @Nullable []> advices;
    private @Nullable ByteBuddyWeaver others;
    private final @Nullable Set<String> families;

    /**
     * An installer for the hooks of {@code families}; {@code null} for all.
     *
     * @param advices class files of the advices, by name: the agent's jar may be gone when a library is loaded
     */
    public HookInstaller(
            Instrumentation instrumentation,
            @Nullable Set<String> families,
            Function<String, byte @Nullable []> advices) {
        this.instrumentation = instrumentation;
        this.families = families;
        this.advices = advices;
        this.straight = new StraightWeaver(advices);
        List<String> names = new ArrayList<>();
        for (String name : Hooks.BLIND.keySet()) {
            names.add(name.replace('.', '/'));
        }
        this.blindNames = names.toArray(new String[0]);
        names.clear();
        List<String> jdkNames = new ArrayList<>();
        int jdk = Runtime.version().feature();
        for (Hook hook : all) {
            if (!hook.fits(jdk)) {
                continue;
            }
            if (families != null && !families.contains(hook.family().text())) {
                states.put(hook, new HookState(hook.target(), Status.OFF, "switched off by the option hooks"));
                continue;
            }
            String type = hook.type().replace('.', '/');
            List<Hook> hooks = wanted.get(type);
            if (hooks == null) {
                hooks = new ArrayList<>();
                wanted.put(type, hooks);
                (hook.isOfLibrary() ? names : jdkNames).add(type);
            }
            hooks.add(hook);
        }
        this.libraries = names.toArray(new String[0]);
        this.copies = new NameEnds(libraries, blindNames);
        this.ofJdk = new NameEnds(jdkNames.toArray(new String[0]));
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
     * @param idle whether to leave classes of the JDK that are not loaded until they are: they are woven before anything
     *     can be called in them
     */
    public void install(boolean idle) {
        instrumentation.addTransformer(this, true);
        if (idle) {
            // What the weaver would have to read and load in the middle of another class's loading.
            for (Map.Entry<String, List<Hook>> entry : wanted.entrySet()) {
                if (!entry.getValue().get(0).isOfLibrary()) {
                    straight.prepare(entry.getValue());
                }
            }
        } else {
            loadAll();
        }
        retransform(loaded(true));
    }

    /** Loads the classes of the JDK that have hooks, which are woven by that. */
    private void loadAll() {
        for (Map.Entry<String, List<Hook>> entry : wanted.entrySet()) {
            if (!entry.getValue().get(0).isOfLibrary()) {
                try {
                    Class.forName(entry.getKey().replace('/', '.'), false, null);
                } catch (ClassNotFoundException e) {
                    noteMissing(entry.getValue());
                }
            }
        }
    }

    private void noteMissing(List<Hook> hooks) {
        for (Hook hook : hooks) {
            set(hook, Status.ABSENT, "no such class in this JDK");
        }
    }

    /**
     * Looks after the classes of the JDK that were not loaded when the hooks came in. To be called before anything is
     * recorded.
     *
     * <p>One that another thread was just loading then is woven now, as is one that could not be woven as it loaded, for
     * want of stack or memory. One that this JDK does not have is noted.
     */
    public void lookAgain() {
        retransform(loaded(false));
        for (String name : waiting()) {
            if (Object.class.getResource('/' + name + ".class") == null) {
                noteMissing(hooks(name));
            }
        }
    }

    /** Names of classes of the JDK that nobody has loaded yet, and whose hooks are therefore in no state. */
    private List<String> waiting() {
        List<String> names = new ArrayList<>();
        synchronized (states) {
            for (Map.Entry<String, List<Hook>> entry : wanted.entrySet()) {
                Hook hook = entry.getValue().get(0);
                if (!hook.isOfLibrary() && !states.containsKey(hook)) {
                    names.add(entry.getKey());
                }
            }
        }
        return names;
    }

    /** How many hooks are woven as soon as the class of the JDK is loaded that has their method. */
    public int waitingHooks() {
        int count = 0;
        for (String name : waiting()) {
            count += hooks(name).size();
        }
        return count;
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
        if (!copies.mayHave(name)) {
            return List.of();
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

    /** Says that bytes move unseen, where a class that moves them is loaded, by its name with slashes. */
    private void noteBlind(@Nullable ClassLoader loader, String name) {
        if (loader == null || !copies.mayHave(name)) {
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
        List<String> begunHere;
        synchronized (states) {
            over = true;
            begunHere = new ArrayList<>(begun);
        }
        List<Class<?>> all = new ArrayList<>();
        for (String name : begunHere) {
            try {
                // Waits for the end of its loading, should another thread be at it.
                all.add(Class.forName(name.replace('/', '.'), false, null));
            } catch (ClassNotFoundException | LinkageError e) {
                // It was woven, and its loading has failed for another reason.
                continue;
            }
        }
        addLoadedLibraries(all);
        List<String> left = new ArrayList<>();
        if (!giveBack(all)) {
            for (Class<?> type : all) {
                if (!giveBack(type) && type.getClassLoader() == null) {
                    left.add(type.getName());
                }
            }
        }
        return left;
    }

    /**
     * Loaded classes of the JDK that have hooks and were not woven as they loaded.
     *
     * @param libraries whether to add all loaded classes of libraries that have hooks
     */
    private List<Class<?>> loaded(boolean libraries) {
        List<Class<?>> found = new ArrayList<>();
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = type.getClassLoader();
            if (loader != null) {
                if (libraries) {
                    addLibrary(loader, type, found);
                }
            } else if (ofJdk.mayHave(type.getName())) {
                String name = type.getName().replace('.', '/');
                List<Hook> hooks = wanted.get(name);
                if (hooks != null && !hooks.get(0).isOfLibrary() && !areDone(hooks)) {
                    found.add(type);
                }
            }
        }
        return found;
    }

    /** Whether each is woven, or known to have no method. */
    private boolean areDone(List<Hook> hooks) {
        synchronized (states) {
            for (Hook hook : hooks) {
                HookState state = states.get(hook);
                if (state == null || state.status() == Status.FAILED) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * Adds the classes of libraries that have hooks, and notes those that move bytes unseen. They are looked for each
     * time: to remember them would keep their class loaders.
     */
    private void addLoadedLibraries(List<Class<?>> found) {
        for (Class<?> type : instrumentation.getAllLoadedClasses()) {
            ClassLoader loader = type.getClassLoader();
            if (loader != null) {
                addLibrary(loader, type, found);
            }
        }
    }

    private void addLibrary(ClassLoader loader, Class<?> type, List<Class<?>> found) {
        if (type.isArray()) {
            return;
        }
        String name = type.getName().replace('.', '/');
        List<Hook> hooks = hooks(name);
        if (hooks.isEmpty()) {
            noteBlind(loader, name);
        } else if (hooks.get(0).isOfLibrary()) {
            found.add(type);
        }
    }

    private void retransform(List<Class<?>> types) {
        if (!atOnce(types)) {
            for (Class<?> type : types) {
                retransform(type);
            }
        }
    }

    /**
     * All at once: the JVM makes them anew while the threads run, and stops them once to exchange them. Which one it
     * refuses it does not say, so that each is then to be tried alone.
     */
    private boolean atOnce(List<Class<?>> types) {
        try {
            instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
            return true;
        } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
            return false;
        }
    }

    private boolean retransform(Class<?> type) {
        try {
            instrumentation.retransformClasses(type);
            return true;
        } catch (UnmodifiableClassException | LinkageError | RuntimeException e) {
            fail(type.getName().replace('.', '/'), e);
            return false;
        }
    }

    private boolean giveBack(List<Class<?>> types) {
        try {
            return atOnce(types);
        } catch (VirtualMachineError e) {
            // One alone may need less.
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
        if (hooks.get(0).isOfLibrary() != (loader != null) || loader == null && !begin(name)) {
            return null;
        }
        return Privilege.isNeeded()
                ? Privilege.use(() -> weaveWhereSeen(loader, name, hooks, bytes))
                : weaveWhereSeen(loader, name, hooks, bytes);
    }

    /** Notes that a class of the JDK is woven; says no once the hooks are on their way out. */
    private boolean begin(String name) {
        synchronized (states) {
            if (!over) {
                begun.add(name);
            }
            return !over;
        }
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
            Weave made = loader == null
                    ? straight(name, hooks, bytes)
                    : others().weave(loader, name, hooks, all, relocation(name), bytes);
            for (Hook hook : hooks) {
                if (made.there().contains(hook)) {
                    set(hook, Status.APPLIED, null);
                } else if (isNoFormOf(hook, made.there())) {
                    set(hook, Status.ABSENT, "no such method in this version");
                }
            }
            return made.bytes();
        } catch (Throwable e) {
            // An Error, too: the JVM goes on with the class as it was, and the report is to say so.
            fail(name, e);
            return null;
        }
    }

    private Weave straight(String name, List<Hook> hooks, byte[] bytes) throws IOException {
        try {
            return straight.weave(bytes, hooks, all);
        } catch (StraightWeaver.Beyond e) {
            return others().weave(null, name, hooks, all, Relocation.NONE, bytes);
        }
    }

    private synchronized ByteBuddyWeaver others() {
        ByteBuddyWeaver made = others;
        if (made == null) {
            made = new ByteBuddyWeaver(advices);
            others = made;
        }
        return made;
    }

    private static boolean isNoFormOf(Hook hook, List<Hook> there) {
        for (Hook other : there) {
            if (hook.isAnotherFormOf(other)) {
                return false;
            }
        }
        return true;
    }

    private void fail(String name, Throwable cause) {
        fail(name, cause.toString());
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
