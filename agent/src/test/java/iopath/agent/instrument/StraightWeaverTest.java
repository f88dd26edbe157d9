package iopath.agent.instrument;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is woven without Byte Buddy would count something else than what Byte Buddy weaves, and only on some JDKs. */
class StraightWeaverTest {

    /** The hooked classes of this JDK, by name. */
    static Stream<Map.Entry<String, List<Hook>>> classes() {
        Map<String, List<Hook>> classes = new LinkedHashMap<>();
        Hooks.all().stream()
                .filter(hook -> hook.fits(Runtime.version().feature()) && !hook.isOfLibrary())
                .forEach(hook -> classes.computeIfAbsent(hook.type(), type -> new ArrayList<>())
                        .add(hook));
        return classes.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("classes")
    void callsTheProbeAsByteBuddyDoes(Map.Entry<String, List<Hook>> type) throws Exception {
        byte[] bytes = file(type.getKey());
        Map<String, byte[]> advices = new HashMap<>();
        for (Hook hook : type.getValue()) {
            advices.put(hook.adviceType(), file(hook.adviceType()));
        }

        Weave straight = new StraightWeaver(advices::get).weave(bytes, type.getValue(), Hooks.all());
        Weave other = new ByteBuddyWeaver(advices::get)
                .weave(null, type.getKey().replace('.', '/'), type.getValue(), Hooks.all(), Relocation.NONE, bytes);

        assertThat(straight.there()).isNotEmpty().containsExactlyInAnyOrderElementsOf(other.there());
        assertThat(calls(straight)).isEqualTo(calls(other)).isNotEmpty();
    }

    /** What each method with a call of the probe calls, and which fields it uses, in its order, and its handlers. */
    private static Map<String, List<String>> calls(Weave weave) {
        Map<String, List<String>> calls = new TreeMap<>();
        new ClassReader(Objects.requireNonNull(weave.bytes()))
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            @Override
                            public MethodVisitor visitMethod(
                                    int access,
                                    String name,
                                    String descriptor,
                                    @Nullable String signature,
                                    String @Nullable [] exceptions) {
                                List<String> seen = new ArrayList<>();
                                return new Calls(seen) {
                                    @Override
                                    public void visitEnd() {
                                        super.visitEnd();
                                        if (seen.stream().anyMatch(call -> call.startsWith("iopath/"))) {
                                            calls.put(name + descriptor, seen);
                                        }
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_DEBUG);
        return calls;
    }

    private static class Calls extends MethodVisitor {

        private final List<String> seen;
        private final List<String> handlers = new ArrayList<>();

        Calls(List<String> seen) {
            super(Opcodes.ASM9);
            this.seen = seen;
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean isInterface) {
            seen.add(owner + '.' + name + descriptor);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            seen.add(opcode + owner + '.' + name + descriptor);
        }

        @Override
        public void visitEnd() {
            Collections.sort(handlers);
            seen.addAll(handlers);
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            seen.add(opcode + " " + operand);
        }

        @Override
        public void visitTryCatchBlock(
                net.bytebuddy.jar.asm.Label start,
                net.bytebuddy.jar.asm.Label end,
                net.bytebuddy.jar.asm.Label handler,
                @Nullable String type) {
            // In another order than Byte Buddy's, which matters where two cover the same code: these do not.
            handlers.add("handler of " + type);
        }
    }

    private static byte[] file(String type) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(ClassLoader.getSystemResourceAsStream(type.replace('.', '/') + ".class"))) {
            return in.readAllBytes();
        }
    }
}
