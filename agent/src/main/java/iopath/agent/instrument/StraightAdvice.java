package iopath.agent.instrument;

import java.util.ArrayList;
import java.util.List;
import net.bytebuddy.jar.asm.AnnotationVisitor;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.Label;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/** An advice class as it is in its file: what it wants to have, and code without branches and locals of its own. */
final class StraightAdvice {

    private static final int API = Opcodes.ASM9;

    /** What a parameter gets. */
    enum Source {
        ARGUMENT,
        THIS,
        FIELD,
        ENTER,
        RETURN,
        THROWN
    }

    /**
     * A parameter.
     *
     * @param type of the parameter
     * @param slot its local variable
     * @param index of the method's parameter, for {@link Source#ARGUMENT}
     * @param field name of the field, for {@link Source#FIELD}
     */
    record Parameter(Type type, int slot, Source source, int index, String field) {}

    /** Code that {@link StraightWeaver} does not take. */
    static final class NotStraight extends RuntimeException {

        private static final long serialVersionUID = 1;

        NotStraight(String why) {
            super(why, null, false, false);
        }
    }

    /** Gives the local variables of a method under way what the parameters get. */
    interface Loader {

        /** Puts the parameter's value on the stack. */
        void load(Parameter parameter);
    }

    /** One of the two methods of an advice. */
    final class Part {

        private final String name;
        private final String descriptor;
        private final Parameter[] parameters;
        private boolean isEnter;
        private boolean isExit;
        private boolean onThrowable;
        private boolean keepsArguments = true;

        Part(String name, String descriptor) {
            this.name = name;
            this.descriptor = descriptor;
            this.parameters = new Parameter[Type.getArgumentTypes(descriptor).length];
        }

        /** Whether it runs where the method throws, too. */
        boolean onThrowable() {
            return onThrowable;
        }

        /** Whether it gets arguments as they were before the method ran. */
        boolean keepsArguments() {
            return keepsArguments;
        }

        Type returned() {
            return Type.getReturnType(descriptor);
        }

        List<Parameter> parameters() {
            return List.of(parameters);
        }

        /** Writes its code; what it returns is on the stack then. Returns the most that it has on the stack. */
        int write(MethodVisitor target, Loader loader) {
            Copy copy = new Copy(target, loader, this);
            reader.accept(
                    new ClassVisitor(API) {
                        @Override
                        public @Nullable MethodVisitor visitMethod(
                                int access,
                                String method,
                                String signature,
                                @Nullable String generic,
                                String @Nullable [] exceptions) {
                            return method.equals(name) && signature.equals(descriptor) ? copy : null;
                        }
                    },
                    ClassReader.SKIP_DEBUG);
            if (!copy.returned) {
                throw new NotStraight("no end of " + name);
            }
            return copy.maxStack;
        }
    }

    private final ClassReader reader;
    private @Nullable Part enter;
    private @Nullable Part exit;

    private StraightAdvice(byte[] file) {
        reader = new ClassReader(file);
    }

    /** The advice of a class file. */
    static StraightAdvice of(byte[] file) {
        StraightAdvice advice = new StraightAdvice(file);
        List<Part> parts = new ArrayList<>();
        advice.reader.accept(advice.new Head(parts), ClassReader.SKIP_CODE);
        for (Part part : parts) {
            advice.enter = part.isEnter ? part : advice.enter;
            advice.exit = part.isExit ? part : advice.exit;
            for (Parameter parameter : part.parameters) {
                if ((part.isEnter || part.isExit) && parameter == null) {
                    throw new NotStraight("a parameter of another kind");
                }
            }
        }
        return advice;
    }

    /** What runs before the method, {@code null} if nothing does. */
    @Nullable
    Part enter() {
        return enter;
    }

    /** What runs after the method, {@code null} if nothing does. */
    @Nullable
    Part exit() {
        return exit;
    }

    /** Reads the annotations. */
    private final class Head extends ClassVisitor {

        private final List<Part> parts;

        Head(List<Part> parts) {
            super(API);
            this.parts = parts;
        }

        @Override
        public @Nullable MethodVisitor visitMethod(
                int access,
                String name,
                String descriptor,
                @Nullable String signature,
                String @Nullable [] exceptions) {
            if ((access & Opcodes.ACC_STATIC) == 0) {
                return null;
            }
            Part part = new Part(name, descriptor);
            parts.add(part);
            return new MethodVisitor(API) {
                @Override
                public @Nullable AnnotationVisitor visitAnnotation(String annotation, boolean visible) {
                    part.isEnter |= annotation.endsWith("/Advice$OnMethodEnter;");
                    part.isExit |= annotation.endsWith("/Advice$OnMethodExit;");
                    return new Values(part, -1, annotation);
                }

                @Override
                public @Nullable AnnotationVisitor visitParameterAnnotation(
                        int parameter, String annotation, boolean visible) {
                    return new Values(part, parameter, annotation);
                }
            };
        }
    }

