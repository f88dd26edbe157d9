package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import java.nio.ByteBuffer;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/**
 * What is woven into Netty's native transport, whose methods make one system call each on a descriptor of their own.
 *
 * <p>They return 0 where the kernel said EAGAIN, and -1 at the end ({@code io.netty.channel.unix.FileDescriptor} 4.1
 * and 4.2).
 */
final class NettyAdvice {

    private NettyAdvice() {}

    /** {@code recv}, {@code read} into a buffer. */
    static final class ReadBuffer {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.FieldValue("fd") int number,
                @Advice.Argument(0) ByteBuffer buffer,
                @Advice.Argument(1) int position,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endNative(token, descriptor, number, false, buffer, 0, position, result, thrown);
        }
    }

    /** {@code send}, {@code write} from a buffer. */
    static final class WriteBuffer {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.FieldValue("fd") int number,
                @Advice.Argument(0) ByteBuffer buffer,
                @Advice.Argument(1) int position,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endNative(token, descriptor, number, true, buffer, 0, position, result, thrown);
        }
    }

    /** {@code recvAddress}, {@code readAddress}. */
    static final class ReadAddress {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.FieldValue("fd") int number,
                @Advice.Argument(0) long address,
                @Advice.Argument(1) int position,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endNative(token, descriptor, number, false, null, address, position, result, thrown);
        }
    }

    /** {@code sendAddress}, {@code writeAddress}. */
    static final class WriteAddress {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.FieldValue("fd") int number,
                @Advice.Argument(0) long address,
                @Advice.Argument(1) int position,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endNative(token, descriptor, number, true, null, address, position, result, thrown);
        }
    }

    /** {@code writev} of buffers, whose positions stay. */
    static final class WriteBuffers {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.FieldValue("fd") int number,
                @Advice.Argument(0) ByteBuffer[] buffers,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length,
                @Advice.Return long result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endNativeVector(token, descriptor, number, buffers, offset, length, 0, result, thrown);
        }
    }

    /** {@code writevAddresses}: pairs of address and length in native memory (struct iovec, readv(2)). */
    static final class WriteVector {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.FieldValue("fd") int number,
                @Advice.Argument(0) long vector,
                @Advice.Argument(1) int length,
                @Advice.Return long result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endNativeVector(token, descriptor, number, null, 0, length, vector, result, thrown);
        }
    }

    /** {@code LinuxSocket.sendFile}. */
    static final class SendFile {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.Argument(0) Object region,
                @Advice.Argument(3) long count,
                @Advice.Return long result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endSendFile(token, descriptor, region, count, result, thrown);
        }
    }

    /** {@code Socket.accept}: the number of a new descriptor, below 0 if there is none. */
    static final class Accept {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Return int number) {
            Probe.acceptedNumber(number);
        }
    }

    /** {@code FileDescriptor.close}. */
    static final class Close {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static void enter(@Advice.FieldValue("fd") int number) {
            Probe.closed(number);
        }
    }

    /** {@code epoll.Native.splice}: two descriptors by their numbers. */
    static final class Splice {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.Argument(0) int source,
                @Advice.Argument(2) int target,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endSplice(token, source, target, result, thrown);
        }
    }

    /** {@code recvFrom} into a buffer: the sender's address knows how much it was, and is {@code null} for none. */
    static final class ReceiveBuffer {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.FieldValue("fd") int number,
                @Advice.Argument(0) ByteBuffer buffer,
                @Advice.Argument(1) int position,
                @Advice.Return @Nullable Object sender,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endReceive(token, descriptor, number, buffer, 0, position, sender, thrown);
        }
    }

    /** {@code recvFromAddress}. */
    static final class ReceiveAddress {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.FieldValue("fd") int number,
                @Advice.Argument(0) long address,
                @Advice.Argument(1) int position,
                @Advice.Return @Nullable Object sender,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endReceive(token, descriptor, number, null, address, position, sender, thrown);
        }
    }

    /** {@code epoll.LinuxSocket.sendmmsg}: how many of the packets went. */
    static final class SendPackets {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.Argument(0) Object[] packets,
                @Advice.Argument(1) int offset,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endPackets(token, descriptor, true, packets, offset, result, thrown);
        }
    }

    /** {@code epoll.LinuxSocket.recvmmsg}: how many of the packets came. */
    static final class ReceivePackets {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.Argument(0) Object[] packets,
                @Advice.Argument(1) int offset,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endPackets(token, descriptor, false, packets, offset, result, thrown);
        }
    }

    /** {@code epoll.LinuxSocket.recvmsg}: how many bytes came in one packet. */
    static final class ReceivePacket {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.This Object descriptor,
                @Advice.Argument(0) Object packet,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endReceivePacket(token, descriptor, packet, result, thrown);
        }
    }
}
