package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is woven into wrap and unwrap of a TLS engine. */
final class TlsAdvice {

    private TlsAdvice() {}

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
