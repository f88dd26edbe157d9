package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is woven into reads and writes of channels. */
final class ChannelAdvice {

    private ChannelAdvice() {}

    /** {@code DatagramChannelImpl.receive}: one datagram. */
    static final class Receive {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Argument(0) ByteBuffer buffer,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endRead(token, fd, buffer, result, thrown);
        }
    }

    /** {@code DatagramSocketAdaptor.send} and {@code receive}: a packet is copied on its way to or from a buffer. */
    static final class Packet {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static boolean enter(@Advice.Argument(0) Object packet) {
            return Probe.beginPacket(packet);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(@Advice.Enter boolean begun, @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endPacket(begun, thrown);
        }
    }

    /** {@code IOUtil.read} into one buffer: one system call. */
    static final class ReadOne {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, backupArguments = false)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.Argument(0) FileDescriptor fd,
                @Advice.Argument(1) ByteBuffer buffer,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endRead(token, fd, buffer, result, thrown);
        }
    }

    /** {@code IOUtil.write} from one buffer: one system call. */
    static final class WriteOne {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class, backupArguments = false)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.Argument(0) FileDescriptor fd,
                @Advice.Argument(1) ByteBuffer buffer,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endWrite(token, fd, buffer, result, thrown);
        }
    }

    /** {@code IOUtil.read} into several buffers: one system call. */
    static final class ReadMany {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static long @Nullable [] enter(
                @Advice.Argument(1) ByteBuffer[] buffers,
                @Advice.Argument(2) int offset,
                @Advice.Argument(3) int length) {
            return Probe.beginVector(buffers, offset, length);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter long @Nullable [] token,
                @Advice.Argument(0) FileDescriptor fd,
                @Advice.Argument(1) ByteBuffer[] buffers,
                @Advice.Argument(2) int offset,
                @Advice.Argument(3) int length,
                @Advice.Return long result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endReadVector(token, fd, buffers, offset, length, result, thrown);
        }
    }

    /** {@code IOUtil.write} from several buffers: one system call. */
    static final class WriteMany {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static long @Nullable [] enter(
                @Advice.Argument(1) ByteBuffer[] buffers,
                @Advice.Argument(2) int offset,
                @Advice.Argument(3) int length) {
            return Probe.beginVector(buffers, offset, length);
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter long @Nullable [] token,
                @Advice.Argument(0) FileDescriptor fd,
                @Advice.Argument(1) ByteBuffer[] buffers,
                @Advice.Argument(2) int offset,
                @Advice.Argument(3) int length,
                @Advice.Return long result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endWriteVector(token, fd, buffers, offset, length, result, thrown);
        }
    }

    /** {@code SocketChannelImpl.connect} and {@code finishConnect}: names the peer of a Unix domain socket. */
    static final class Connect {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.This Object channel, @Advice.Return boolean connected) {
            Probe.connected(channel, connected);
        }
    }

    /** {@code ServerSocketChannelImpl.finishAccept}: tells an accepted channel from a connected one. */
    static final class Accept {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Argument(0) FileDescriptor fd) {
            Probe.accepted(fd);
        }
    }
}
