package iopath.agent.probe;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngineResult;
import org.jspecify.annotations.Nullable;

/**
 * The switch between the woven methods and the agent: one volatile field.
 *
 * <p>This class is defined to the boot class loader at run time, because methods of java.base call it. It uses
 * nothing that java.base does not have loaded: no lambdas, no string concatenation, no logging.
 */
public final class Probe {

    /** Where operations go; {@code null} while nobody records. The only static state of the agent on the hot path. */
    public static volatile @Nullable Sink sink;

    /**
     * How often what an advice threw could not even be handed on, which a woven method writes without a call. Threads
     * may overwrite each other's: at least so often.
     */
    public static int uncounted;

    /** Whose hooks are woven in; {@code null} if nobody's are. Guarded by this class. */
    private static @Nullable Object owner;

    /** {@code IOStatus.THROWN}: the call was made and ended in an exception. */
    private static final int THROWN = -5;

    /** {@code IOStatus.UNAVAILABLE}: EAGAIN. */
    private static final int UNAVAILABLE = -2;

    private Probe() {}

    /**
     * Makes {@code candidate} the one whose hooks may be woven in. There is one probe in a JVM, whichever class loaders
     * have agents in them: hooks of two would count everything twice.
     *
     * @return whether it is, now or since before
     */
    public static synchronized boolean claim(Object candidate) {
        if (owner == null) {
            owner = candidate;
        }
        return owner == candidate;
    }

    /** Takes back the claim of {@code candidate}, if it has it. */
    public static synchronized void release(Object candidate) {
        if (owner == candidate) {
            owner = null;
        }
    }

    /** Counts what the advice of a hook has thrown, and will be swallowed. */
    public static void suppressed(Throwable thrown, int hook) {
        Sink s = sink;
        if (s != null) {
            s.suppressed(hook, thrown);
        }
    }

    /** Begins a read or write of one buffer, or a kernel transfer. Returns {@code null} while nobody records. */
    public static @Nullable Object begin() {
        Sink s = sink;
        return s == null ? null : s.begin();
    }

