package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.AsmVisitorWrapper;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.pool.TypePool;
import net.bytebuddy.utility.OpenedClassReader;

/**
 * Weaves the probe around each call of the native {@code read0()} inside a method: what is native cannot be woven
 * itself. The probe's methods that it calls throw nothing.
 *
 * @param hook number of the hook
 */
record EachRead(int hook) implements AsmVisitorWrapper.ForDeclaredMethods.MethodVisitorWrapper {

    private static final String PROBE = Type.getInternalName(Probe.class);
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
        String owner = type.getInternalName();
        return new MethodVisitor(OpenedClassReader.ASM_API, visitor) {

            @Override
            public void visitMethodInsn(int opcode, String called, String name, String descriptor, boolean of) {
                if (!called.equals(owner) || !name.equals("read0") || !descriptor.equals("()I")) {
                    super.visitMethodInsn(opcode, called, name, descriptor, of);
                    return;
                }
                // On the stack: the stream; then the token below it.
                IntegerConstant.forValue(hook).apply(mv, context);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, "beginByteOfLine", "(I)Ljava/lang/Object;", false);
                super.visitInsn(Opcodes.SWAP);
                super.visitMethodInsn(opcode, called, name, descriptor, of);
                super.visitInsn(Opcodes.DUP_X1);
                super.visitVarInsn(Opcodes.ALOAD, 0);
                super.visitFieldInsn(Opcodes.GETFIELD, owner, "fd", FD);
                IntegerConstant.forValue(hook).apply(mv, context);
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, PROBE, "endByteOfLine", "(Ljava/lang/Object;I" + FD + "I)V", false);
            }
        };
    }
}
