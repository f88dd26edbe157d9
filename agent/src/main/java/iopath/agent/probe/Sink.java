package iopath.agent.probe;

import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What the woven methods report to.
 *
 * <p>Every method may be called on any thread, virtual ones too. An implementation never blocks. What it throws is
 * swallowed by the advice, and counted by {@link #suppressed}.
 *
 * <p>Nothing comes of what an implementation leaves out: no operation is begun by it that another sink could end.
 */
public interface Sink {

    /** The probe is about to be switched on: what began before has no end. */
    default void resume() {}

    /**
     * A method of this has thrown, or what called it has.
     *
     * @param hook number of the hook, as it was woven
     */
    default void suppressed(int hook, Throwable thrown) {}

    /** A read or write of one buffer, or a kernel transfer begins. Returns a token for the end; {@code null} if it is not to be told. */
    default @Nullable Object begin() {
        return null;
    }

    /** A read or write of several buffers begins. Returns their positions in a form for the end. */
    default long @Nullable [] beginVector(ByteBuffer[] buffers, int offset, int length) {
        return null;
    }

    /** A read of one buffer has ended. {@code result} is the count of bytes, or an {@code IOStatus} below 0. */
    default void endRead(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {}

    /** A write of one buffer has ended. */
    default void endWrite(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {}

    /** A scattering read has ended. */
    default void endReadVector(
            long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {}

    /** A gathering write has ended. */
    default void endWriteVector(
            long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {}

    /** A stream has read into an array. */
    default void endReadArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {}

    /** A stream has written from an array. */
    default void endWriteArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {}

    /** A stream has written {@code length} bytes that it had made of a text; {@code result} is below 0 if it failed. */
    default void endWriteText(Object token, FileDescriptor fd, int length, int result) {}

    /** A stream has read or written a single byte, -1 at the end of a file. */
    default void endByte(Object token, FileDescriptor fd, boolean write, int result) {}

    /** A socket channel has connected. */
    default void connected(Object channel) {}

    /** A server socket channel has accepted a connection. */
    default void accepted(FileDescriptor fd) {}

    /** A server socket has accepted {@code socket}, a {@code java.net.SocketImpl}. */
    default void acceptedSocket(Object socket) {}

    /** What began on this thread has ended without an operation: no call was made. */
    default void abandoned() {}

    /** Bytes were copied from an array to an array. {@code length} is above 0. */
    default void copiedArray(byte[] source, int from, byte[] target, int to, int length) {}

    /** Bytes were copied from a buffer to a buffer, both by absolute indices. {@code length} is above 0. */
    default void copiedBuffer(ByteBuffer source, int from, ByteBuffer target, int to, int length) {}

    /** Bytes were copied from an array to a buffer, by an absolute index. {@code length} is above 0. */
    default void copiedIn(byte[] source, int from, ByteBuffer target, int to, int length) {}

    /** Bytes were copied from a buffer to an array, by an absolute index. {@code length} is above 0. */
    default void copiedOut(ByteBuffer source, int from, byte[] target, int to, int length) {}

    /**
     * Bytes were copied by a library that knows memory by its address.
     *
     * @param source array in which they lay, {@code null} for native memory
     * @param from index in the array, or address
     * @param target array in which they lie now, {@code null} for native memory
     * @param to index in the array, or address
     * @param length above 0
     */
    default void copiedMemory(byte @Nullable [] source, long from, byte @Nullable [] target, long to, long length) {}

    /** A TLS socket begins to write a record. */
    default void beginRecord() {}

    /**
     * The TLS socket of this thread has written records of the plaintext in {@code plain}.
     *
     * @param plain {@code null} for records of the protocol itself
     * @param whole whether all of it was written
     */
    default void endRecord(byte @Nullable [] plain, int offset, int length, boolean whole) {}

    /** A TLS socket, a {@code java.net.Socket}, has put plaintext into an array. */
    default void decrypted(Object socket, byte[] array, int offset, int length) {}

    /**
     * The JDK has let the kernel copy a whole file by two open descriptors, or has tried to.
     *
     * @param inPieces whether it asked for 1 MiB at a time, and not for as much as one call moves
     * @param result 0 if all is copied, or an {@code IOStatus} below 0
     */
    default void copiedDirectly(int source, int target, boolean inPieces, int result) {}

    /** The JDK has copied a whole file by two open descriptors, through {@code bufferSize} bytes of native memory. */
    default void copied(int source, int target, int bufferSize) {}

    /** The JDK begins to copy a whole file. Returns a token for the end. */
    default long @Nullable [] beginCopy() {
        return null;
    }

    /** The JDK has copied a whole file, and has closed both. */
    default void copiedPath(long[] token, Object source, Object target) {}

    /** {@code FileChannelImpl.transferTo} begins. Returns a token for the end, which has to follow. */
    default @Nullable Object beginTransferTo(Object source, @Nullable Object target) {
        return null;
    }

    /** {@code FileChannelImpl.transferFrom} begins. Returns a token for the end, which has to follow. */
    default @Nullable Object beginTransferFrom(Object target, @Nullable Object source) {
        return null;
    }

    /** The innermost transferTo or transferFrom of this thread has ended, and says that it has moved {@code moved} bytes. */
    default void endTransfer(Object token, long moved) {}

    /**
     * The JDK has asked the kernel to move bytes between two descriptors.
     *
     * @param sendfile whether sendfile can be what moved them (transferTo), or only copy_file_range (transferFrom)
     * @param append whether the JDK knew that the target appends, in which case JDK 21 and later make no system call
     * @param result bytes moved, or an {@code IOStatus} below 0
     */
    default void endKernel(
            Object token,
            FileDescriptor source,
            FileDescriptor target,
            boolean sendfile,
            boolean append,
            long count,
            long result) {}

    /** A file has been mapped; {@code unmapper} is what the JDK has of the mapping. */
    default void mapped(FileDescriptor file, @Nullable Object mode, Object unmapper) {}

    /** A mapping is about to end; {@code unmapper} is the JDK's {@code FileChannelImpl.Unmapper}. */
    default void unmapped(Object unmapper) {}

    /** The bytes from index {@code from} of {@code buffer} now lie at its start, up to its position. */
    default void compacted(ByteBuffer buffer, int from) {}

    /** {@code buffer} stands over memory that has just been allocated. */
    default void allocated(ByteBuffer buffer) {}

    /** {@code segment}, a {@code MemorySegment}, stands over memory that has just been allocated. */
    default void allocatedSegment(Object segment) {}

    /** A TLS engine's wrap or unwrap begins. {@code unwrap} tells that the sources may be decrypted in place. */
    default long @Nullable [] beginTls(
            boolean unwrap,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength) {
        return null;
    }

    /** A TLS engine's wrap or unwrap has moved bytes from {@code sources} to {@code sinks}. */
    default void endTls(
            long[] token,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength,
            int consumed,
            int produced) {}

    /** An array of this thread that holds {@code buffer} until the next call or the end of the TLS operation. */
    default ByteBuffer[] one(ByteBuffer buffer) {
        return new ByteBuffer[] {buffer};
    }

    /**
     * A native library has read or written one piece of memory.
     *
     * @param descriptor what stands for the descriptor {@code number}
     * @param buffer the memory, or {@code null} if it is at {@code address}
     * @param position where in the memory it begins
     */
    default void endNative(
            Object token,
            Object descriptor,
            int number,
            boolean write,
            @Nullable ByteBuffer buffer,
            long address,
            int position,
            int result) {}

    /**
     * A native library has written several pieces of memory.
     *
     * @param buffers from their positions, or {@code null} if they are in {@code vector}
     * @param vector address of {@code length} pairs of address and length (struct iovec)
     */
    default void endNativeVector(
            Object token,
            Object descriptor,
            int number,
            ByteBuffer @Nullable [] buffers,
            int offset,
            int length,
            long vector,
            long result) {}

    /**
     * A native library has asked for a datagram.
     *
     * @param buffer the memory, or {@code null} if it is at {@code address}
     * @param position where in the memory the datagram begins
     * @param sender Netty's address of who has sent it, which knows its length; {@code null} if there was none
     */
    default void endReceive(
            Object token,
            Object descriptor,
            int number,
            @Nullable ByteBuffer buffer,
            long address,
            int position,
            @Nullable Object sender) {}

    /**
     * A native library has sent or received datagrams by one call.
     *
     * @param packets Netty's {@code NativeDatagramPacket}s
     * @param result how many of them, or an {@code IOStatus} below 0
     */
    default void endPackets(Object token, Object descriptor, boolean write, Object[] packets, int offset, int result) {}

    /** A native library has received {@code result} bytes into Netty's {@code NativeDatagramPacket}. */
    default void endReceivePacket(Object token, Object descriptor, Object packet, int result) {}

    /** A native library has asked for a sendfile of {@code count} bytes from Netty's {@code DefaultFileRegion}. */
    default void endSendFile(Object token, Object descriptor, Object region, long count, long result) {}

    /** A datagram socket begins to send or receive {@code packet}, a {@code java.net.DatagramPacket}. */
    default void beginPacket(Object packet) {}

    /** The datagram socket of this thread has sent or received its packet, or has failed to if not {@code done}. */
    default void endPacket(boolean done) {}

    /**
     * A request was put into a ring, by the only thread that uses the ring at that time.
     *
     * @param ring number of the ring's descriptor
     * @param operation {@code IORING_OP_*} (io_uring_enter(2))
     * @param flags {@code IOSQE_*}
     * @param descriptor what it is about; the target of a splice
     * @param from the source of a splice
     * @param address of the bytes, of an iovec or of a msghdr, as the operation has it
     * @param length count of bytes, or of iovecs
     * @param id what the completion will carry
     * @param kept whether the memory of a send is there for certain until its completion
     */
    default void requested(
            int ring,
            int operation,
            int flags,
            int descriptor,
            int from,
            long address,
            int length,
            long id,
            boolean kept) {}

    /**
     * A completion is about to be handled, by the only thread that uses the ring at that time.
     *
     * @param result count of bytes, or an error number below 0
     * @param flags {@code IORING_CQE_F_*}
     * @param id what the request had
     */
    default void completed(int ring, int operation, int result, int flags, long id) {}

    /** The completion that this thread handles has put bytes into {@code buffer}, a Netty {@code ByteBuf} of them. */
    default void provided(Object buffer) {}

    /**
     * The next request of this thread is half of the way of Netty's {@code DefaultFileRegion} to a socket.
     *
     * @param socket number of the socket's descriptor
     * @param intoPipe whether it is the half from the file into the pipe, and not from there to the socket
     */
    default void splicing(Object region, int socket, boolean intoPipe) {}

    /** A native library has moved bytes by a splice. */
    default void endSplice(Object token, int source, int target, int result) {}

    /** A native library has closed a descriptor. */
    default void closed(int number) {}

    /** A native library has accepted a connection. */
    default void acceptedNumber(int number) {}
}
