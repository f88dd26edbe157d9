package iopath.agent.instrument;

import static net.bytebuddy.matcher.ElementMatchers.hasDescriptor;
import static net.bytebuddy.matcher.ElementMatchers.named;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.field.FieldDescription;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.implementation.bytecode.StackManipulation;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.implementation.bytecode.member.FieldAccess;
import net.bytebuddy.implementation.bytecode.member.MethodInvocation;
import net.bytebuddy.implementation.bytecode.member.MethodVariableAccess;

/**
 * A parameter of advice that gets the number of the ring that a handler of Netty's io_uring drives: {@code
 * ringBuffer.fd()}, which only woven code may call.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
@interface RingNumber {

    /** Makes the call. Weaving fails where field or method are not there. */
    final class Call implements Advice.OffsetMapping {

        @Override
        public Target resolve(
                TypeDescription type,
                MethodDescription method,
                Assigner assigner,
                Advice.ArgumentHandler arguments,
                Sort sort) {
            FieldDescription ring =
                    type.getDeclaredFields().filter(named("ringBuffer")).getOnly();
            MethodDescription number = ring.getType()
                    .asErasure()
                    .getDeclaredMethods()
                    .filter(named("fd").and(hasDescriptor("()I")))
                    .getOnly();
            return new Target.ForStackManipulation(new StackManipulation.Compound(
                    MethodVariableAccess.REFERENCE.loadFrom(arguments.argument(Advice.ArgumentHandler.THIS_REFERENCE)),
                    FieldAccess.forField(ring).read(),
                    MethodInvocation.invoke(number)));
        }
    }
}
