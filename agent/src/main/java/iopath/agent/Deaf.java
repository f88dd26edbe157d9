package iopath.agent;

import iopath.agent.probe.Sink;
import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A sink that nothing comes of: no operation is begun by it that another sink could end. */
class Deaf implements Sink {

    @Override
    public void resume() {}

    @Override
    public void suppressed(int hook, Throwable thrown) {}

    @Override
    public @Nullable Object begin() {
        return null;
    }

    @Override
    public long @Nullable [] beginVector(ByteBuffer[] buffers, int offset, int length) {
        return null;
    }

    @Override
    public void endRead(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {}

    @Override
    public void endWrite(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {}

    @Override
    public void endReadVector(
            long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {}

    @Override
    public void endWriteVector(
            long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {}

    @Override
    public void endReadArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {}

    @Override
    public void endWriteArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {}

    @Override
    public void endWriteText(Object token, FileDescriptor fd, int length, int result) {}

    @Override
    public void endByte(Object token, FileDescriptor fd, boolean write, int result) {}

    @Override
    public void connected(Object channel) {}

    @Override
    public void accepted(FileDescriptor fd) {}

    @Override
    public void acceptedSocket(Object socket) {}

    @Override
    public void abandoned() {}

    @Override
    public void copiedArray(byte[] source, int from, byte[] target, int to, int length) {}

    @Override
    public void copiedBuffer(ByteBuffer source, int from, ByteBuffer target, int to, int length) {}

    @Override
    public void copiedIn(byte[] source, int from, ByteBuffer target, int to, int length) {}

    @Override
    public void copiedOut(ByteBuffer source, int from, byte[] target, int to, int length) {}

    @Override
    public void copiedMemory(byte @Nullable [] source, long from, byte @Nullable [] target, long to, long length) {}

    @Override
    public void beginRecord() {}

    @Override
    public void endRecord(byte @Nullable [] plain, int offset, int length, boolean whole) {}

    @Override
    public void decrypted(Object socket, byte[] array, int offset, int length) {}

    @Override
    public void copiedDirectly(int source, int target, boolean inPieces, int result) {}

    @Override
    public void copied(int source, int target, int bufferSize) {}

    @Override
    public long @Nullable [] beginCopy() {
        return null;
    }

    @Override
    public void copiedPath(long[] token, Object source, Object target) {}

    @Override
    public @Nullable Object beginTransferTo(Object source, @Nullable Object target) {
        return null;
    }

    @Override
    public @Nullable Object beginTransferFrom(Object target, @Nullable Object source) {
        return null;
    }

    @Override
    public void endTransfer(Object token, long moved) {}

    @Override
    public void endKernel(
            Object token,
            FileDescriptor source,
            FileDescriptor target,
            boolean sendfile,
            boolean append,
            long count,
            long result) {}

    @Override
    public void mapped(FileDescriptor file, @Nullable Object mode, Object unmapper) {}

    @Override
    public void unmapped(Object unmapper) {}

    @Override
    public void compacted(ByteBuffer buffer, int from) {}

    @Override
    public void allocated(ByteBuffer buffer) {}

    @Override
    public void allocatedSegment(Object segment) {}

    @Override
    public long @Nullable [] beginTls(
            boolean unwrap,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength) {
        return null;
    }

    @Override
    public void endTls(
            long[] token,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength,
            int consumed,
            int produced) {}

    @Override
    public ByteBuffer[] one(ByteBuffer buffer) {
        return new ByteBuffer[] {buffer};
    }

    @Override
    public void endNative(
            Object token,
            Object descriptor,
            int number,
            boolean write,
            @Nullable ByteBuffer buffer,
            long address,
            int position,
            int result) {}

    @Override
    public void endNativeVector(
            Object token,
            Object descriptor,
            int number,
            ByteBuffer @Nullable [] buffers,
            int offset,
            int length,
            long vector,
            long result) {}

    @Override
    public void endReceive(
            Object token,
            Object descriptor,
            int number,
            @Nullable ByteBuffer buffer,
            long address,
            int position,
            @Nullable Object sender) {}

    @Override
    public void endPackets(Object token, Object descriptor, boolean write, Object[] packets, int offset, int result) {}

    @Override
    public void endReceivePacket(Object token, Object descriptor, Object packet, int result) {}

    @Override
    public void endSendFile(Object token, Object descriptor, Object region, long count, long result) {}

    @Override
    public void beginPacket(Object packet) {}

    @Override
    public void endPacket(boolean done) {}

    @Override
    public void requested(
            int ring,
            int operation,
            int flags,
            int descriptor,
            int from,
            long address,
            int length,
            long id,
            boolean kept) {}

    @Override
    public void completed(int ring, int operation, int result, int flags, long id) {}

    @Override
    public void provided(Object buffer) {}

    @Override
    public void splicing(Object region, int socket, boolean intoPipe) {}

    @Override
    public void endSplice(Object token, int source, int target, int result) {}

    @Override
    public void closed(int number) {}

    @Override
    public void acceptedNumber(int number) {}
}
