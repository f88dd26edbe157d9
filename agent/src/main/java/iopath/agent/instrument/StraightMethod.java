package iopath.agent.instrument;

import iopath.agent.instrument.StraightAdvice.NotStraight;
import iopath.agent.instrument.StraightAdvice.Parameter;
import iopath.agent.instrument.StraightAdvice.Part;
import iopath.agent.instrument.StraightAdvice.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import net.bytebuddy.jar.asm.TypePath;
import org.jspecify.annotations.Nullable;

/**
 * A method while advice is woven around it.
 *
 * <p>Between its parameters and its locals come new locals: what the first part returned, the arguments as they were,
 * what the method returned and what it threw. Its returns become jumps to the second part. What a part throws is
 * counted and swallowed, as {@link Counting} says.
 */
final class StraightMethod extends MethodVisitor implements StraightAdvice.Loader {

    private static final String PROBE = "iopath/agent/probe/Probe";
    private static final String THROWABLE = "java/lang/Throwable";
    private static final Type ANY_THROWN = Type.getObjectType(THROWABLE);

    private final String owner;
    private final boolean isStatic;
    private final boolean isConstructor;
    private final Type[] arguments;
    private final Type returned;
    private final Map<String, String> fields;
    private final @Nullable Part enter;
    private final @Nullable Part exit;
    private final int number;

    /** Local variables of the parameters, {@code this} included. */
    private final int argumentsSize;

    /** Where the method's own locals are moved by. */
    private final int shift;

    private final int token;
    private final int[] kept;
    private final int result;
    private final int thrown;
    private final Label start = new Label();
    private final Label end = new Label();
    private final Label leave = new Label();
    private boolean inExit;

    /** The method's own locals at its last frame, parameters included, without the new ones. */
    private final List<Object> locals = new ArrayList<>();

    /** Whether a frame of the method itself was written. */
    private boolean isFramed;

    private int stack = 3;

    StraightMethod(
            MethodVisitor next,
            String owner,
            int access,
            String name,
            String descriptor,
            Map<String, String> fields,
            StraightAdvice advice,
            int number) {
        super(Opcodes.ASM9, next);
        this.owner = owner;
        this.isStatic = (access & Opcodes.ACC_STATIC) != 0;
        this.isConstructor = name.equals("<init>");
        this.arguments = Type.getArgumentTypes(descriptor);
        this.returned = Type.getReturnType(descriptor);
        this.fields = fields;
        this.enter = advice.enter();
        this.exit = advice.exit();
        this.number = number;
        if (isConstructor && (enter != null || exit != null && exit.onThrowable())) {
            throw new NotStraight("a constructor is not whole before its end");
        }
        this.argumentsSize = (Type.getArgumentsAndReturnSizes(descriptor) >> 2) - (isStatic ? 1 : 0);
        int next0 = argumentsSize;
        this.token = next0;
        next0 += enter == null ? 0 : enter.returned().getSize();
        this.kept = new int[arguments.length];
        if (exit != null && exit.keepsArguments()) {
            for (Parameter parameter : exit.parameters()) {
                if (parameter.source() == Source.ARGUMENT && kept[parameter.index()] == 0) {
                    kept[parameter.index()] = next0;
                    next0 += arguments[parameter.index()].getSize();
                }
            }
        }
        this.result = next0;
        next0 += exit == null ? 0 : returned.getSize();
        this.thrown = next0;
        next0 += exit != null && exit.onThrowable() ? 1 : 0;
        this.shift = next0 - argumentsSize;
        if (!isStatic) {
            locals.add(isConstructor ? Opcodes.UNINITIALIZED_THIS : owner);
        }
        for (Type argument : arguments) {
            locals.add(inFrame(argument));
        }
    }

