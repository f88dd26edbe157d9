package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * What is woven into Netty's io_uring transport, where a request is one call, and what it moved is known by another.
 *
 * <p>Both carry the request's id. One thread at a time drives a ring ({@code io.netty.channel.uring} 4.2).
 */
final class RingAdvice {

    private RingAdvice() {}

    /** {@code SubmissionQueue.enqueueSqe}: every request. The names of its arguments are those of io_uring_enter(2). */
    static final class Request {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.FieldValue("ringFd") int ring,
                @MemoryIsKept boolean kept,
                @Advice.Argument(0) byte operation,
                @Advice.Argument(1) byte flags,
                @Advice.Argument(3) int descriptor,
                @Advice.Argument(5) long address,
                @Advice.Argument(6) int length,
                @Advice.Argument(8) long id,
                @Advice.Argument(11) int spliceFrom) {
            Probe.requested(ring, operation, flags, descriptor, spliceFrom, address, length, id, kept);
        }
    }

    /** {@code IoUringIoHandler.handle}: every completion, before anybody acts on it. */
    static final class Completion {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @RingNumber int ring,
                @RingOperation int operation,
                @Advice.Argument(0) int result,
                @Advice.Argument(1) int flags,
                @Advice.Argument(2) long id) {
            Probe.completed(ring, operation, result, flags, id);
        }
    }

    /** {@code IoUringBufferRing.useBuffer}: the buffer that the kernel has chosen for a receive. */
    static final class Provided {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Return @Nullable Object buffer) {
            Probe.provided(buffer);
        }
    }

    /** {@code IoUringFileRegion.splice}: makes the request for the next half of a file's way. */
    static final class Region {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(
                @Advice.FieldValue("fileRegion") Object region,
                @Advice.FieldValue("pipeLen") int inPipe,
                @Advice.Argument(0) int socket) {
            // -1 says that the pipe is to be filled.
            Probe.splicing(region, socket, inPipe == -1);
        }
    }
}
