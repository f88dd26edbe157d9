package iopath.agent.instrument;

import static net.bytebuddy.matcher.ElementMatchers.hasDescriptor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;
import net.bytebuddy.pool.TypePool;

/**
 * A parameter of advice that gets what the request was whose id is the third argument of a handler of Netty's io_uring:
 * {@code UserData.decodeOp(id)}, which only woven code may call. Where in an id it stands differs between versions.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface RingOperation {

    /** Makes the call. Weaving fails where the method is not there. */
    final class Call implements Advice.OffsetMapping {

        private static final String IDS = "io.netty.channel.uring.UserData";
        private static final int ID = 2;

        private final TypePool pool;
        private final Relocation copy;

        Call(TypePool pool, Relocation copy) {
            this.pool = pool;
            this.copy = copy;
        }

        @Override
        public Target resolve(
                TypeDescription type,
                MethodDescription method,
                Assigner assigner,
                Advice.ArgumentHandler arguments,
                Sort sort) {
            MethodDescription operation = pool.describe(copy.type(IDS))
                    .resolve()
                    .getDeclaredMethods()
                    .filter(named("decodeOp").and(hasDescriptor("(J)B")))
                    .getOnly();
            return new Target.ForStackManipulation(new StackManipulation.Compound(
                    MethodVariableAccess.LONG.loadFrom(
                            arguments.argument(method.getParameters().get(ID).getOffset())),
                    MethodInvocation.invoke(operation)));
        }
    }
}
