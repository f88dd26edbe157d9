package iopath.agent.instrument;

import iopath.agent.probe.CopyProbe;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;

/** Turns each call of {@code System.arraycopy} and {@code Arrays.copyOf} inside a method into one of the probe's. */
final class CopySites implements AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper {

    private static final String PROBE = Type.getInternalName(CopyProbe.class);

    @Override
    public MethodVisitor wrap(
            TypeDescription type,
            MethodDescription method,
            MethodVisitor visitor,
            Implementation.Context context,
            TypePool pool,
            int writerFlags,
            int readerFlags) {
        return around(visitor);
    }

    /** A visitor that does so to the code that it gets, for {@code visitor}. */
    static MethodVisitor around(MethodVisitor visitor) {
        return new MethodVisitor(Opcodes.ASM9, visitor) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
                boolean copies = opcode == Opcodes.INVOKESTATIC && isCopy(owner, name, descriptor);
                super.visitMethodInsn(opcode, copies ? PROBE : owner, name, descriptor, isInterface);
            }
        };
    }

    private static boolean isCopy(String owner, String name, String descriptor) {
        return switch (owner) {
            case "java/lang/System" -> name.equals("arraycopy");
            case "java/util/Arrays" ->
                name.equals("copyOf") && descriptor.equals("([BI)[B")
                        || name.equals("copyOfRange") && descriptor.equals("([BII)[B");
            default -> false;
        };
    }
}
