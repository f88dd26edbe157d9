package iopath.agent.instrument;

import java.lang.invoke.MethodHandles;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Defines classes with the boot loader, by {@code jdk.internal.misc.Unsafe.defineClass} (JDK 17 to 25), of a package that
 * has to be exported to the agent.
 *
 * <p>The compiler does not know that method, and the first call by reflection costs a start of JDK 18 and later, where it
 * goes by method handles, 50 to 150 ms. So the class that calls it is written here.
 */
public abstract class BootClasses {

    private static final String UNSAFE = "jdk/internal/misc/Unsafe";
    private static final String SELF = Type.getInternalName(BootClasses.class);
    private static final String CODE = SELF + "Code";

    /** Set by the static initialiser of what is written: making an object of it would be reflection, too. */
    static @Nullable BootClasses made;

    BootClasses() {}

    /** The way to define classes. */
    public static synchronized BootClasses get() throws IllegalAccessException {
        BootClasses known = made;
        if (known == null) {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            lookup.ensureInitialized(lookup.defineClass(code()));
            known = made;
        }
        if (known == null) {
            throw new IllegalStateException("no " + CODE);
        }
        return known;
    }

    /**
     * Defines a class.
     *
     * @param name with dots
     */
    public abstract void define(String name, byte[] file);

    private static byte[] code() {
        ClassWriter writer = new ClassWriter(0);
        writer.visit(Opcodes.V1_8, Opcodes.ACC_FINAL | Opcodes.ACC_SUPER, CODE, null, SELF, null);

        MethodVisitor method = writer.visitMethod(0, "<init>", "()V", null, null);
        method.visitCode();
        method.visitVarInsn(Opcodes.ALOAD, 0);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, SELF, "<init>", "()V", false);
        end(method, 1, 1);

        method = writer.visitMethod(Opcodes.ACC_STATIC, "<clinit>", "()V", null, null);
        method.visitCode();
        method.visitTypeInsn(Opcodes.NEW, CODE);
        method.visitInsn(Opcodes.DUP);
        method.visitMethodInsn(Opcodes.INVOKESPECIAL, CODE, "<init>", "()V", false);
        method.visitFieldInsn(Opcodes.PUTSTATIC, SELF, "made", 'L' + SELF + ';');
        end(method, 2, 0);

        method = writer.visitMethod(Opcodes.ACC_PUBLIC, "define", "(Ljava/lang/String;[B)V", null, null);
        method.visitCode();
        method.visitMethodInsn(Opcodes.INVOKESTATIC, UNSAFE, "getUnsafe", "()L" + UNSAFE + ';', false);
        method.visitVarInsn(Opcodes.ALOAD, 1);
        method.visitVarInsn(Opcodes.ALOAD, 2);
        method.visitInsn(Opcodes.ICONST_0);
        method.visitVarInsn(Opcodes.ALOAD, 2);
        method.visitInsn(Opcodes.ARRAYLENGTH);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitInsn(Opcodes.ACONST_NULL);
        method.visitMethodInsn(
                Opcodes.INVOKEVIRTUAL,
                UNSAFE,
                "defineClass",
                "(Ljava/lang/String;[BIILjava/lang/ClassLoader;Ljava/security/ProtectionDomain;)Ljava/lang/Class;",
                false);
        method.visitInsn(Opcodes.POP);
        end(method, 7, 3);
        writer.visitEnd();
        return writer.toByteArray();
    }

    private static void end(MethodVisitor method, int stack, int locals) {
        method.visitInsn(Opcodes.RETURN);
        method.visitMaxs(stack, locals);
        method.visitEnd();
    }
}