    /** The values of one annotation, of a part or of one of its parameters. */
    private static final class Values extends AnnotationVisitor {

        private final Part part;
        private final int parameter;
        private final String annotation;
        private int index;
        private String field = "";

        Values(Part part, int parameter, String annotation) {
            super(API);
            this.part = part;
            this.parameter = parameter;
            this.annotation = annotation;
        }

        @Override
        public void visit(String name, Object value) {
            if (parameter < 0) {
                switch (name) {
                    case "suppress" -> requireThrowable(value);
                    case "onThrowable" -> {
                        requireThrowable(value);
                        part.onThrowable = true;
                    }
                    case "backupArguments" -> part.keepsArguments = Boolean.TRUE.equals(value);
                    default -> throw new NotStraight("an advice with " + name);
                }
            } else if (value instanceof Integer number) {
                index = number;
            } else if (value instanceof String text) {
                field = text;
            } else {
                throw new NotStraight("a parameter with " + name);
            }
        }

        private static void requireThrowable(Object value) {
            if (!(value instanceof Type type && type.getInternalName().equals("java/lang/Throwable"))) {
                throw new NotStraight("an exception of another type");
            }
        }

        @Override
        public void visitEnd() {
            if (parameter < 0 || !annotation.contains("/Advice$")) {
                return;
            }
            Type[] types = Type.getArgumentTypes(part.descriptor);
            int slot = 0;
            for (int i = 0; i < parameter; i++) {
                slot += types[i].getSize();
            }
            Source source = switch (annotation.substring(annotation.lastIndexOf('$') + 1)) {
                case "Argument;" -> Source.ARGUMENT;
                case "This;" -> Source.THIS;
                case "FieldValue;" -> Source.FIELD;
                case "Enter;" -> Source.ENTER;
                case "Return;" -> Source.RETURN;
                case "Thrown;" -> Source.THROWN;
                default -> throw new NotStraight("a parameter of another kind");
            };
            part.parameters[parameter] = new Parameter(types[parameter], slot, source, index, field);
        }
    }

    /** Writes the code of a part into another method. */
    private static final class Copy extends MethodVisitor {

        private final MethodVisitor target;
        private final Loader loader;
        private final Part part;
        private int maxStack;
        private boolean returned;

        Copy(MethodVisitor target, Loader loader, Part part) {
            super(API);
            this.target = target;
            this.loader = loader;
            this.part = part;
        }

        private MethodVisitor more() {
            if (returned) {
                throw new NotStraight("code behind a return");
            }
            return target;
        }

        @Override
        public void visitVarInsn(int opcode, int slot) {
            more();
            if (opcode < Opcodes.ISTORE) {
                for (Parameter parameter : part.parameters) {
                    if (parameter.slot() == slot) {
                        loader.load(parameter);
                        return;
                    }
                }
            }
            throw new NotStraight("a local variable");
        }

        @Override
        public void visitInsn(int opcode) {
            if (opcode == Opcodes.ATHROW) {
                throw new NotStraight("a throw");
            }
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                more();
                returned = true;
            } else {
                more().visitInsn(opcode);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            more().visitIntInsn(opcode, operand);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            more().visitTypeInsn(opcode, type);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            more().visitFieldInsn(opcode, owner, name, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            more().visitMethodInsn(opcode, owner, name, descriptor, isInterface);
        }

        @Override
        public void visitLdcInsn(Object value) {
            more().visitLdcInsn(value);
        }

        @Override
        public void visitMaxs(int stack, int locals) {
            maxStack = stack;
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            throw new NotStraight("a branch");
        }

        @Override
        public void visitLookupSwitchInsn(Label other, int[] keys, Label[] labels) {
            throw new NotStraight("a branch");
        }

        @Override
        public void visitTableSwitchInsn(int min, int max, Label other, Label... labels) {
            throw new NotStraight("a branch");
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
            throw new NotStraight("a handler");
        }

        @Override
        public void visitIincInsn(int slot, int by) {
            throw new NotStraight("a local variable");
        }

        @Override
        public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
            throw new NotStraight("a dynamic call");
        }

        @Override
        public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
            throw new NotStraight("an array");
        }
    }
}