    @Override
    public void visitCode() {
        super.visitCode();
        if (enter != null) {
            guarded(enter, false);
        }
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] != 0) {
                mv.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), slot(i));
                mv.visitVarInsn(arguments[i].getOpcode(Opcodes.ISTORE), kept[i]);
            }
        }
        mv.visitLabel(start);
    }

    /** Writes a part, and what becomes of its exceptions. */
    private void guarded(Part part, boolean isExit) {
        Label first = new Label();
        Label last = new Label();
        Label failed = new Label();
        Label counted = new Label();
        Label uncounted = new Label();
        Label done = new Label();
        Type made = part.returned();
        if (isExit && made.getSort() != Type.VOID) {
            throw new NotStraight("another result");
        }
        mv.visitTryCatchBlock(first, last, failed, THROWABLE);
        mv.visitTryCatchBlock(failed, counted, uncounted, THROWABLE);
        mv.visitLabel(first);
        stack = Math.max(stack, part.write(mv, this) + 1);
        store(made, token);
        mv.visitLabel(last);
        mv.visitJumpInsn(Opcodes.GOTO, done);
        mv.visitLabel(failed);
        frame(false, isExit, THROWABLE);
        push(mv, number);
        mv.visitMethodInsn(Opcodes.INVOKESTATIC, PROBE, "suppressed", "(L" + THROWABLE + ";I)V", false);
        mv.visitLabel(counted);
        Label after = new Label();
        mv.visitJumpInsn(Opcodes.GOTO, after);
        mv.visitLabel(uncounted);
        frame(false, isExit, THROWABLE);
        mv.visitInsn(Opcodes.POP);
        mv.visitFieldInsn(Opcodes.GETSTATIC, PROBE, "uncounted", "I");
        mv.visitInsn(Opcodes.ICONST_1);
        mv.visitInsn(Opcodes.IADD);
        mv.visitFieldInsn(Opcodes.PUTSTATIC, PROBE, "uncounted", "I");
        mv.visitLabel(after);
        frame(false, isExit, null);
        if (made.getSort() == Type.VOID) {
            // Two frames may not share a place.
            mv.visitInsn(Opcodes.NOP);
        } else {
            zero(made);
            store(made, token);
        }
        mv.visitLabel(done);
        frame(true, isExit, null);
        mv.visitInsn(Opcodes.NOP);
    }

    private void store(Type type, int slot) {
        if (type.getSort() != Type.VOID) {
            mv.visitVarInsn(type.getOpcode(Opcodes.ISTORE), slot);
        }
    }

    private void zero(Type type) {
        mv.visitInsn(
                switch (type.getSort()) {
                    case Type.LONG -> Opcodes.LCONST_0;
                    case Type.FLOAT -> Opcodes.FCONST_0;
                    case Type.DOUBLE -> Opcodes.DCONST_0;
                    case Type.OBJECT, Type.ARRAY -> Opcodes.ACONST_NULL;
                    default -> Opcodes.ICONST_0;
                });
    }

    /** Puts a small number on the stack. */
    static void push(MethodVisitor visitor, int number) {
        if (number >= 0 && number <= 5) {
            visitor.visitInsn(Opcodes.ICONST_0 + number);
        } else if (number <= Byte.MAX_VALUE && number >= Byte.MIN_VALUE) {
            visitor.visitIntInsn(Opcodes.BIPUSH, number);
        } else {
            visitor.visitIntInsn(Opcodes.SIPUSH, number);
        }
    }

    @Override
    public void load(Parameter parameter) {
        Type type = parameter.type();
        switch (parameter.source()) {
            case ARGUMENT -> {
                int i = parameter.index();
                requireLike(arguments[i], type);
                int slot = inExit && kept[i] != 0 ? kept[i] : slot(i);
                mv.visitVarInsn(arguments[i].getOpcode(Opcodes.ILOAD), slot);
            }
            case THIS -> {
                requireInstance();
                mv.visitVarInsn(Opcodes.ALOAD, 0);
            }
            case FIELD -> {
                requireInstance();
                String descriptor = fields.get(parameter.field());
                if (descriptor == null) {
                    throw new NotStraight("no field " + parameter.field());
                }
                requireLike(Type.getType(descriptor), type);
                mv.visitVarInsn(Opcodes.ALOAD, 0);
                mv.visitFieldInsn(Opcodes.GETFIELD, owner, parameter.field(), descriptor);
            }
            case ENTER -> {
                if (enter == null) {
                    throw new NotStraight("nothing was entered");
                }
                requireLike(enter.returned(), type);
                mv.visitVarInsn(type.getOpcode(Opcodes.ILOAD), token);
            }
            case RETURN -> {
                requireLike(returned, type);
                mv.visitVarInsn(type.getOpcode(Opcodes.ILOAD), result);
            }
            case THROWN -> mv.visitVarInsn(Opcodes.ALOAD, thrown);
        }
    }

    private void requireInstance() {
        if (isStatic) {
            throw new NotStraight("a static method");
        }
    }

    /** Numbers of one type, or two references: the tests verify that these fit. */
    private static void requireLike(Type given, Type wanted) {
        boolean references = given.getSort() >= Type.ARRAY && wanted.getSort() >= Type.ARRAY;
        if (!references && given.getSort() != wanted.getSort()) {
            throw new NotStraight("another type");
        }
    }

    private int slot(int argument) {
        int slot = isStatic ? 0 : 1;
        for (int i = 0; i < argument; i++) {
            slot += arguments[i].getSize();
        }
        return slot;
    }

    private int moved(int slot) {
        return slot < argumentsSize ? slot : slot + shift;
    }

    @Override
    public void visitInsn(int opcode) {
        if (exit == null || opcode < Opcodes.IRETURN || opcode > Opcodes.RETURN) {
            super.visitInsn(opcode);
            return;
        }
        store(returned, result);
        if (exit.onThrowable()) {
            mv.visitInsn(Opcodes.ACONST_NULL);
            mv.visitVarInsn(Opcodes.ASTORE, thrown);
        }
        mv.visitJumpInsn(Opcodes.GOTO, leave);
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
        if (exit != null) {
            leave(exit);
        }
        super.visitMaxs(Math.max(maxStack + 1, stack), Math.max(maxLocals, argumentsSize) + shift);
    }

    private void leave(Part part) {
        if (part.onThrowable()) {
            mv.visitTryCatchBlock(start, end, end, THROWABLE);
            mv.visitLabel(end);
            frame(true, false, THROWABLE);
            mv.visitVarInsn(Opcodes.ASTORE, thrown);
            if (returned.getSort() != Type.VOID) {
                zero(returned);
                store(returned, result);
            }
        }
        mv.visitLabel(leave);
        frame(true, true, null);
        inExit = true;
        guarded(part, true);
        if (part.onThrowable()) {
            Label well = new Label();
            mv.visitVarInsn(Opcodes.ALOAD, thrown);
            mv.visitJumpInsn(Opcodes.IFNULL, well);
            mv.visitVarInsn(Opcodes.ALOAD, thrown);
            mv.visitInsn(Opcodes.ATHROW);
            mv.visitLabel(well);
            frame(true, true, null);
        }
        if (returned.getSort() != Type.VOID) {
            mv.visitVarInsn(returned.getOpcode(Opcodes.ILOAD), result);
        }
        mv.visitInsn(returned.getOpcode(Opcodes.IRETURN));
    }

    /**
     * Writes a frame of the code around the method's own.
     *
     * @param entered whether the first part is done
     * @param left whether the method has ended
     * @param onStack what lies on the stack, {@code null} for nothing
     */
    private void frame(boolean entered, boolean left, @Nullable String onStack) {
        List<Object> types = new ArrayList<>();
        if (!isStatic) {
            types.add(owner);
        }
        for (Type argument : arguments) {
            types.add(inFrame(argument));
        }
        if (entered || left) {
            addOwn(types, inExit || left || isPastEntry(onStack), left);
        }
        Object[] stackTypes = onStack == null ? new Object[0] : new Object[] {onStack};
        mv.visitFrame(Opcodes.F_FULL, types.size(), types.toArray(), stackTypes.length, stackTypes);
    }

    private static boolean isPastEntry(@Nullable String onStack) {
        return onStack != null;
    }

    /** The new locals: those of arguments are there once the method's own code runs, the last two once it has ended. */
    private void addOwn(List<Object> locals, boolean withArguments, boolean left) {
        if (enter != null && enter.returned().getSort() != Type.VOID) {
            locals.add(inFrame(enter.returned()));
        }
        if (!withArguments) {
            return;
        }
        int at = token + (enter == null ? 0 : enter.returned().getSize());
        while (at < result) {
            for (int i = 0; i < kept.length; i++) {
                if (kept[i] == at) {
                    locals.add(inFrame(arguments[i]));
                    at += arguments[i].getSize();
                    break;
                }
            }
        }
        if (exit == null) {
            return;
        }
        if (returned.getSort() != Type.VOID) {
            if (left) {
                locals.add(inFrame(returned));
            } else {
                for (int i = 0; i < returned.getSize(); i++) {
                    locals.add(Opcodes.TOP);
                }
            }
        }
        if (exit.onThrowable()) {
            locals.add(left ? inFrame(ANY_THROWN) : Opcodes.TOP);
        }
    }

    private static Object inFrame(Type type) {
        return switch (type.getSort()) {
            case Type.LONG -> Opcodes.LONG;
            case Type.FLOAT -> Opcodes.FLOAT;
            case Type.DOUBLE -> Opcodes.DOUBLE;
            case Type.ARRAY, Type.OBJECT -> type.getInternalName();
            default -> Opcodes.INTEGER;
        };
    }

    /**
     * Frames say what has changed since the last one. The new locals come before those that change, so that only the first
     * frame has to be written anew, and those that say all. What expands them all takes a third of the time of weaving.
     */
    @Override
    public void visitFrame(
            int kind, int count, Object @Nullable [] changed, int onStack, Object @Nullable [] stackTypes) {
        switch (kind) {
            case Opcodes.F_FULL -> {
                locals.clear();
                addLocals(changed, count);
            }
            case Opcodes.F_APPEND -> addLocals(changed, count);
            case Opcodes.F_CHOP -> {
                for (int i = 0; i < count; i++) {
                    locals.remove(locals.size() - 1);
                }
            }
            default -> {
                // The same locals.
            }
        }
        if (kind == Opcodes.F_CHOP && slots(locals) < argumentsSize) {
            throw new NotStraight("a frame without a parameter");
        }
        if (isFramed && kind != Opcodes.F_FULL) {
            super.visitFrame(kind, count, changed, onStack, stackTypes);
            return;
        }
        isFramed = true;
        List<Object> all = new ArrayList<>();
        int slot = 0;
        int i = 0;
        for (; i < locals.size() && slot < argumentsSize; i++) {
            all.add(locals.get(i));
            slot += size(locals.get(i));
        }
        for (; slot < argumentsSize; slot++) {
            all.add(Opcodes.TOP);
        }
        addOwn(all, true, false);
        for (; i < locals.size(); i++) {
            all.add(locals.get(i));
        }
        boolean hasStack = kind == Opcodes.F_FULL || kind == Opcodes.F_SAME1;
        super.visitFrame(
                Opcodes.F_FULL,
                all.size(),
                all.toArray(),
                hasStack ? onStack : 0,
                hasStack && stackTypes != null ? stackTypes : new Object[0]);
    }

    private void addLocals(Object @Nullable [] types, int count) {
        for (int i = 0; types != null && i < count; i++) {
            locals.add(types[i]);
        }
    }

    private static int slots(List<Object> types) {
        int slots = 0;
        for (Object type : types) {
            slots += size(type);
        }
        return slots;
    }

    private static int size(Object type) {
        return type == Opcodes.LONG || type == Opcodes.DOUBLE ? 2 : 1;
    }

    @Override
    public void visitVarInsn(int opcode, int slot) {
        super.visitVarInsn(opcode, moved(slot));
    }

    @Override
    public void visitIincInsn(int slot, int by) {
        super.visitIincInsn(moved(slot), by);
    }

    @Override
    public void visitLocalVariable(
            String name, String descriptor, @Nullable String signature, Label from, Label to, int slot) {
        super.visitLocalVariable(name, descriptor, signature, from, to, moved(slot));
    }

    @Override
    public net.bytebuddy.jar.asm.@Nullable AnnotationVisitor visitLocalVariableAnnotation(
            int reference,
            @Nullable TypePath path,
            Label[] from,
            Label[] to,
            int[] slots,
            String descriptor,
            boolean visible) {
        // Annotations of locals are for compilers.
        return null;
    }
}
