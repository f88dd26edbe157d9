package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Failures;
import iopath.agent.aggregate.Totals;
import iopath.agent.aggregate.Unseen;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.JdkInternals;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import iopath.agent.probe.Sink;
import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Hands what the woven methods report to those who turn it into rows of totals, by what was called.
 *
 * <p>Every operation is one row of what a system call tracer would count. A read is a transfer to memory until a write
 * sends the same memory on: then its bytes move to the row of that transfer.
 */
public final class Observer implements Sink {

    private final Failures failures = new Failures();
    private final Unseen unseen = new Unseen();
    private final Lanes lanes;
    private final Endpoints endpoints;
    private final Tracer tracer;
    private final Channels channels;
    private final Streams streams;
    private final Packets packets;
    private final TlsSockets tlsSockets;
    private final TlsEngines engines;
    private final Transfers transfers;
    private final Copies copies;
    private final MemoryCopies memoryCopies;
    private final NativeTransports natives;
    private final RingTransports rings;
    private final Ledger answers;

    /**
     * An observer.
     *
     * @param mean mean of the bytes between two samples, above 0
     */
    public Observer(
            Endpoints endpoints,
            LinkTable links,
            Contents contents,
            Details details,
            Totals totals,
            Samples samples,
            long mean) {
        this.endpoints = endpoints;
        this.lanes = new Lanes(totals, mean);
        Sampler sampler = new Sampler(endpoints, contents, samples, mean);
        Ledger ledger = new Ledger(endpoints, details, sampler);
        // What is counted late was sampled when it was written, with the stack of then.
        Sampler none = new Sampler(endpoints, contents, (key, bytes, weight, number, corrects) -> {}, mean);
        this.answers = new Ledger(endpoints, details, none);
        Moves moves = new Moves(sampler, details);
        this.tracer = new Tracer(lanes, endpoints, links, contents, sampler, unseen);
        this.packets = new Packets(lanes, tracer, ledger);
        this.channels = new Channels(lanes, endpoints, tracer, ledger, packets);
        this.streams = new Streams(lanes, endpoints, tracer, ledger, sampler);
        this.tlsSockets = new TlsSockets(lanes, endpoints, links, tracer, ledger);
        this.engines = new TlsEngines(lanes, endpoints, links, tracer);
        this.transfers = new Transfers(lanes, endpoints, ledger, moves, unseen);
        this.copies = new Copies(lanes, endpoints, ledger, moves, sampler);
        this.memoryCopies = new MemoryCopies(lanes, links, tracer);
        this.natives = new NativeTransports(lanes, endpoints, tracer, ledger, moves);
        this.rings = new RingTransports(lanes, endpoints, links, tracer, ledger, moves);
    }

    /** Runs {@code work} of the agent itself, whose operations are not counted. */
    public void unseen(Runnable work) {
        Lane lane = lanes.current();
        lane.muted++;
        try {
            work.run();
        } finally {
            lane.muted--;
        }
    }

    /** Does what threads have left to others, as far as it can be done now. */
    public void settle() {
        tracer.settle(answers);
    }

    @Override
    public void resume() {
        lanes.resume();
        endpoints.resume();
        tracer.resume();
        rings.resume();
    }

    @Override
    public void suppressed(int hook, Throwable thrown) {
        failures.add(hook, thrown.getClass().getName());
        lanes.forget();
    }

    /** What of this has failed so far. */
    public Failures failures() {
        return failures;
    }

    /** What is known of bytes that no hook follows. */
    public Unseen unfollowed() {
        return unseen;
    }

    /** Forgets all transfers that are under way, since the ends of some may not have been seen. */
    public void forgetFrames() {
        lanes.resume();
    }

    @Override
    public @Nullable Object begin() {
        Lane lane = lanes.current();
        if (lane.muted != 0) {
            return null;
        }
        lane.start();
        return lane;
    }

    @Override
    public void abandoned() {
        lanes.current().inside = false;
    }

    @Override
    public void copiedArray(byte[] source, int from, byte[] target, int to, int length) {
        memoryCopies.copiedArray(source, from, target, to, length);
    }

    @Override
    public void copiedBuffer(ByteBuffer source, int from, ByteBuffer target, int to, int length) {
        memoryCopies.copiedBuffer(source, from, target, to, length);
    }

    @Override
    public void copiedIn(byte[] source, int from, ByteBuffer target, int to, int length) {
        memoryCopies.copiedIn(source, from, target, to, length);
    }

    @Override
    public void copiedOut(ByteBuffer source, int from, byte[] target, int to, int length) {
        memoryCopies.copiedOut(source, from, target, to, length);
    }

    @Override
    public void copiedMemory(byte @Nullable [] source, long from, byte @Nullable [] target, long to, long length) {
        memoryCopies.copiedMemory(source, from, target, to, length);
    }

    @Override
    public void acceptedSocket(Object socket) {
        FileDescriptor fd = JdkInternals.socketDescriptor(socket);
        if (fd != null) {
            endpoints.accepted(fd);
        }
    }

    @Override
    public void connected(Object channel) {
        FileDescriptor fd = JdkInternals.descriptor(channel);
        if (fd != null) {
            endpoints.connected(channel, fd);
        }
    }

    @Override
    public void accepted(FileDescriptor fd) {
        endpoints.accepted(fd);
    }

    @Override
    public void acceptedNumber(int number) {
        endpoints.acceptedNumber(number);
    }

    @Override
    public void closed(int number) {
        endpoints.closed(number);
    }

    @Override
    public long @Nullable [] beginVector(ByteBuffer[] buffers, int offset, int length) {
        return channels.beginVector(buffers, offset, length);
    }

