package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is woven into transfers between channels. */
final class TransferAdvice {

    private TransferAdvice() {}

    /** {@code FileChannelImpl.transferTo}. */
    static final class To {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(@Advice.This Object source, @Advice.Argument(2) @Nullable Object target) {
            return Probe.beginTransferTo(source, target);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable Object token, @Advice.Return long moved) {
            Probe.endTransfer(token, moved);
        }
    }

    /** {@code FileChannelImpl.transferFrom}. */
    static final class From {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter(@Advice.This Object target, @Advice.Argument(0) @Nullable Object source) {
            return Probe.beginTransferFrom(target, source);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@Advice.Enter @Nullable Object token, @Advice.Return long moved) {
            Probe.endTransfer(token, moved);
        }
    }

    /** JDK 17: {@code FileChannelImpl.transferToDirectlyInternal} is one sendfile. */
    static final class Sendfile17 {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor source,
                @Advice.Argument(1) int count,
                @Advice.Argument(3) FileDescriptor target,
                @Advice.Return long result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endKernel(token, source, target, true, false, count, result, thrown);
        }
    }

    /** JDK 21 and later: {@code FileDispatcherImpl.transferTo} is copy_file_range, then sendfile. */
    static final class KernelTo {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.Argument(0) FileDescriptor source,
                @Advice.Argument(2) long count,
                @Advice.Argument(3) FileDescriptor target,
                @Advice.Argument(4) boolean append,
                @Advice.Return long result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endKernel(token, source, target, true, append, count, result, thrown);
        }
    }

    /** JDK 21 and later: {@code FileDispatcherImpl.transferFrom} is one copy_file_range. */
    static final class KernelFrom {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.Argument(0) FileDescriptor source,
                @Advice.Argument(1) FileDescriptor target,
                @Advice.Argument(3) long count,
                @Advice.Argument(4) boolean append,
                @Advice.Return long result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endKernel(token, source, target, false, append, count, result, thrown);
        }
    }
}
