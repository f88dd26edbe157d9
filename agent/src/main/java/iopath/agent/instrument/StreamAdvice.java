package iopath.agent.instrument;

import iopath.agent.probe.Probe;
import java.io.FileDescriptor;
import net.bytebuddy.asm.Advice;
import org.jspecify.annotations.Nullable;

/** What is woven into streams: their arrays go through a native buffer of the JDK. */
final class StreamAdvice {

    private StreamAdvice() {}

    /** {@code read()} of a file stream. */
    static final class ReadByte {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endByte(token, fd, false, result, thrown);
        }
    }

    /** {@code write(int)} of a file stream. */
    static final class WriteByte {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endByte(token, fd, true, 0, thrown);
        }
    }

    /** {@code read(byte[])} of a file stream. */
    static final class ReadArray {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Argument(0) byte[] array,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endReadArray(token, fd, array, 0, array.length, result, thrown);
        }
    }

    /** {@code read(byte[], int, int)} of a file stream. */
    static final class ReadPart {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Argument(0) byte[] array,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endReadArray(token, fd, array, offset, length, result, thrown);
        }
    }

    /** {@code write(byte[])} of a file stream, which writes all or throws. */
    static final class WriteArray {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Argument(0) byte[] array,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endWriteArray(token, fd, array, 0, array.length, array.length, thrown);
        }
    }

    /** {@code write(byte[], int, int)} of a file stream, which writes all or throws. */
    static final class WritePart {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Argument(0) byte[] array,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endWriteArray(token, fd, array, offset, length, length, thrown);
        }
    }

    /** {@code writeBytes(String)}, which puts a byte of each character into an array of its own. */
    static final class WriteText {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Argument(0) String text,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endWriteText(token, fd, text.length(), thrown);
        }
    }

    /** {@code writeChars(String)}, which puts both bytes of each character into an array of its own. */
    static final class WriteWideText {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Argument(0) String text,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endWriteText(token, fd, 2 * text.length(), thrown);
        }
    }

    /** {@code NioSocketImpl.tryRead}: one system call of a {@code java.net.Socket}'s stream. */
    static final class SocketRead {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.Argument(0) FileDescriptor fd,
                @Advice.Argument(1) byte[] array,
                @Advice.Argument(2) int offset,
                @Advice.Argument(3) int length,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endReadArray(token, fd, array, offset, length, result, thrown);
        }
    }

    /** {@code NioSocketImpl.tryWrite}: one system call of a {@code java.net.Socket}'s stream. */
    static final class SocketWrite {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.Argument(0) FileDescriptor fd,
                @Advice.Argument(1) byte[] array,
                @Advice.Argument(2) int offset,
                @Advice.Argument(3) int length,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endWriteArray(token, fd, array, offset, length, result, thrown);
        }
    }

    /** {@code SocketChannelImpl.tryRead}: one system call of the stream over a socket channel. */
    static final class ChannelRead {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Argument(0) byte[] array,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endReadArray(token, fd, array, offset, length, result, thrown);
        }
    }

    /** {@code SocketChannelImpl.tryWrite}: one system call of the stream over a socket channel. */
    static final class ChannelWrite {

        @Advice.OnMethodEnter(suppress = Throwable.class)
        static @Nullable Object enter() {
            return Probe.begin();
        }

        @Advice.OnMethodExit(suppress = Throwable.class, onThrowable = Throwable.class)
        static void exit(
                @Advice.Enter @Nullable Object token,
                @Advice.FieldValue("fd") FileDescriptor fd,
                @Advice.Argument(0) byte[] array,
                @Advice.Argument(1) int offset,
                @Advice.Argument(2) int length,
                @Advice.Return int result,
                @Advice.Thrown @Nullable Throwable thrown) {
            Probe.endWriteArray(token, fd, array, offset, length, result, thrown);
        }
    }

    /** {@code NioSocketImpl.accept}: tells an accepted socket from a connected one. */
    static final class Accept {

        @Advice.OnMethodExit(suppress = Throwable.class)
        static void exit(@Advice.Argument(0) Object socket) {
            Probe.acceptedSocket(socket);
        }
    }
}