    @Override
    public void endRead(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {
        channels.endRead(token, fd, buffer, result);
    }

    @Override
    public void endWrite(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {
        channels.endWrite(token, fd, buffer, result);
    }

    @Override
    public void endReadVector(
            long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {
        channels.endReadVector(token, fd, buffers, offset, length, result);
    }

    @Override
    public void endWriteVector(
            long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {
        channels.endWriteVector(token, fd, buffers, offset, length, result);
    }

    @Override
    public void endReadArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {
        streams.endReadArray(token, fd, array, offset, length, result);
    }

    @Override
    public void endWriteArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {
        streams.endWriteArray(token, fd, array, offset, length, result);
    }

    @Override
    public void endWriteText(Object token, FileDescriptor fd, int length, int result) {
        streams.endWriteText(token, fd, length, result);
    }

    @Override
    public void endByte(Object token, FileDescriptor fd, boolean write, int result) {
        streams.endByte(token, fd, write, result);
    }

    @Override
    public void beginPacket(Object packet) {
        packets.beginPacket(packet);
    }

    @Override
    public void endPacket(boolean done) {
        packets.endPacket(done);
    }

    @Override
    public void beginRecord() {
        tlsSockets.beginRecord();
    }

    @Override
    public void endRecord(byte @Nullable [] plain, int offset, int length, boolean whole) {
        tlsSockets.endRecord(plain, offset, length, whole);
    }

    @Override
    public void decrypted(Object socket, byte[] array, int offset, int length) {
        tlsSockets.decrypted(socket, array, offset, length);
    }

    @Override
    public long @Nullable [] beginTls(
            boolean unwrap,
            ByteBuffer[] sources,
            int sourceOffset,
            int sourceLength,
            ByteBuffer[] sinks,
            int sinkOffset,
            int sinkLength) {
        return engines.begin(unwrap, sources, sourceOffset, sourceLength, sinks, sinkOffset, sinkLength);
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
            int produced) {
        engines.end(token, sources, sourceOffset, sourceLength, sinks, sinkOffset, sinkLength, consumed, produced);
    }

    @Override
    public ByteBuffer[] one(ByteBuffer buffer) {
        return engines.one(buffer);
    }

    @Override
    public Object beginTransferTo(Object source, @Nullable Object target) {
        return transfers.beginTransferTo(source, target);
    }

    @Override
    public Object beginTransferFrom(Object target, @Nullable Object source) {
        return transfers.beginTransferFrom(target, source);
    }

    @Override
    public void endTransfer(Object token, long moved) {
        transfers.endTransfer(token, moved);
    }

    @Override
    public void endKernel(
            Object token,
            FileDescriptor source,
            FileDescriptor target,
            boolean sendfile,
            boolean append,
            long count,
            long result) {
        transfers.endKernel(token, source, target, sendfile, append, count, result);
    }

    @Override
    public void copiedDirectly(int source, int target, boolean inPieces, int result) {
        copies.copiedDirectly(source, target, inPieces, result);
    }

    @Override
    public void copied(int source, int target, int bufferSize) {
        copies.copied(source, target, bufferSize);
    }

    @Override
    public long[] beginCopy() {
        return copies.begin();
    }

    @Override
    public void copiedPath(long[] token, Object source, Object target) {
        copies.copiedPath(token, source, target);
    }

    @Override
    public void mapped(FileDescriptor file, @Nullable Object mode, Object unmapper) {
        tracer.mapped(file, mode, unmapper);
    }

    @Override
    public void unmapped(Object unmapper) {
        tracer.unmapped(unmapper);
    }

    @Override
    public void compacted(ByteBuffer buffer, int from) {
        tracer.compacted(buffer, from);
    }

    @Override
    public void allocated(ByteBuffer buffer) {
        tracer.allocated(buffer);
    }

    @Override
    public void allocatedSegment(Object segment) {
        tracer.allocatedSegment(segment);
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
            int result) {
        natives.endNative(token, descriptor, number, write, buffer, address, position, result);
    }

    @Override
    public void endNativeVector(
            Object token,
            Object descriptor,
            int number,
            ByteBuffer @Nullable [] buffers,
            int offset,
            int length,
            long vector,
            long result) {
        natives.endNativeVector(token, descriptor, number, buffers, offset, length, vector, result);
    }

    @Override
    public void endReceive(
            Object token,
            Object descriptor,
            int number,
            @Nullable ByteBuffer buffer,
            long address,
            int position,
            @Nullable Object sender) {
        natives.endReceive(token, descriptor, number, buffer, address, position, sender);
    }

    @Override
    public void endPackets(Object token, Object descriptor, boolean write, Object[] packets, int offset, int result) {
        natives.endPackets(token, descriptor, write, packets, offset, result);
    }

    @Override
    public void endReceivePacket(Object token, Object descriptor, Object packet, int result) {
        natives.endReceivePacket(token, descriptor, packet, result);
    }

    @Override
    public void endSendFile(Object token, Object descriptor, Object region, long count, long result) {
        natives.endSendFile(token, descriptor, region, count, result);
    }

    @Override
    public void endSplice(Object token, int source, int target, int result) {
        natives.endSplice(token, source, target, result);
    }

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
            boolean kept) {
        rings.requested(ring, operation, flags, descriptor, from, address, length, id, kept);
    }

    @Override
    public void completed(int ring, int operation, int result, int flags, long id) {
        rings.completed(ring, operation, result, flags, id);
    }

    @Override
    public void provided(Object buffer) {
        rings.provided(buffer);
    }

    @Override
    public void splicing(Object region, int socket, boolean intoPipe) {
        rings.splicing(region, socket, intoPipe);
    }
}
