package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import net.bytebuddy.asm.Advice;

/** What is woven into the JDK's copying of whole files. */
final class CopyAdvice {

    private CopyAdvice() {}

    /** {@code LinuxFileSystem.directCopy} of JDK 21 and later: 0 tells that the kernel has copied all. */
    static final class Direct {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Argument(0) int target, @Advice.Argument(1) int source, @Advice.Return int result) {
            if (result == 0) {
                Probe.copied(source, target, 0);
            }
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

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Argument(0) Object source, @Advice.Argument(2) Object target) {
            Probe.copiedPath(source, target);
        }
    }
}
