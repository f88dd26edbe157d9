package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is woven into wrap and unwrap of a TLS engine. */
final class TlsAdvice {

    private TlsAdvice() {}

    /** {@code wrap} of a library's engine, which has one sink. */
    static final class WrapIntoOne {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static long @Nullable [] enter(
                @Advice.Argument(0) ByteBuffer[] sources,
                @Advice.Argument(1) int sourceOffset,
                @Advice.Argument(2) int sourceLength,
                @Advice.Argument(3) ByteBuffer sink) {
            return Probe.beginWrap(sources, sourceOffset, sourceLength, sink);
        }

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Enter long @Nullable [] token,
                @Advice.Argument(0) ByteBuffer[] sources,
                @Advice.Argument(1) int sourceOffset,
                @Advice.Argument(2) int sourceLength,
                @Advice.Argument(3) ByteBuffer sink,
                @Advice.Return @Nullable SSLEngineResult result) {
            Probe.endWrap(token, sources, sourceOffset, sourceLength, sink, result);
        }
    }

    /** {@code unwrap} of a library's engine, which has one source. */
    static final class UnwrapFromOne {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static long @Nullable [] enter(
                @Advice.Argument(0) ByteBuffer source,
                @Advice.Argument(1) ByteBuffer[] sinks,
                @Advice.Argument(2) int sinkOffset,
                @Advice.Argument(3) int sinkLength) {
            return Probe.beginUnwrap(source, sinks, sinkOffset, sinkLength);
        }

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Enter long @Nullable [] token,
                @Advice.Argument(0) ByteBuffer source,
                @Advice.Argument(1) ByteBuffer[] sinks,
                @Advice.Argument(2) int sinkOffset,
                @Advice.Argument(3) int sinkLength,
                @Advice.Return @Nullable SSLEngineResult result) {
            Probe.endUnwrap(token, source, sinks, sinkOffset, sinkLength, result);
        }
    }

    /** {@code SSLSocketOutputRecord.deliver}: what the application writes to a TLS socket. */
    static final class Deliver {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static boolean enter() {
            return Probe.beginRecord();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter boolean begun,
                @Advice.Argument(0) byte[] plain,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endRecord(begun, plain, offset, length, thrown);
        }
    }

    /** The other methods of {@code SSLSocketOutputRecord} that write: handshakes, alerts. */
    static final class Protocol {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static boolean enter() {
            return Probe.beginRecord();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@Advice.Enter boolean begun, @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endRecord(begun, null, 0, 0, thrown);
        }
    }

    /** {@code read} of a TLS socket's stream. */
    static final class Read {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.FieldValue("this$0") Object socket,
                @Advice.Argument(0) byte[] array,
                @Advice.Argument(1) int offset,
                @Advice.Return int result) {
            Probe.decrypted(socket, array, offset, result);
        }
    }

    /** {@code wrap}: plaintext becomes ciphertext. */
    static final class Wrap {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static long @Nullable [] enter(
                @Advice.Argument(0) ByteBuffer[] sources,
                @Advice.Argument(1) int sourceOffset,
                @Advice.Argument(2) int sourceLength,
                @Advice.Argument(3) ByteBuffer[] sinks,
                @Advice.Argument(4) int sinkOffset,
                @Advice.Argument(5) int sinkLength) {
            return Probe.beginTls(false, sources, sourceOffset, sourceLength, sinks, sinkOffset, sinkLength);
        }

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Enter long @Nullable [] token,
                @Advice.Argument(0) ByteBuffer[] sources,
                @Advice.Argument(1) int sourceOffset,
                @Advice.Argument(2) int sourceLength,
                @Advice.Argument(3) ByteBuffer[] sinks,
                @Advice.Argument(4) int sinkOffset,
                @Advice.Argument(5) int sinkLength,
                @Advice.Return @Nullable SSLEngineResult result) {
            Probe.endTls(token, sources, sourceOffset, sourceLength, sinks, sinkOffset, sinkLength, result);
        }
    }

    /** {@code unwrap}: ciphertext becomes plaintext, and may be overwritten by it in place. */
    static final class Unwrap {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static long @Nullable [] enter(
                @Advice.Argument(0) ByteBuffer[] sources,
                @Advice.Argument(1) int sourceOffset,
                @Advice.Argument(2) int sourceLength,
                @Advice.Argument(3) ByteBuffer[] sinks,
                @Advice.Argument(4) int sinkOffset,
                @Advice.Argument(5) int sinkLength) {
            return Probe.beginTls(true, sources, sourceOffset, sourceLength, sinks, sinkOffset, sinkLength);
        }

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(
                @Advice.Enter long @Nullable [] token,
                @Advice.Argument(0) ByteBuffer[] sources,
                @Advice.Argument(1) int sourceOffset,
                @Advice.Argument(2) int sourceLength,
                @Advice.Argument(3) ByteBuffer[] sinks,
                @Advice.Argument(4) int sinkOffset,
                @Advice.Argument(5) int sinkLength,
                @Advice.Return @Nullable SSLEngineResult result) {
            Probe.endTls(token, sources, sourceOffset, sourceLength, sinks, sinkOffset, sinkLength, result);
        }
    }
}