    /** Ends a read of one buffer. */
    public static void endRead(
            @Nullable Object token, FileDescriptor fd, ByteBuffer buffer, int result, @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endRead(token, fd, buffer, thrown == null ? result : THROWN);
            }
        }
    }

    /** Ends a write of one buffer. */
    public static void endWrite(
            @Nullable Object token, FileDescriptor fd, ByteBuffer buffer, int result, @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endWrite(token, fd, buffer, thrown == null ? result : THROWN);
            }
        }
    }

    /** Begins a read or write of several buffers. */
    public static long @Nullable [] beginVector(ByteBuffer[] buffers, int offset, int length) {
        Sink s = sink;
        return s == null ? null : s.beginVector(buffers, offset, length);
    }

    /** Ends a scattering read. */
    public static void endReadVector(
            long @Nullable [] token,
            FileDescriptor fd,
            ByteBuffer[] buffers,
            int offset,
            int length,
            long result,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endReadVector(token, fd, buffers, offset, length, thrown == null ? result : THROWN);
            }
        }
    }

    /** Ends a gathering write. */
    public static void endWriteVector(
            long @Nullable [] token,
            FileDescriptor fd,
            ByteBuffer[] buffers,
            int offset,
            int length,
            long result,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endWriteVector(token, fd, buffers, offset, length, thrown == null ? result : THROWN);
            }
        }
    }

    /** Ends a stream's read into an array. */
    public static void endReadArray(
            @Nullable Object token,
            FileDescriptor fd,
            byte[] array,
            int offset,
            int length,
            int result,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endReadArray(token, fd, array, offset, length, thrown == null ? result : THROWN);
            }
        }
    }

    /** Ends a stream's write from an array. */
    public static void endWriteArray(
            @Nullable Object token,
            FileDescriptor fd,
            byte[] array,
            int offset,
            int length,
            int result,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endWriteArray(token, fd, array, offset, length, thrown == null ? result : THROWN);
            }
        }
    }

    /** Ends a stream's write of a text. */
    public static void endWriteText(@Nullable Object token, FileDescriptor fd, int length, @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endWriteText(token, fd, length, thrown == null ? length : THROWN);
            }
        }
    }

    /** Ends a stream's read or write of a single byte. */
    public static void endByte(
            @Nullable Object token, FileDescriptor fd, boolean write, int result, @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endByte(token, fd, write, thrown == null ? result : THROWN);
            }
        }
    }

    /** Begins the read of one byte of a line; no advice swallows what it throws, so that it throws nothing. */
    public static @Nullable Object beginByteOfLine(int hook) {
        try {
            return begin();
        } catch (Throwable e) {
            count(e, hook);
            return null;
        }
    }

    /** Ends the read of one byte of a line, and throws nothing. */
    public static void endByteOfLine(@Nullable Object token, int result, FileDescriptor fd, int hook) {
        try {
            endByte(token, fd, false, result, null);
        } catch (Throwable e) {
            count(e, hook);
        }
    }

    private static void count(Throwable thrown, int hook) {
        try {
            suppressed(thrown, hook);
        } catch (Throwable e) {
            uncounted++;
        }
    }

    /** Makes an accepted socket known. */
    public static void acceptedSocket(Object socket) {
        Sink s = sink;
        if (s != null) {
            s.acceptedSocket(socket);
        }
    }

    /** Makes a socket channel known, if it is connected. */
    public static void connected(Object channel, boolean connected) {
        Sink s = sink;
        if (connected && s != null) {
            s.connected(channel);
        }
    }

    /** Makes an accepted socket channel known. */
    public static void accepted(FileDescriptor fd) {
        Sink s = sink;
        if (s != null) {
            s.accepted(fd);
        }
    }

    /** Begins to write a record of a TLS socket. Returns whether {@link #endRecord} is owed. */
    public static boolean beginRecord() {
        Sink s = sink;
        if (s == null) {
            return false;
        }
        s.beginRecord();
        return true;
    }

    /** Ends the writing of records; {@code plain} is {@code null} for those of the protocol itself. */
    public static void endRecord(
            boolean begun, byte @Nullable [] plain, int offset, int length, @Nullable Throwable thrown) {
        if (begun) {
            Sink s = sink;
            if (s != null) {
                s.endRecord(plain, offset, length, thrown == null);
            }
        }
    }

    /** Tells that a TLS socket has handed out plaintext. */
    public static void decrypted(Object socket, byte[] array, int offset, int length) {
        if (length > 0) {
            Sink s = sink;
            if (s != null) {
                s.decrypted(socket, array, offset, length);
            }
        }
    }

    /**
     * Tells what has come of the JDK's attempt to let the kernel copy a file by its descriptors.
     *
     * @param cancel address of what interrupts the copy, which then goes in pieces; 0 for none
     */
    public static void copiedDirectly(int source, int target, long cancel, int result, @Nullable Throwable thrown) {
        Sink s = sink;
        if (s != null) {
            s.copiedDirectly(source, target, cancel != 0, thrown == null ? result : THROWN);
        }
    }

    /** Tells that the JDK has copied a file by its descriptors, in a loop. */
    public static void copied(int source, int target, int bufferSize) {
        Sink s = sink;
        if (s != null) {
            s.copied(source, target, bufferSize);
        }
    }

    /** Begins to copy a file. Returns {@code null} while nobody records. */
    public static long @Nullable [] beginCopy() {
        Sink s = sink;
        return s == null ? null : s.beginCopy();
    }

    /** Tells that the JDK has copied a file. */
    public static void copiedPath(long @Nullable [] token, Object source, Object target) {
        if (token != null) {
            Sink s = sink;
            if (s != null) {
                s.copiedPath(token, source, target);
            }
        }
    }

    /** Begins a transferTo. Returns {@code null} while nobody records, else {@link #endTransfer} is owed. */
    public static @Nullable Object beginTransferTo(Object source, @Nullable Object target) {
        Sink s = sink;
        return s == null ? null : s.beginTransferTo(source, target);
    }

    /** Begins a transferFrom. Returns {@code null} while nobody records, else {@link #endTransfer} is owed. */
    public static @Nullable Object beginTransferFrom(Object target, @Nullable Object source) {
        Sink s = sink;
        return s == null ? null : s.beginTransferFrom(target, source);
    }

    /** Ends a transferTo or transferFrom, which says that it has moved so many bytes; 0 if it threw. */
    public static void endTransfer(@Nullable Object token, long moved) {
        if (token != null) {
            Sink s = sink;
            if (s != null) {
                s.endTransfer(token, moved);
            }
        }
    }

    /** Ends an attempt to move bytes in the kernel. */
    public static void endKernel(
            @Nullable Object token,
            FileDescriptor source,
            FileDescriptor target,
            boolean sendfile,
            boolean append,
            long count,
            long result,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endKernel(token, source, target, sendfile, append, count, thrown == null ? result : THROWN);
            }
        }
    }

    /** Makes a mapping known. */
    public static void mapped(FileDescriptor file, @Nullable Object mode, @Nullable Object unmapper) {
        Sink s = sink;
        if (s != null && unmapper != null) {
            s.mapped(file, mode, unmapper);
        }
    }

    /** Makes the end of a mapping known. */
    public static void unmapped(Object unmapper) {
        Sink s = sink;
        if (s != null) {
            s.unmapped(unmapper);
        }
    }

    /** Begins a compaction. Returns the index from which bytes move, 0 if none do or nobody records. */
    public static int beginCompact(ByteBuffer buffer) {
        return sink == null ? 0 : buffer.position();
    }

    /** Ends a compaction that began with the position {@code from}. */
    public static void endCompact(ByteBuffer buffer, int from) {
        if (from != 0 && buffer.position() != 0) {
            Sink s = sink;
            if (s != null) {
                s.compacted(buffer, from);
            }
        }
    }

    /** Tells that a direct buffer has got new memory. */
    public static void allocated(ByteBuffer buffer) {
        Sink s = sink;
        if (s != null) {
            s.allocated(buffer);
        }
    }

    /** Tells that a memory segment has got new memory. */
    public static void allocatedSegment(Object segment) {
        Sink s = sink;
        if (s != null) {
            s.allocatedSegment(segment);
        }
    }

    /** Begins a wrap or unwrap. */
    public static long @Nullable [] beginTls(
            boolean unwrap,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength) {
        Sink s = sink;
        return s == null
                ? null
                : s.beginTls(unwrap, sources, sourceOffset, sourceLength, sinks, sinkOffset, sinkLength);
    }

    /** Ends a wrap or unwrap. */
    public static void endTls(
            long @Nullable [] token,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength,
            @Nullable SSLEngineResult result) {
        if (token != null) {
            Sink s = sink;
            if (s == null) {
                return;
            }
            if (result == null) {
                s.abandoned();
            } else {
                s.endTls(
                        token,
                        sources,
                        sourceOffset,
                        sourceLength,
                        sinks,
                        sinkOffset,
                        sinkLength,
                        result.bytesConsumed(),
                        result.bytesProduced());
            }
        }
    }

    /** Begins a wrap into one buffer. */
    public static long @Nullable [] beginWrap(
            ByteBuffer[] sources, int sourceOffset, int sourceLength, ByteBuffer destination) {
        Sink s = sink;
        return s == null ? null : s.beginTls(false, sources, sourceOffset, sourceLength, s.one(destination), 0, 1);
    }

    /** Ends a wrap into one buffer. */
    public static void endWrap(
            long @Nullable [] token,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer destination,
            @Nullable SSLEngineResult result) {
        Sink s = sink;
        if (s != null) {
            endTls(token, sources, sourceOffset, sourceLength, s.one(destination), 0, 1, result);
        }
    }

    /** Begins an unwrap from one buffer. */
    public static long @Nullable [] beginUnwrap(ByteBuffer source, ByteBuffer[] sinks, int sinkOffset, int sinkLength) {
        Sink s = sink;
        return s == null ? null : s.beginTls(true, s.one(source), 0, 1, sinks, sinkOffset, sinkLength);
    }

    /** Ends an unwrap from one buffer. */
    public static void endUnwrap(
            long @Nullable [] token,
            ByteBuffer source,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength,
            @Nullable SSLEngineResult result) {
        Sink s = sink;
        if (s != null) {
            endTls(token, s.one(source), 0, 1, sinks, sinkOffset, sinkLength, result);
        }
    }

    /** Ends a native library's read or write of one piece of memory; a result of 0 is EAGAIN. */
    public static void endNative(
            @Nullable Object token,
            Object descriptor,
            int number,
            boolean write,
            @Nullable ByteBuffer buffer,
            long address,
            int position,
            int result,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                int status = thrown != null ? THROWN : result == 0 ? UNAVAILABLE : result;
                s.endNative(token, descriptor, number, write, buffer, address, position, status);
            }
        }
    }

    /** Ends a native library's gathering write; a result of 0 is EAGAIN. */
    public static void endNativeVector(
            @Nullable Object token,
            Object descriptor,
            int number,
            ByteBuffer @Nullable [] buffers,
            int offset,
            int length,
            long vector,
            long result,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                long status = thrown != null ? THROWN : result == 0 ? UNAVAILABLE : result;
                s.endNativeVector(token, descriptor, number, buffers, offset, length, vector, status);
            }
        }
    }

    /** Ends a native library's receipt of a datagram; {@code sender} is {@code null} if there was none. */
    public static void endReceive(
            @Nullable Object token,
            Object descriptor,
            int number,
            @Nullable ByteBuffer buffer,
            long address,
            int position,
            @Nullable Object sender,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endReceive(token, descriptor, number, buffer, address, position, sender);
            }
        }
    }

    /** Ends a native library's sending or receipt of several datagrams. */
    public static void endPackets(
            @Nullable Object token,
            Object descriptor,
            boolean write,
            Object[] packets,
            int offset,
            int result,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endPackets(token, descriptor, write, packets, offset, thrown == null ? result : THROWN);
            }
        }
    }

    /** Ends a native library's receipt of one datagram into a packet of its own. */
    public static void endReceivePacket(
            @Nullable Object token, Object descriptor, Object packet, int result, @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endReceivePacket(token, descriptor, packet, thrown == null ? result : THROWN);
            }
        }
    }

    /** Ends a native library's sendfile. */
    public static void endSendFile(
            @Nullable Object token,
            Object descriptor,
            Object region,
            long count,
            long result,
            @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endSendFile(token, descriptor, region, count, thrown == null ? result : THROWN);
            }
        }
    }

    /** Begins to send or receive the packet of a datagram socket. Returns whether {@link #endPacket} is owed. */
    public static boolean beginPacket(Object packet) {
        Sink s = sink;
        if (s == null) {
            return false;
        }
        s.beginPacket(packet);
        return true;
    }

    /** Ends the sending or receiving of a packet. */
    public static void endPacket(boolean begun, @Nullable Throwable thrown) {
        if (begun) {
            Sink s = sink;
            if (s != null) {
                s.endPacket(thrown == null);
            }
        }
    }

    /** Tells of a request that was put into a ring. */
    public static void requested(
            int ring,
            int operation,
            int flags,
            int descriptor,
            int from,
            long address,
            int length,
            long id,
            boolean kept) {
        Sink s = sink;
        if (s != null) {
            s.requested(ring, operation, flags, descriptor, from, address, length, id, kept);
        }
    }

    /** Tells of a completion that is about to be handled. */
    public static void completed(int ring, int operation, int result, int flags, long id) {
        Sink s = sink;
        if (s != null) {
            s.completed(ring, operation, result, flags, id);
        }
    }

    /** Tells in which buffer of the ring's own a receive has put its bytes. */
    public static void provided(@Nullable Object buffer) {
        Sink s = sink;
        if (s != null && buffer != null) {
            s.provided(buffer);
        }
    }

    /** Tells of which file region, and to which socket, the next splice of this thread is a half. */
    public static void splicing(Object region, int socket, boolean intoPipe) {
        Sink s = sink;
        if (s != null) {
            s.splicing(region, socket, intoPipe);
        }
    }

    /** Ends a native library's splice. */
    public static void endSplice(
            @Nullable Object token, int source, int target, int result, @Nullable Throwable thrown) {
        if (token != null) {
            Sink s = sink;
            if (s != null && wasCalled(s, thrown)) {
                s.endSplice(token, source, target, thrown == null ? result : THROWN);
            }
        }
    }

    /** Tells that a native library has closed a descriptor. */
    public static void closed(int number) {
        Sink s = sink;
        if (s != null) {
            s.closed(number);
        }
    }

    /** Makes a socket known that a native library has accepted. */
    public static void acceptedNumber(int number) {
        Sink s = sink;
        if (s != null && number >= 0) {
            s.acceptedNumber(number);
        }
    }

    /**
     * An IOException comes from the kernel's answer; anything else was thrown before the call. So was that of a closed
     * stream, which the JDK's natives throw without asking the kernel (io_util.c).
     */
    private static boolean wasCalled(Sink s, @Nullable Throwable thrown) {
        if (thrown == null || thrown instanceof IOException && !"Stream Closed".equals(thrown.getMessage())) {
            return true;
        }
        s.abandoned();
        return false;
    }
}
