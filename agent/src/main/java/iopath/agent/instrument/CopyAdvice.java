package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is woven into the JDK's copying of whole files. */
final class CopyAdvice {

    private CopyAdvice() {}

    /** {@code LinuxFileSystem.directCopy} of JDK 21 and later: 0 tells that the kernel has copied all. */
    static final class Direct {

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Argument(0) int target,
                @Advice.Argument(1) int source,
                @Advice.Argument(2) long cancel,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.copiedDirectly(source, target, cancel, result, thrown);
        }
    }

    /** {@code UnixFileSystem.bufferedCopy} of JDK 21 and later: a loop in native code. */
    static final class Buffered {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Argument(0) int target, @Advice.Argument(1) int source, @Advice.Argument(3) int bufferSize) {
            Probe.copied(source, target, bufferSize);
        }
    }

    /** {@code UnixCopyFile.copyFile} of JDK 17, which opens and closes the files itself. */
    static final class Whole {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static long @Nullable [] enter() {
            return Probe.beginCopy();
        }

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Enter long @Nullable [] token,
                @Advice.Argument(0) Object source,
                @Advice.Argument(2) Object target) {
            Probe.copiedPath(token, source, target);
        }
    }
}
