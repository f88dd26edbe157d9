package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import net.bytebuddy.ClassFileVersion;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.constant.IntegerConstant;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;

/**
 * Counts what an advice throws, and swallows it.
 *
 * <p>The call that counts may itself find no room on the stack, and must not be the application's exception. Then a
 * field is all that is written, which needs no room.
 *
 * @param hook number of the hook
 */
record Counting(int hook) implements Advice.ExceptionHandler {

    private static final String PROBE = Type.getInternalName(Probe.class);
    private static final String THROWABLE = "java/lang/Throwable";

    @Override
    public StackManipulation resolve(MethodDescription method, TypeDescription type) {
        return new Handler(hook, type.getClassFileVersion());
    }

    private record Handler(int hook, ClassFileVersion version) implements StackManipulation {

        @Override
        public boolean isValid() {
            return true;
        }

        @Override
        public Size apply(MethodVisitor visitor, Implementation.Context context) {
            boolean frames = version == null || version.isAtLeast(ClassFileVersion.JAVA_V6);
            Label start = new Label();
            Label end = new Label();
            Label failed = new Label();
            Label done = new Label();
            visitor.visitTryCatchBlock(start, end, failed, THROWABLE);
            visitor.visitLabel(start);
            IntegerConstant.forValue(hook).apply(visitor, context);
            visitor.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, "suppressed", "(L" + THROWABLE + ";I)V", false);
            visitor.visitLabel(end);
            visitor.visitJumpInsn(Opcodes.GOTO, done);
            visitor.visitLabel(failed);
            // The locals are those of the handler that this one lies in.
            if (frames) {
                visitor.visitFrame(Opcodes.F_SAME1, 0, null, 1, new Object[] {THROWABLE});
            }
            visitor.visitInsn(Opcodes.POP);
            visitor.visitFieldInsn(Opcodes.GETSTATIC, PROBE, "uncounted", "I");
            visitor.visitInsn(Opcodes.ICONST_1);
            visitor.visitInsn(Opcodes.IADD);
            visitor.visitFieldInsn(Opcodes.PUTSTATIC, PROBE, "uncounted", "I");
            visitor.visitLabel(done);
            if (frames) {
                visitor.visitFrame(Opcodes.F_SAME, 0, null, 0, null);
            }
            // Two frames may not share a place, and the advice's end has one.
            visitor.visitInsn(Opcodes.NOP);
            return new Size(-1, 1);
        }
    }
}
