package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;

/**
 * Weaves the probe around each call of the native {@code read0()} inside a method: what is native cannot be woven
 * itself. The probe's methods that it calls throw nothing.
 *
 * @param hook number of the hook
 */
record EachRead(int hook) implements AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper {

    private static final String PROBE = Type.getInternalName(Probe.class);
    /** The token, what was read, the descriptor and the number of the hook. */
    private static final int MORE_STACK = 4;

    private static final String FD = Type.getDescriptor(FileDescriptor.class);

    @Override
    public MethodVisitor wrap(
            TypeDescription type,
            MethodDescription method,
            MethodVisitor visitor,
            Implementation.Context context,
            TypePool pool,
            int writerFlags,
            int readerFlags) {
        return around(visitor, type.getInternalName(), hook);
    }

    /** A visitor that does so to a method of {@code owner}, for {@code visitor}. */
    static MethodVisitor around(MethodVisitor visitor, String owner, int hook) {
        return new MethodVisitor(Opcodes.ASM9, visitor) {

            @Override
            public void visitMaxs(int stack, int locals) {
                super.visitMaxs(stack + MORE_STACK, locals);
            }

            @Override
            public void visitMethodInsn(int opcode, String called, String name, String descriptor, boolean of) {
                if (!called.equals(owner) || !name.equals("read0") || !descriptor.equals("()I")) {
                    super.visitMethodInsn(opcode, called, name, descriptor, of);
                    return;
                }
                // On the stack: the stream; then the token below it.
                StraightMethod.push(mv, hook);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, "beginByteOfLine", "(I)Ljava/lang/Object;", false);
                super.visitInsn(Opcodes.SWAP);
                super.visitMethodInsn(opcode, called, name, descriptor, of);
                super.visitInsn(Opcodes.DUP_X1);
                super.visitVarInsn(Opcodes.ALOAD, 0);
                super.visitFieldInsn(Opcodes.GETFIELD, owner, "fd", FD);
                StraightMethod.push(mv, hook);
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, PROBE, "endByteOfLine", "(Ljava/lang/Object;I" + FD + "I)V", false);
            }
        };
    }
}
