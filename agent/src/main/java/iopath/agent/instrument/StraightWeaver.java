package iopath.agent.instrument;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.FieldVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Weaves advices of straight code into classes of the JDK: a few hundred lines where Byte Buddy, which can do
 * everything, has to load a thousand classes first.
 *
 * <p>What it cannot weave it leaves to {@link ByteBuddyWeaver}: advices with branches or locals, class files that are
 * newer than its reader.
 */
final class StraightWeaver {

    /** Class files that have frames, which are checked (JVMS 4.10.1). */
    private static final int WITH_FRAMES = Opcodes.V1_7;

    private static final int API = Opcodes.ASM9;

    /** It is for another to weave. */
    static final class Beyond extends Exception {

        private static final long serialVersionUID = 1;

        Beyond(String why) {
            super(why, null, false, false);
        }
    }

    private final Function<String, byte @Nullable []> files;
    private final Map<String, byte[]> ready = new HashMap<>();
    private final Map<String, StraightAdvice> advices = new HashMap<>();

    /** A weaver of the advices that have these class files, by name. */
    StraightWeaver(Function<String, byte @Nullable []> files) {
        this.files = files;
    }

    /**
     * Weaves hooks into a class.
     *
     * @param all hooks in the order of their numbers
     * @throws Beyond if it cannot
     */
    Weave weave(byte[] bytes, List<Hook> hooks, List<Hook> all) throws Beyond {
        ClassReader reader;
        try {
            reader = new ClassReader(bytes);
        } catch (IllegalArgumentException e) {
            throw new Beyond("its version is not known");
        }
        ClassWriter writer = new ClassWriter(reader, 0);
        Threads threads = new Threads(writer, hooks, all);
        try {
            reader.accept(threads, 0);
        } catch (StraightAdvice.NotStraight e) {
            throw new Beyond(String.valueOf(e.getMessage()));
        }
        return new Weave(threads.there.isEmpty() ? null : writer.toByteArray(), threads.there);
    }

    /** Reads the advices of hooks, so that nothing has to be read while a class loads. */
    synchronized void prepare(List<Hook> hooks) {
        for (Hook hook : hooks) {
            byte[] file = files.apply(hook.adviceType());
            if (file != null) {
                ready.put(hook.adviceType(), file);
            }
        }
    }

    private synchronized StraightAdvice advice(Hook hook) {
        StraightAdvice known = advices.get(hook.advice());
        if (known == null) {
            byte[] file = ready.get(hook.adviceType());
            if (file == null) {
                file = files.apply(hook.adviceType());
            }
            if (file == null) {
                throw new StraightAdvice.NotStraight("no class file of " + hook.advice());
            }
            known = StraightAdvice.of(file);
            advices.put(hook.advice(), known);
        }
        return known;
    }

    /** Goes through the class. */
    private final class Threads extends ClassVisitor {

        private final List<Hook> hooks;
        private final List<Hook> all;
        private final List<Hook> there = new ArrayList<>();
        private final Map<String, String> fields = new HashMap<>();
        private String owner = "";

        Threads(ClassVisitor next, List<Hook> hooks, List<Hook> all) {
            super(API, next);
            this.hooks = hooks;
            this.all = all;
        }

        @Override
        public void visit(
                int version,
                int access,
                String name,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            owner = name;
            if ((version & 0xFFFF) < WITH_FRAMES) {
                throw new StraightAdvice.NotStraight("a class file without frames");
            }
            for (Hook hook : hooks) {
                if (hook.isOfAllMethods()) {
                    there.add(hook);
                }
            }
            super.visit(version, access, name, signature, superName, interfaces);
        }

        @Override
        public FieldVisitor visitField(
                int access, String name, String descriptor, @Nullable String signature, @Nullable Object value) {
            if ((access & Opcodes.ACC_STATIC) == 0) {
                fields.put(name, descriptor);
            }
            return super.visitField(access, name, descriptor, signature, value);
        }

        @Override
        public MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            MethodVisitor visitor = super.visitMethod(access, name, descriptor, signature, exceptions);
            MethodVisitor plain = visitor;
            for (Hook hook : hooks) {
                boolean exact = hook.method().equals(name) && hook.descriptor().equals(descriptor);
                if (hook.isOfAllMethods()) {
                    visitor = CopySites.around(visitor);
                } else if (exact && hook.advice().equals(Hook.COPY_CALLS)) {
                    there.add(hook);
                    visitor = CopySites.around(visitor);
                } else if (exact && (access & Opcodes.ACC_NATIVE) == 0) {
                    if (visitor != plain || (access & Opcodes.ACC_ABSTRACT) != 0) {
                        throw new StraightAdvice.NotStraight("two hooks in one method");
                    }
                    there.add(hook);
                    int number = all.indexOf(hook);
                    visitor = hook.advice().equals(Hook.EACH_READ)
                            ? EachRead.around(visitor, owner, number)
                            : new StraightMethod(
                                    visitor, owner, access, name, descriptor, fields, advice(hook), number);
                }
            }
            return visitor;
        }
    }
}
