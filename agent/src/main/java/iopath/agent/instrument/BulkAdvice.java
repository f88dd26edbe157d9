package iopath.agent.instrument;

import iopath.agent.probe.CopyProbe;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;

/** What is woven where many bytes are copied from memory to memory without a call of {@code System.arraycopy}. */
final class BulkAdvice {

    private BulkAdvice() {}

    /** {@code ByteBuffer.putBuffer}: what every put of a buffer into a buffer ends in. */
    static final class PutBuffer {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.This ByteBuffer target,
                @Advice.Argument(0) int to,
                @Advice.Argument(1) ByteBuffer source,
                @Advice.Argument(2) int from,
                @Advice.Argument(3) int length) {
            CopyProbe.put(target, to, source, from, length);
        }
    }

    /** {@code ByteBuffer.putArray}: every put of an array into a direct buffer. */
    static final class PutArray {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.This ByteBuffer target,
                @Advice.Argument(0) int to,
                @Advice.Argument(1) byte[] source,
                @Advice.Argument(2) int from,
                @Advice.Argument(3) int length) {
            CopyProbe.put(target, to, source, from, length);
        }
    }

    /** {@code ByteBuffer.getArray}: every get of an array out of a direct buffer. */
    static final class GetArray {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.This ByteBuffer source,
                @Advice.Argument(0) int from,
                @Advice.Argument(1) byte[] target,
                @Advice.Argument(2) int to,
                @Advice.Argument(3) int length) {
            CopyProbe.get(source, from, target, to, length);
        }
    }

    /** A library's copy from address to address. */
    static final class Native {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Argument(0) long from, @Advice.Argument(1) long to, @Advice.Argument(2) long length) {
            CopyProbe.memory(null, from, null, to, length);
        }
    }

    /** A library's copy from an array to an address. */
    static final class ToNative {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Argument(0) byte[] source,
                @Advice.Argument(1) int from,
                @Advice.Argument(2) long to,
                @Advice.Argument(3) long length) {
            CopyProbe.memory(source, from, null, to, length);
        }
    }

    /** A library's copy from an address to an array. */
    static final class FromNative {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Argument(0) long from,
                @Advice.Argument(1) byte[] target,
                @Advice.Argument(2) int to,
                @Advice.Argument(3) long length) {
            CopyProbe.memory(null, from, target, to, length);
        }
    }
}
