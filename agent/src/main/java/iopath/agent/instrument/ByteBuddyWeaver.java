package iopath.agent.instrument;

import static net.bytebuddy.matcher.ElementMatchers.any;
import static net.bytebuddy.matcher.ElementMatchers.hasDescriptor;
import static net.bytebuddy.matcher.ElementMatchers.isConstructor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

/** Weaves any advice into any class: those of libraries, and what {@link StraightWeaver} cannot. */
final class ByteBuddyWeaver {

    private final ByteBuddy byteBuddy =
            new ByteBuddy().with(TypeValidation.DISABLED).with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE);
    private final ClassFileLocator agentClasses;
    private final ClassFileLocator bootClasses = ClassFileLocator.ForClassLoader.ofBootLoader();

    /** A weaver of the advices that have these class files, by name. */
    ByteBuddyWeaver(Function<String, byte @Nullable []> files) {
        agentClasses = new Files(files);
    }

    /** Class files by a function. */
    private record Files(Function<String, byte @Nullable []> files) implements ClassFileLocator {

        @Override
        public Resolution locate(String name) {
            byte[] file = files.apply(name);
            return file == null ? new Resolution.Illegal(name) : new Resolution.Explicit(file);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private TypeDescription resolved(Hook hook) {
        return TypePool.Default.of(new ClassFileLocator.Compound(
                        agentClasses, ClassFileLocator.ForClassLoader.of(ByteBuddyWeaver.class.getClassLoader())))
                .describe(hook.adviceType())
                .resolve();
    }

    /**
     * Weaves hooks into a class.
     *
     * @param all hooks in the order of their numbers
     * @param copy where the library lies that the class is of
     */
    Weave weave(
            @Nullable ClassLoader loader, String name, List<Hook> hooks, List<Hook> all, Relocation copy, byte[] bytes)
            throws IOException {
        String type = name.replace('/', '.');
        ClassFileLocator others = loader == null ? bootClasses : ClassFileLocator.ForClassLoader.of(loader);
        ClassFileLocator locator =
                new ClassFileLocator.Compound(ClassFileLocator.Simple.of(type, bytes), others, bootClasses);
        TypePool types = TypePool.Default.of(locator);
        TypeDescription description = types.describe(type).resolve();
        DynamicType.Builder<?> builder = byteBuddy.decorate(description, locator);
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
            if (hook.advice().equals(Hook.COPY_CALLS) && !found.isEmpty()) {
                builder = builder.visit(new AsmVisitorWrapper.ForDeclaredMethods().invokable(method, new CopySites()));
                there.add(hook);
            } else if (!found.isEmpty() && !found.getOnly().isNative()) {
                builder = builder.visit(
                        hook.advice().equals(Hook.EACH_READ)
                                ? new AsmVisitorWrapper.ForDeclaredMethods()
                                        .writerFlags(ClassWriter.COMPUTE_MAXS)
                                        .method(method, new EachRead(all.indexOf(hook)))
                                : advices.to(resolved(hook), agentClasses)
                                        .withExceptionHandler(new Counting(all.indexOf(hook)))
                                        .on(method));
                there.add(hook);
            }
        }
        byte[] woven = there.isEmpty()
                ? null
                : builder.make(net.bytebuddy.dynamic.TypeResolutionStrategy.Disabled.INSTANCE)
                        .getBytes();
        return new Weave(woven, there);
    }

    private static ElementMatcher.Junction<MethodDescription> method(Hook hook) {
        if (hook.isOfAllMethods()) {
            return any();
        }
        ElementMatcher.Junction<MethodDescription> named =
                hook.method().equals("<init>") ? isConstructor() : named(hook.method());
        return named.and(hasDescriptor(hook.descriptor()));
    }
}
