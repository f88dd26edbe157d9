package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.aggregate.Totals;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.EndpointKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.Fallback;
import iopath.agent.classify.KernelCall;
import iopath.agent.classify.Loop;
import iopath.agent.classify.Path;
import iopath.agent.classify.Reason;
import iopath.agent.classify.Request;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.JdkInternals;
import iopath.agent.endpoint.NettyInternals;
import iopath.agent.link.ContentScan;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import iopath.agent.link.Mappings;
import iopath.agent.link.Memory;
import iopath.agent.link.NativeMemory;
import iopath.agent.link.Portions;
import iopath.agent.link.Portions.Relation;
import iopath.agent.probe.Sink;
import java.io.FileDescriptor;
import java.net.DatagramPacket;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Turns operations into rows of totals.
 *
 * <p>Every operation is one row of what a system call tracer would count. A read is a transfer to memory until a write
 * sends the same memory on: then its bytes move to the row of that transfer.
 */
public final class Observer implements Sink {

    /** {@code sun.nio.ch.IOStatus.UNAVAILABLE}: the kernel said EAGAIN. */
    private static final int UNAVAILABLE = -2;

    /** What Linux moves with one sendfile or copy_file_range (sendfile(2)). */
    private static final long MOST_AT_ONCE = 0x7ffff000L;

    // io_uring_enter(2): flags of requests and of completions, and the error of a request that was taken back.
    private static final int FIXED_FILE = 1;
    private static final int BUFFER_SELECT = 1 << 5;
    private static final int IN_PROVIDED_BUFFER = 1;
    private static final int MORE_TO_COME = 1 << 1;
    private static final int NOTIFICATION = 1 << 3;
    private static final int CANCELED = -125;

    private static final int SAMPLE_RING = 4096;

    // What is known of a TLS engine's input, in the first field of its token.
    private static final long COMPARE = 0;
    private static final long UNCHANGED = 1;
    private static final long CHANGED = 2;

    private final Endpoints endpoints;
    private final LinkTable links;
    private final Contents contents;
    private final Mappings mappings = new Mappings();
    private final Details details;
    private final Samples samples;
    private final Lanes lanes;
    private final Rings rings = new Rings();
    private final long mean;
    private final int jdk = Runtime.version().feature();
    private final int tlsFraming;
    private final int wouldBlock;
    private final int tooShort;
    private final int sentAgain;

    private final AtomicLong sampleNumber = new AtomicLong();
    private final long[] sampleNumbers = new long[SAMPLE_RING];
    private final long[] sampleWeights = new long[SAMPLE_RING];
    private final boolean[] kindSeen = new boolean[1 << 12];

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
        this.links = links;
        this.contents = contents;
        this.details = details;
        this.samples = samples;
        this.lanes = new Lanes(totals, mean);
        this.mean = mean;
        this.tlsFraming = details.number(Details.TLS_FRAMING);
        this.wouldBlock = details.number(Details.WOULD_BLOCK);
        this.tooShort = details.number(Details.TOO_SHORT);
        this.sentAgain = details.number(Details.SENT_AGAIN);
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

    @Override
    public void resume() {
        lanes.resume();
        endpoints.resume();
        rings.resume();
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
    public void endRead(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {
        Lane lane = lanes.of(token);
        if (result == 0 || lane.muted != 0) {
            // 0: the buffer was full, no call was made. The end of a file is -1.
            return;
        }
        Endpoint source = endpoints.of(fd);
        Frame frame = lanes.frame(lane);
        if (isIgnored(source, frame, result)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        if (frame != null && frame.packet != null) {
            // The JDK reads into memory of its own, and copies from there into the packet's array.
            boolean first = operation(lane, source, false, BufferKind.HEAP, result, 1, nanos);
            frame.received(frame.packet, source, result, nanos, first);
            return;
        }
        BufferKind kind = Memory.kind(buffer);
        boolean fresh = operation(lane, source, false, kind, result, 1, nanos);
        if (result > 0) {
            int end = buffer.position();
            read(lane, source, buffer, kind, end - result, end, 1, nanos, fresh);
        }
    }

    @Override
    public void endWrite(Object token, FileDescriptor fd, ByteBuffer buffer, int result) {
        Lane lane = lanes.of(token);
        if (result == 0 || lane.muted != 0) {
            return;
        }
        Endpoint sink = endpoints.of(fd);
        Frame frame = lanes.frame(lane);
        if (isIgnored(sink, frame, result)) {
            return;
        }
        if (frame != null && frame.packet != null) {
            sentPacket(lane, frame, frame.packet, sink, result);
            return;
        }
        BufferKind kind = Memory.kind(buffer);
        long nanos = lane.nanos(lane.started);
        if (result < 0 || frame != null && frame.record) {
            untraced(lane, sink, kind, frame, result, nanos);
        } else {
            int end = buffer.position();
            lane.portions.clear();
            trace(lane, sink, buffer, kind, end - result, end);
            traced(lane, sink, kind, frame, false, result, nanos);
        }
    }

    @Override
    public long @Nullable [] beginVector(ByteBuffer[] buffers, int offset, int length) {
        Lane lane = lanes.current();
        if (lane.muted != 0) {
            return null;
        }
        long[] token = lane.borrow(length + 1);
        token[0] = lane.token();
        for (int i = 0; i < length; i++) {
            token[i + 1] = buffers[offset + i].position();
        }
        return token;
    }

    @Override
    public void endReadVector(
            long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {
        Lane lane = lanes.current();
        try {
            if (result == 0) {
                return;
            }
            Endpoint source = endpoints.of(fd);
            if (isIgnored(source, lanes.frame(lane), result)) {
                return;
            }
            long nanos = lane.nanos(token[0]);
            if (result < 0) {
                operation(lane, source, false, Memory.kind(buffers[offset]), result, 1, nanos);
            }
            int reads = 1;
            long left = result;
            for (int i = 0; i < length && left > 0; i++) {
                ByteBuffer buffer = buffers[offset + i];
                int from = (int) token[i + 1];
                int count = (int) Math.min(buffer.position() - from, left);
                if (count > 0) {
                    BufferKind kind = Memory.kind(buffer);
                    boolean fresh = operation(lane, source, false, kind, count, reads, reads * nanos);
                    read(lane, source, buffer, kind, from, from + count, reads, reads * nanos, fresh);
                    reads = 0;
                    left -= count;
                }
            }
        } finally {
            lane.giveBack(token);
        }
    }

    @Override
    public void endWriteVector(
            long[] token, FileDescriptor fd, ByteBuffer[] buffers, int offset, int length, long result) {
        Lane lane = lanes.current();
        try {
            if (result == 0) {
                return;
            }
            Endpoint sink = endpoints.of(fd);
            Frame frame = lanes.frame(lane);
            if (isIgnored(sink, frame, result)) {
                return;
            }
            long nanos = lane.nanos(token[0]);
            BufferKind kind = largestKind(token, buffers, offset, length);
            if (result < 0) {
                operation(lane, sink, true, kind, result, 1, nanos);
            } else {
                lane.cells.begin();
                try {
                    gathered(lane, token, sink, buffers, offset, length, result, nanos);
                    written(lane, sink, kind, frame, false, 1, nanos);
                } finally {
                    lane.cells.end();
                }
            }
        } finally {
            lane.giveBack(token);
        }
    }

    /** Counts the buffers of a gathering write one by one, by their kinds, and finds where their bytes came from. */
    private void gathered(
            Lane lane,
            long[] token,
            Endpoint sink,
            ByteBuffer[] buffers,
            int offset,
            int length,
            long result,
            long nanos) {
        lane.portions.clear();
        int writes = 1;
        long left = result;
        for (int i = 0; i < length && left > 0; i++) {
            ByteBuffer buffer = buffers[offset + i];
            int from = (int) token[i + 1];
            int count = (int) Math.min(buffer.position() - from, left);
            if (count > 0) {
                BufferKind own = Memory.kind(buffer);
                operation(lane, sink, true, own, count, writes, writes * nanos);
                writes = 0;
                trace(lane, sink, buffer, own, from, from + count);
                left -= count;
            }
        }
    }

    /** The kind of memory that most bytes of a gathering write lie in: transfers of that write are of this kind. */
    private static BufferKind largestKind(long[] token, ByteBuffer[] buffers, int offset, int length) {
        BufferKind kind = BufferKind.HEAP;
        long most = -1;
        for (int i = 0; i < length; i++) {
            ByteBuffer buffer = buffers[offset + i];
            long moved = buffer.position() - token[i + 1];
            if (moved > most) {
                most = moved;
                kind = Memory.kind(buffer);
            }
        }
        return kind;
    }

    @Override
    public void endReadArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {
        Lane lane = lanes.of(token);
        if (length == 0 || result == 0 || lane.muted != 0) {
            return;
        }
        Endpoint source = endpoints.of(fd);
        if (isIgnored(source, lanes.frame(lane), result)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        boolean fresh = operation(lane, source, false, BufferKind.HEAP, result, 1, nanos);
        if (result > 0) {
            note(lane, source, array, Memory.base(array), offset, BufferKind.HEAP, result, 1, nanos, fresh);
        }
    }

    @Override
    public void endWriteArray(Object token, FileDescriptor fd, byte[] array, int offset, int length, int result) {
        Lane lane = lanes.of(token);
        if (length == 0 || lane.muted != 0) {
            return;
        }
        Endpoint sink = endpoints.of(fd);
        Frame frame = lanes.frame(lane);
        if (isIgnored(sink, frame, result)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        if (result <= 0 || frame != null && frame.record) {
            untraced(lane, sink, BufferKind.HEAP, frame, result, nanos);
        } else {
            lane.portions.clear();
            long base = Memory.base(array);
            trace(lane, sink, array, base, base + offset, base + offset + result);
            traced(lane, sink, BufferKind.HEAP, frame, true, result, nanos);
        }
    }

    /** Counts a write that failed, or one of a record, whose bytes count as the application's own until its end. */
    private void untraced(Lane lane, Endpoint sink, BufferKind kind, @Nullable Frame frame, int result, long nanos) {
        if (frame == null || !frame.record || result <= 0) {
            operation(lane, sink, true, kind, result, 1, nanos);
            return;
        }
        lane.cells.begin();
        try {
            operation(lane, sink, true, kind, result, 1, nanos);
            ofRecord(lane, sink, result, 1, nanos);
        } finally {
            lane.cells.end();
        }
        frame.wrote(sink, result, nanos);
    }

    private static void ofRecord(Lane lane, Endpoint sink, long bytes, int writes, long nanos) {
        lane.cells.add(Key.own(sink.id(), BufferKind.HEAP, Reason.NONE), bytes, writes, writes, nanos);
    }

    /** Counts a write of which the lane's portions say where its bytes came from. */
    private void traced(
            Lane lane, Endpoint sink, BufferKind kind, @Nullable Frame frame, boolean stream, int bytes, long nanos) {
        if (lane.portions.isOwn()) {
            ownWrite(lane, sink, kind, bytes, nanos);
        } else {
            lane.cells.begin();
            try {
                operation(lane, sink, true, kind, bytes, 1, nanos);
                written(lane, sink, kind, frame, stream, 1, nanos);
            } finally {
                lane.cells.end();
            }
        }
    }

    /** Counts what most writes of most applications are: operation and transfer are one row. */
    private void ownWrite(Lane lane, Endpoint sink, BufferKind kind, int bytes, long nanos) {
        boolean fresh = lane.cells.add(Key.ownWrite(sink.id(), kind), bytes, 1, 1, nanos);
        sample(lane, Key.own(sink.id(), kind, Reason.NONE), bytes, fresh);
    }

    @Override
    public void beginRecord() {
        lanes.push(lanes.current()).beginRecord();
    }

    @Override
    public void endRecord(byte @Nullable [] plain, int offset, int length, boolean whole) {
        Lane lane = lanes.current();
        Frame frame = lanes.frame(lane);
        if (frame == null || !frame.record) {
            return;
        }
        Endpoint sink = frame.sink;
        long cipher = frame.cipher;
        int writes = frame.writes;
        long nanos = frame.nanos;
        lanes.pop(lane);
        if (sink == null || cipher == 0) {
            return;
        }
        Portions portions = lane.portions;
        portions.clear();
        if (plain == null) {
            portions.encrypted(cipher);
        } else if (whole && cipher >= length) {
            long base = Memory.base(plain);
            links.write(plain, base, base + offset, base + offset + length, portions);
            portions.encrypted(cipher - length);
        }
        lane.cells.begin();
        try {
            ofRecord(lane, sink, -cipher, -writes, -nanos);
            if (portions.size() == 0 && portions.framing() == 0) {
                // It failed on the way: how much of the plaintext is in what was written cannot be told.
                long key = Key.transfer(
                        0,
                        sink.id(),
                        Path.UNKNOWN,
                        Reason.UNKNOWN,
                        Evidence.NONE,
                        BufferKind.HEAP.copies(),
                        Details.NONE);
                count(lane, key, cipher, writes, nanos);
            } else {
                written(lane, sink, BufferKind.HEAP, null, true, writes, nanos);
            }
        } finally {
            lane.cells.end();
        }
    }

    @Override
    public void decrypted(Object socket, byte[] array, int offset, int length) {
        Lane lane = lanes.current();
        FileDescriptor fd = JdkInternals.tlsDescriptor(socket);
        if (fd == null || lane.muted != 0) {
            return;
        }
        Endpoint source = endpoints.of(fd);
        if (!isIgnored(source, lanes.frame(lane), 0)) {
            long base = Memory.base(array);
            long from = base + offset;
            links.tls(
                    array, base, from, from + length, source.id(), BufferKind.HEAP.ordinal(), length, length, 0, 0, 0);
            noteContent(lane, source, array, base, from, from + length, BufferKind.HEAP);
        }
    }

    @Override
    public void copied(int source, int target, int bufferSize) {
        copied(endpoints.ofNumber(source), endpoints.ofNumber(target), endpoints.size(target), bufferSize);
    }

    @Override
    public void copiedPath(Object source, Object target) {
        // No descriptor is seen, but what JDK 17 makes of them: sendfile, and if that is refused a loop
        // (UnixCopyFile.c).
        Endpoint from = endpoints.ofPath(source.toString());
        Endpoint to = endpoints.ofPath(target.toString());
        copied(from, to, endpoints.size(target.toString()), 0);
    }

    /** Counts the copy of a whole file, and the end of the file that the JDK's loops ask for. */
    private void copied(Endpoint source, Endpoint sink, long bytes, int bufferSize) {
        Lane lane = lanes.current();
        if (lane.muted != 0 || isIgnored(source, lanes.frame(lane), bytes) || sink.ignored()) {
            return;
        }
        lane.cells.begin();
        try {
            if (bufferSize > 0) {
                copiedByLoop(lane, source, sink, bytes, bufferSize);
            } else {
                copiedByKernel(lane, source, sink, bytes);
            }
        } finally {
            lane.cells.end();
        }
    }

    private void copiedByLoop(Lane lane, Endpoint source, Endpoint sink, long bytes, int bufferSize) {
        BufferKind kind = BufferKind.DIRECT;
        long writes = (bytes + bufferSize - 1) / bufferSize;
        lane.cells.add(Key.operation(source.id(), false, kind), bytes, writes, writes + 1, 0);
        lane.cells.add(Key.operation(sink.id(), true, kind), bytes, writes, writes, 0);
        lane.cells.add(Key.kept(source.id(), kind), -bytes, -writes, -writes, 0);
        Reason reason = source.regular() ? Reason.KERNEL_REFUSED : Reason.NOT_A_REGULAR_FILE;
        long key = Key.transfer(
                source.id(), sink.id(), kind.path(), reason, Evidence.SAME_CALL, 2 * kind.copies(), Details.NONE);
        sample(lane, key, bytes, lane.cells.add(key, bytes, 2 * writes, 2 * writes, 0));
    }

    private void copiedByKernel(Lane lane, Endpoint source, Endpoint sink, long bytes) {
        KernelCall call = KernelCall.of(jdk, true, source.device() == sink.device());
        long moves = (bytes + MOST_AT_ONCE - 1) / MOST_AT_ONCE;
        long calls = moves + call.calls();
        // Whether sendfile takes a file of /proc depends on the kernel, and JDK 17 does not let it be seen.
        long key = source.regular()
                ? Key.transfer(source.id(), sink.id(), call.path(), Reason.NONE, Evidence.KERNEL, 1, Details.NONE)
                : Key.transfer(
                        source.id(), sink.id(), Path.UNKNOWN, Reason.UNKNOWN, Evidence.SAME_CALL, 1, Details.NONE);
        sample(lane, key, bytes, lane.cells.add(Key.whole(key), bytes, moves, calls, 0));
    }

    @Override
    public void endByte(Object token, FileDescriptor fd, boolean write, int result) {
        Lane lane = lanes.of(token);
        if (lane.muted != 0) {
            return;
        }
        Endpoint endpoint = endpoints.of(fd);
        if (isIgnored(endpoint, lanes.frame(lane), 1)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        int moved = result < 0 ? 0 : 1;
        if (moved > 0 && write) {
            ownWrite(lane, endpoint, BufferKind.HEAP, 1, nanos);
            return;
        }
        boolean fresh = operation(lane, endpoint, write, BufferKind.HEAP, moved, 1, nanos);
        if (moved > 0) {
            sample(lane, Key.kept(endpoint.id(), BufferKind.HEAP), 1, fresh);
        }
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
    public void beginTransferTo(Object source, @Nullable Object target) {
        transfer(true, source, target);
    }

    @Override
    public void beginTransferFrom(Object target, @Nullable Object source) {
        transfer(false, target, source);
    }

    private void transfer(boolean to, Object file, @Nullable Object peer) {
        Lane lane = lanes.current();
        Frame frame = lanes.push(lane);
        Frame outer = frame.outer;
        // Pushed before anything can fail: the end pops unconditionally.
        frame.begin(to, lane.muted != 0 || outer != null && outer.ignored);
        FileDescriptor fd = JdkInternals.descriptor(file);
        if (fd == null) {
            return;
        }
        Endpoint endpoint = endpoints.of(fd);
        frame.endpoint = endpoint.id();
        Fallback.Peer type = peerType(peer);
        frame.peer = type.ordinal();
        if (type != Fallback.Peer.FILE_CHANNEL && type != Fallback.Peer.SOCKET_CHANNEL) {
            frame.other = peer;
        }
        FileDescriptor peerFd = JdkInternals.descriptor(peer);
        FileDescriptor target = to ? peerFd : fd;
        frame.append = target != null && JdkInternals.appends(target);
        frame.same = fd == peerFd;
        frame.ignored |=
                endpoint.ignored() || peerFd != null && endpoints.of(peerFd).ignored();
    }

    @Override
    public void endTransfer() {
        lanes.pop(lanes.current());
    }

    @Override
    public long beginKernel() {
        return lanes.current().token();
    }

    @Override
    public void endKernel(
            long token,
            FileDescriptor sourceFd,
            FileDescriptor targetFd,
            boolean transferTo,
            boolean append,
            long count,
            long result) {
        Lane lane = lanes.current();
        if (lane.muted != 0 || append && jdk >= 21) {
            return;
        }
        Frame frame = lanes.frame(lane);
        if (frame != null) {
            frame.attempts++;
        }
        Endpoint source = endpoints.of(sourceFd);
        Endpoint sink = endpoints.of(targetFd);
        if (isIgnored(source, frame, result) || isIgnored(sink, frame, result)) {
            return;
        }
        boolean copyable = source.regular() && sink.regular() && source.device() == sink.device();
        KernelCall call = KernelCall.of(jdk, transferTo, copyable);
        boolean blocked = jdk >= 21 ? result == UNAVAILABLE : result == 0 && count > 0;
        movedByKernel(lane, source, sink, call, result, blocked, token);
    }

    /** Counts one attempt to move bytes in the kernel that began at {@code token}. */
    private void movedByKernel(
            Lane lane, Endpoint source, Endpoint sink, KernelCall call, long result, boolean blocked, long token) {
        long nanos = lane.nanos(token);
        if (result <= 0 && !blocked) {
            operations(lane, source, sink, 0, 0, call.calls(), nanos);
            return;
        }
        long moved = Math.max(result, 0);
        // Into a socket the page is referenced; into a file it is copied once, unless the file system shares extents.
        int copies = sink.kind() == EndpointKind.FILE ? 1 : 0;
        int detail = moved > 0 ? Details.NONE : wouldBlock;
        long key = Key.transfer(source.id(), sink.id(), call.path(), Reason.NONE, Evidence.KERNEL, copies, detail);
        sample(lane, key, moved, lane.cells.add(Key.whole(key), moved, moved > 0 ? 1 : 0, call.calls(), nanos));
    }

    /** Counts both sides of what moved inside the kernel. */
    private static void operations(
            Lane lane, Endpoint source, Endpoint sink, long bytes, long operations, long calls, long nanos) {
        lane.cells.add(Key.operation(source.id(), false, BufferKind.KERNEL), bytes, operations, calls, nanos);
        lane.cells.add(Key.operation(sink.id(), true, BufferKind.KERNEL), bytes, operations, calls, nanos);
    }

    @Override
    public void mapped(FileDescriptor file, @Nullable Object mode, @Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return;
        }
        FileDescriptor mapping = Memory.mapping(buffer);
        if (mapping != null) {
            mappings.add(mapping, endpoints.of(file).id(), mode == MapMode.PRIVATE);
        }
    }

    @Override
    public void compacted(ByteBuffer buffer, int from) {
        Lane lane = lanes.current();
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        links.moved(memory, base, base + Memory.offset(buffer) + from, from, buffer.position(), lane.moved());
    }

    @Override
    public void allocated(ByteBuffer buffer) {
        long base = Memory.base(buffer);
        links.forget(base, base + buffer.capacity());
    }

    @Override
    public void allocatedSegment(Object segment) {
        long from = Memory.segmentAddress(segment);
        links.forget(from, from + Memory.segmentSize(segment));
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
        Lane lane = lanes.current();
        long[] token = lane.borrow(1 + sourceLength + sinkLength);
        token[0] = CHANGED;
        for (int i = 0; i < sourceLength; i++) {
            token[1 + i] = sources[sourceOffset + i].position();
        }
        for (int i = 0; i < sinkLength; i++) {
            token[1 + sourceLength + i] = sinks[sinkOffset + i].position();
        }
        if (!unwrap) {
            token[0] = COMPARE;
        } else if (areUnchanged(sources, sourceOffset, sourceLength)) {
            token[0] = UNCHANGED;
        }
        return token;
    }

    private boolean areUnchanged(ByteBuffer[] buffers, int offset, int length) {
        for (int i = 0; i < length; i++) {
            ByteBuffer buffer = buffers[offset + i];
            Object memory = Memory.of(buffer);
            long base = Memory.base(memory);
            long start = base + Memory.offset(buffer);
            if (!links.isUnchanged(memory, base, start + buffer.position(), start + buffer.limit())) {
                return false;
            }
        }
        return true;
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
        Lane lane = lanes.current();
        try {
            if (produced <= 0 || lane.muted != 0) {
                return;
            }
            lane.portions.clear();
            long left = consumed;
            for (int i = 0; i < sourceLength && left > 0; i++) {
                ByteBuffer buffer = sources[sourceOffset + i];
                int from = (int) token[1 + i];
                int count = (int) Math.min(buffer.position() - from, left);
                if (count > 0) {
                    resolve(lane, buffer, Memory.kind(buffer), from, from + count, token[0]);
                    left -= count;
                }
            }
            long at = 0;
            for (int i = 0; i < sinkLength && at < produced; i++) {
                ByteBuffer buffer = sinks[sinkOffset + i];
                int from = (int) token[1 + sourceLength + i];
                int count = (int) Math.min(buffer.position() - from, produced - at);
                if (count > 0 && !buffer.isReadOnly()) {
                    noteTls(lane, buffer, from, count, at, consumed, produced, token[0] != COMPARE);
                    at += count;
                }
            }
        } finally {
            lane.one[0] = null;
            lane.giveBack(token);
        }
    }

    @Override
    @SuppressWarnings("NullAway") // the array is null inside only between operations
    public ByteBuffer[] one(ByteBuffer buffer) {
        Lane lane = lanes.current();
        lane.one[0] = buffer;
        return lane.one;
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
        Lane lane = lanes.of(token);
        Endpoint endpoint = endpoints.of(descriptor, number);
        Frame frame = lanes.frame(lane);
        if (lane.muted != 0 || isIgnored(endpoint, frame, result)) {
            return;
        }
        BufferKind kind = buffer == null ? BufferKind.DIRECT : Memory.kind(buffer);
        long nanos = lane.nanos(lane.started);
        if (write && result > 0) {
            lane.portions.clear();
            if (buffer != null) {
                trace(lane, endpoint, buffer, kind, position, position + result);
            } else {
                long from = address + position;
                trace(lane, endpoint, Memory.NATIVE, 0, from, from + result);
            }
            traced(lane, endpoint, kind, frame, false, result, nanos);
            return;
        }
        boolean fresh = operation(lane, endpoint, write, kind, result, 1, nanos);
        if (result > 0 && buffer != null) {
            read(lane, endpoint, buffer, kind, position, position + result, 1, nanos, fresh);
        } else if (result > 0) {
            note(lane, endpoint, Memory.NATIVE, address, position, kind, result, 1, nanos, fresh);
        }
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
        Lane lane = lanes.of(token);
        Endpoint sink = endpoints.of(descriptor, number);
        Frame frame = lanes.frame(lane);
        if (lane.muted != 0 || isIgnored(sink, frame, result)) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        lane.portions.clear();
        long left = result;
        for (int i = 0; i < length && left > 0; i++) {
            long count;
            if (buffers != null) {
                ByteBuffer buffer = buffers[offset + i];
                count = Math.min(buffer.remaining(), left);
                int at = buffer.position();
                trace(lane, sink, buffer, Memory.kind(buffer), at, at + (int) count);
            } else {
                long from = NativeMemory.word(vector + 2L * Long.BYTES * i);
                count = Math.min(NativeMemory.word(vector + 2L * Long.BYTES * i + Long.BYTES), left);
                trace(lane, sink, Memory.NATIVE, 0, from, from + count);
            }
            left -= count;
        }
        if (result > 0) {
            traced(lane, sink, BufferKind.DIRECT, frame, false, (int) result, nanos);
        } else {
            operation(lane, sink, true, BufferKind.DIRECT, result, 1, nanos);
        }
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
        int result = sender == null ? UNAVAILABLE : NettyInternals.received(sender);
        endNative(token, descriptor, number, false, buffer, address, position, result);
    }

    @Override
    public void endPackets(Object token, Object descriptor, boolean write, Object[] packets, int offset, int result) {
        Lane lane = lanes.of(token);
        Endpoint endpoint = endpoints.of(descriptor, NettyInternals.number(descriptor));
        if (lane.muted != 0) {
            return;
        }
        long nanos = lane.nanos(lane.started);
        if (result <= 0) {
            operation(lane, endpoint, write, BufferKind.DIRECT, result, 1, nanos);
        }
        for (int i = 0; i < result; i++) {
            // One call has moved them all: it counts with the first.
            int calls = i == 0 ? 1 : 0;
            if (write) {
                sentPacket(lane, endpoint, packets[offset + i], calls, nanos * calls);
            } else {
                int bytes = NettyInternals.count(packets[offset + i]);
                receivedPacket(lane, endpoint, packets[offset + i], bytes, calls, nanos * calls);
            }
        }
    }

    @Override
    public void endReceivePacket(Object token, Object descriptor, Object packet, int result) {
        Lane lane = lanes.of(token);
        Endpoint source = endpoints.of(descriptor, NettyInternals.number(descriptor));
        if (lane.muted == 0) {
            receivedPacket(lane, source, packet, result, 1, lane.nanos(lane.started));
        }
    }

    /** Counts a datagram, which is sent as a whole or not at all. */
    private void sentPacket(Lane lane, Endpoint sink, Object packet, int calls, long nanos) {
        long vector = NettyInternals.vector(packet);
        int pieces = NettyInternals.count(packet);
        lane.portions.clear();
        long bytes = 0;
        for (int i = 0; i < pieces; i++) {
            long from = NativeMemory.word(vector + 2L * Long.BYTES * i);
            long count = NativeMemory.word(vector + 2L * Long.BYTES * i + Long.BYTES);
            trace(lane, sink, Memory.NATIVE, 0, from, from + count);
            bytes += count;
        }
        lane.cells.begin();
        try {
            operation(lane, sink, true, BufferKind.DIRECT, bytes, calls, nanos);
            written(lane, sink, BufferKind.DIRECT, null, false, calls, nanos);
        } finally {
            lane.cells.end();
        }
    }

    /** Counts a datagram that has come into the first piece of a packet's memory, the only one there is for a receipt. */
    private void receivedPacket(Lane lane, Endpoint source, Object packet, int bytes, int calls, long nanos) {
        boolean fresh = operation(lane, source, false, BufferKind.DIRECT, bytes, calls, nanos);
        if (bytes > 0) {
            long from = NativeMemory.word(NettyInternals.vector(packet));
            note(lane, source, Memory.NATIVE, from, 0, BufferKind.DIRECT, bytes, calls, nanos, fresh);
        }
    }

    @Override
    public void endSendFile(Object token, Object descriptor, Object region, long count, long result) {
        Lane lane = lanes.of(token);
        FileDescriptor file = NettyInternals.file(region);
        Endpoint source = file == null ? endpoints.other(EndpointKind.FILE) : endpoints.of(file);
        Endpoint sink = endpoints.of(descriptor, NettyInternals.number(descriptor));
        if (lane.muted != 0 || isIgnored(source, lanes.frame(lane), result)) {
            return;
        }
        movedByKernel(lane, source, sink, KernelCall.SENDFILE, result, result == 0 && count > 0, lane.started);
    }

    @Override
    public void beginPacket(Object packet) {
        lanes.push(lanes.current()).beginPacket((DatagramPacket) packet);
    }

    @Override
    public void endPacket(boolean done) {
        Lane lane = lanes.current();
        Frame frame = lanes.frame(lane);
        if (frame == null || frame.packet == null) {
            return;
        }
        Endpoint source = frame.source;
        byte[] memory = frame.memory;
        int offset = frame.offset;
        int bytes = frame.received;
        long nanos = frame.nanos;
        boolean fresh = frame.fresh;
        lanes.pop(lane);
        if (done && source != null && memory != null && bytes > 0) {
            note(lane, source, memory, Memory.base(memory), offset, BufferKind.HEAP, bytes, 1, nanos, fresh);
        }
    }

    /** Counts a datagram, which the JDK has copied from the packet's array into memory of its own. */
    private void sentPacket(Lane lane, Frame frame, DatagramPacket packet, Endpoint sink, int result) {
        long nanos = lane.nanos(lane.started);
        if (result < 0) {
            untraced(lane, sink, BufferKind.HEAP, frame, result, nanos);
            return;
        }
        byte[] array = packet.getData();
        long base = Memory.base(array);
        long from = base + packet.getOffset();
        lane.portions.clear();
        trace(lane, sink, array, base, from, from + result);
        traced(lane, sink, BufferKind.HEAP, frame, false, result, nanos);
    }

    @Override
    public void closed(int number) {
        endpoints.closed(number);
    }

    @Override
    public void endSplice(Object token, int source, int target, int result) {
        Lane lane = lanes.of(token);
        Endpoint from = endpoints.ofOpen(source);
        Endpoint to = endpoints.ofOpen(target);
        if (lane.muted == 0 && !isIgnored(from, lanes.frame(lane), result) && !to.ignored()) {
            spliced(lane, Request.SPLICE, from, to, result, lane.nanos(lane.started));
        }
    }

    @Override
    public void splicing(Object region, int socket, boolean intoPipe) {
        Lane lane = lanes.current();
        FileDescriptor file = NettyInternals.file(region);
        lane.spliceSource = file == null ? endpoints.other(EndpointKind.FILE) : endpoints.of(file);
        lane.spliceSink = endpoints.ofOpen(socket);
        lane.spliceIn = intoPipe;
    }

    @Override
    public void requested(
            int number,
            int operation,
            int flags,
            int descriptor,
            int from,
            long address,
            int length,
            long id,
            boolean kept) {
        Lane lane = lanes.current();
        Endpoint source = lane.spliceSource;
        Endpoint sink = lane.spliceSink;
        lane.spliceSource = null;
        lane.spliceSink = null;
        Request request = Request.of(operation);
        Ring ring = request == Request.OTHER || (flags & FIXED_FILE) != 0 ? null : rings.of(number);
        if (ring == null || lane.muted != 0) {
            return;
        }
        switch (request) {
            // From here on the number has another name.
            case CLOSE, CONNECT -> endpoints.closed(descriptor);
            case ACCEPT -> ring.add(id, request, Endpoints.MEMORY.id());
            case SPLICE -> {
                if (source != null && sink != null) {
                    ring.add(id, lane.spliceIn ? Request.SPLICE_IN : Request.SPLICE_OUT, sink.id(), source.id());
                } else {
                    ring.add(
                            id,
                            request,
                            endpoints.ofOpen(descriptor).id(),
                            endpoints.ofOpen(from).id());
                }
            }
            default -> {
                Endpoint end = endpoints.ofOpen(descriptor);
                int at = end.ignored() ? -1 : ring.add(id, request, end.id());
                if (at >= 0 && (flags & BUFFER_SELECT) == 0) {
                    memory(ring, at, request, address, length);
                    if (!kept && request.isWrite()) {
                        long bytes = request == Request.WRITE ? length : Long.MAX_VALUE;
                        ring.look(at, isProven(ring, at, bytes) ? Ring.Look.PROVEN : Ring.Look.UNPROVEN);
                    }
                }
            }
        }
    }

    /** Notes where the bytes of a request lie. */
    private static void memory(Ring ring, int at, Request request, long address, int length) {
        switch (request) {
            case READ, WRITE -> ring.address(at, address);
            case READ_VECTOR, WRITE_VECTOR -> ring.vector(at, address, length);
            case READ_MESSAGE, WRITE_MESSAGE -> ring.message(at, address);
            case SPLICE, SPLICE_IN, SPLICE_OUT, ACCEPT, CONNECT, CLOSE, OTHER -> {}
        }
    }

    /** Whether memory of a send, at most {@code length} bytes of each piece, holds what was read into it. */
    private boolean isProven(Ring ring, int at, long length) {
        for (int i = 0; i < ring.pieces(at); i++) {
            long from = ring.address(at, i);
            if (!links.isProven(Memory.NATIVE, 0, from, from + ring.length(at, i, length))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void completed(int number, int operation, int result, int flags, long id) {
        Lane lane = lanes.current();
        lane.provider = null;
        Ring ring = rings.known(number);
        int at = ring == null ? -1 : ring.find(id);
        if (ring != null && at >= 0) {
            try {
                // The notification of a send without copies has no bytes of its own.
                if ((flags & NOTIFICATION) == 0 && result != CANCELED && lane.muted == 0) {
                    completed(lane, ring, at, result, flags);
                }
            } finally {
                if ((flags & MORE_TO_COME) == 0) {
                    ring.remove(at);
                }
            }
        } else if (result > 0 && (flags & NOTIFICATION) == 0 && lane.muted == 0) {
            completedUnknown(lane, operation, result, flags);
        }
    }

    /** Counts what was asked for before the recording: its bytes are known, its socket and its memory are not. */
    private void completedUnknown(Lane lane, int operation, int result, int flags) {
        Endpoint end = endpoints.other(EndpointKind.SOCKET);
        if ((flags & IN_PROVIDED_BUFFER) != 0) {
            receivedIntoProvided(lane, end, result);
        } else if (Request.isReceive(operation)) {
            operation(lane, end, false, BufferKind.DIRECT, result, 1, 0);
        } else if (Request.isSend(operation)) {
            lane.cells.begin();
            try {
                operation(lane, end, true, BufferKind.DIRECT, result, 1, 0);
                sentUnseen(lane, end, result, 1);
            } finally {
                lane.cells.end();
            }
        }
    }

    private void completed(Lane lane, Ring ring, int at, int result, int flags) {
        Endpoint end = endpoints.row(ring.end(at));
        Request request = ring.request(at);
        switch (request) {
            case READ, READ_VECTOR, READ_MESSAGE -> {
                if ((flags & IN_PROVIDED_BUFFER) != 0) {
                    receivedIntoProvided(lane, end, result);
                } else {
                    received(lane, ring, at, end, result);
                }
            }
            case WRITE, WRITE_VECTOR, WRITE_MESSAGE -> sent(lane, ring, at, end, result);
            case SPLICE, SPLICE_IN, SPLICE_OUT ->
                spliced(lane, request, endpoints.row(ring.source(at)), end, result, 0);
            case ACCEPT -> {
                if (result >= 0) {
                    endpoints.acceptedNumber(result);
                }
            }
            case CONNECT, CLOSE, OTHER -> {}
        }
    }

    /** Counts a receive into memory that the request named. */
    private void received(Lane lane, Ring ring, int at, Endpoint source, int result) {
        boolean fresh = operation(lane, source, false, BufferKind.DIRECT, result, 1, 0);
        int reads = 1;
        long left = result;
        for (int i = 0; i < ring.pieces(at) && left > 0; i++) {
            long from = ring.address(at, i);
            long count = ring.length(at, i, left);
            if (from != 0 && count > 0) {
                note(lane, source, Memory.NATIVE, from, 0, BufferKind.DIRECT, (int) count, reads, 0, fresh);
                reads = 0;
            }
            left -= count;
        }
    }

    /** Counts a receive into a buffer that the kernel has chosen, which {@link #provided} will tell. */
    private void receivedIntoProvided(Lane lane, Endpoint source, int result) {
        lane.providerIsFresh = operation(lane, source, false, BufferKind.DIRECT, result, 1, 0);
        lane.provider = source;
    }

    @Override
    public void provided(Object buffer) {
        Lane lane = lanes.current();
        Endpoint source = lane.provider;
        lane.provider = null;
        long address = NettyInternals.address(buffer);
        int length = NettyInternals.length(buffer);
        if (address == 0 || length == 0) {
            return;
        }
        if (source == null) {
            links.forget(address, address + length);
        } else {
            boolean fresh = lane.providerIsFresh;
            note(lane, source, Memory.NATIVE, address, 0, BufferKind.DIRECT, length, 1, 0, fresh);
        }
    }

    /** Counts a send. Its memory is as it was when the kernel took it: it is free for others from now on. */
    private void sent(Lane lane, Ring ring, int at, Endpoint sink, int result) {
        lane.portions.clear();
        Ring.Look look = ring.look(at);
        long left = result;
        for (int i = 0; i < ring.pieces(at) && left > 0 && look != Ring.Look.UNPROVEN; i++) {
            long from = ring.address(at, i);
            long count = ring.length(at, i, left);
            if (from != 0 && count > 0) {
                if (look == Ring.Look.LATER) {
                    trace(lane, sink, Memory.NATIVE, 0, from, from + count);
                } else {
                    links.consumed(Memory.NATIVE, 0, from, from + count, lane.portions);
                }
                left -= count;
            }
        }
        if (result > 0 && left == 0) {
            traced(lane, sink, BufferKind.DIRECT, null, false, result, 0);
            return;
        }
        lane.cells.begin();
        try {
            operation(lane, sink, true, BufferKind.DIRECT, result, 1, 0);
            if (result > 0) {
                written(lane, sink, BufferKind.DIRECT, null, false, 1, 0);
                sentUnseen(lane, sink, left, left == result ? 1 : 0);
            }
        } finally {
            lane.cells.end();
        }
    }

    /** Counts bytes that were sent out of memory that cannot be looked at. */
    private void sentUnseen(Lane lane, Endpoint sink, long bytes, int calls) {
        int copies = BufferKind.DIRECT.copies();
        long key = Key.transfer(0, sink.id(), Path.DIRECT, Reason.UNKNOWN, Evidence.NONE, copies, Details.NONE);
        count(lane, key, bytes, calls, 0);
    }

    /** Counts a splice, or half of the way of a file's bytes through a pipe, which is no end of its own then. */
    private void spliced(Lane lane, Request half, Endpoint source, Endpoint sink, int result, long nanos) {
        long moved = Math.max(result, 0);
        int operations = moved > 0 ? 1 : 0;
        lane.cells.begin();
        try {
            if (half != Request.SPLICE_OUT) {
                lane.cells.add(Key.operation(source.id(), false, BufferKind.KERNEL), moved, operations, 1, nanos);
            }
            if (half != Request.SPLICE_IN) {
                lane.cells.add(Key.operation(sink.id(), true, BufferKind.KERNEL), moved, operations, 1, nanos);
            }
            if (moved > 0) {
                int copies = sink.kind() == EndpointKind.FILE ? 1 : 0;
                long key = Key.transfer(
                        source.id(), sink.id(), Path.SPLICE, Reason.NONE, Evidence.KERNEL, copies, Details.NONE);
                // They have arrived with the second half.
                long arrived = half == Request.SPLICE_IN ? 0 : moved;
                sample(lane, key, arrived, lane.cells.add(key, arrived, 1, 1, nanos));
            }
        } finally {
            lane.cells.end();
        }
    }

    @Override
    public void acceptedNumber(int number) {
        endpoints.acceptedNumber(number);
    }

    /**
     * Notes what lies in a TLS engine's output: each origin of its input has a part of the output in proportion.
     *
     * @param at offset of the buffer's bytes in the whole output
     * @param unwrap whether the output is plaintext. An engine may hand out some that it took in earlier: where that
     *     came from is not known.
     */
    private void noteTls(
            Lane lane, ByteBuffer buffer, int from, int count, long at, long consumed, long produced, boolean unwrap) {
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer) + from;
        Portions portions = lane.portions;
        if (unwrap) {
            links.forget(start, start + count);
        } else if (consumed == 0) {
            links.tls(memory, base, start, start + count, 0, 0, 0, 0, 0, 0, 0);
        }
        if (consumed == 0) {
            return;
        }
        long before = 0;
        for (int i = 0; i < portions.size(); i++) {
            long bytes = portions.bytes(i);
            long begin = Math.max(produced * before / consumed, at);
            before += bytes;
            long end = Math.min(i + 1 == portions.size() ? produced : produced * before / consumed, at + count);
            if (begin < end) {
                boolean known = portions.relation(i) == Relation.READ || portions.relation(i) == Relation.TLS;
                // What one engine took in is spread over its output buffers as the output is.
                long plain = Math.min(
                        bytes * (end - begin) / Math.max(end - begin, share(produced, bytes, consumed)), end - begin);
                links.tls(
                        memory,
                        base,
                        start + begin - at,
                        start + (unwrap ? begin + plain : end) - at,
                        known ? portions.source(i) : 0,
                        portions.kind(i),
                        plain,
                        known ? Math.min(portions.firstPassed(i), plain) : 0,
                        begin == at && at > 0 ? 0 : portions.reads(i),
                        begin == at && at > 0 ? 0 : portions.nanos(i),
                        portions.sample(i));
                if (known && unwrap) {
                    Endpoint source = endpoints.row(portions.source(i));
                    BufferKind kind = BufferKind.of(portions.kind(i));
                    noteContent(lane, source, memory, base, start + begin - at, start + begin - at + plain, kind);
                }
            }
        }
    }

    private static long share(long total, long part, long whole) {
        return total * part / whole;
    }

    private boolean isIgnored(Endpoint endpoint, @Nullable Frame frame, long bytes) {
        if (!endpoint.ignored() && (frame == null || !frame.ignored)) {
            return false;
        }
        endpoints.ignored(Math.max(bytes, 0));
        return true;
    }

    /**
     * Counts what a system call tracer would.
     *
     * @param calls 1, or 0 for the later buffers of one call
     * @return whether it is the first of its kind on this lane
     */
    private static boolean operation(
            Lane lane, Endpoint endpoint, boolean write, BufferKind kind, long result, int calls, long nanos) {
        long moved = Math.max(result, 0);
        return lane.cells.add(Key.operation(endpoint.id(), write, kind), moved, moved > 0 ? calls : 0, calls, nanos);
    }

    /** Notes bytes that have come into memory. That memory keeps them for now is what a drain adds to their operation. */
    private void read(
            Lane lane,
            Endpoint source,
            ByteBuffer buffer,
            BufferKind kind,
            int from,
            int to,
            long reads,
            long nanos,
            boolean fresh) {
        int bytes = to - from;
        if (kind == BufferKind.MAPPED && intoMappedFile(lane, source, buffer, bytes, reads, nanos)) {
            return;
        }
        Object memory = Memory.of(buffer);
        note(lane, source, memory, Memory.base(memory), Memory.offset(buffer) + from, kind, bytes, reads, nanos, fresh);
    }

    /** Notes what memory has got at {@code from} bytes behind its base. */
    private void note(
            Lane lane,
            Endpoint source,
            Object memory,
            long base,
            int from,
            BufferKind kind,
            int bytes,
            long reads,
            long nanos,
            boolean fresh) {
        long number = sample(lane, Key.kept(source.id(), kind), bytes, fresh);
        long start = base + from;
        long content = noteContent(lane, source, memory, base, start, start + bytes, kind);
        links.read(memory, base, start, start + bytes, source.id(), kind, reads, nanos, number, content);
    }

    /** Notes the content of [from, to) if it is to be; returns the number of the read there, or 0. */
    private long noteContent(
            Lane lane, Endpoint source, Object memory, long base, long from, long to, BufferKind kind) {
        if (!contents.notes(source.id(), source.kind() == EndpointKind.FILE)) {
            return 0;
        }
        long number = contents.number();
        contents.note(lane.scan(contents), memory, base, from, to, source.id(), kind.ordinal(), number);
        return number;
    }

    /** A read into a mapped file is a transfer to that file. Returns false if the file does not get the bytes. */
    private boolean intoMappedFile(Lane lane, Endpoint source, ByteBuffer buffer, int bytes, long reads, long nanos) {
        FileDescriptor mapping = Memory.mapping(buffer);
        Mappings.Entry entry = mapping == null ? null : mappings.find(mapping);
        if (entry != null && entry.copied()) {
            return false;
        }
        Endpoint sink = entry == null ? endpoints.other(EndpointKind.FILE) : endpoints.row(entry.endpoint());
        Reason reason = Loop.reason(source.kind(), source.regular(), EndpointKind.FILE, false, jdk);
        long key = Key.transfer(
                source.id(),
                sink.id(),
                Path.MAPPED,
                reason,
                Evidence.SAME_BUFFER,
                BufferKind.MAPPED.copies(),
                Details.NONE);
        lane.cells.add(Key.kept(source.id(), BufferKind.MAPPED), -bytes, -reads, -reads, -nanos);
        sample(lane, key, bytes, lane.cells.add(key, bytes, reads, reads, nanos));
        return true;
    }

    /** Finds where the bytes of a buffer came from that were written to {@code sink}. */
    private void trace(Lane lane, Endpoint sink, ByteBuffer buffer, BufferKind kind, int from, int to) {
        if (kind == BufferKind.MAPPED) {
            resolve(lane, buffer, kind, from, to, COMPARE);
        } else {
            Object memory = Memory.of(buffer);
            long base = Memory.base(memory);
            long start = base + Memory.offset(buffer);
            trace(lane, sink, memory, base, start + from, start + to);
        }
    }

    private void trace(Lane lane, Endpoint sink, Object memory, long base, long from, long to) {
        Portions portions = lane.portions;
        if (!contents.looks()) {
            links.write(memory, base, from, to, portions);
            return;
        }
        long before = portions.linked();
        links.write(memory, base, from, to, portions);
        long linked = portions.linked() - before;
        if (linked > 0 && linked < to - from) {
            contents.noteOwn(lane.scan(contents), memory, base, from, to);
        } else if (linked == 0) {
            ContentScan scan = lane.scan(contents);
            long looked = contents.look(scan, memory, base, from, to, portions);
            long other = contents.isComplete() ? scan.other() : 0;
            lane.cells.add(Key.look(0, sink.id()), looked, 1, other, 0);
        }
    }

    /**
     * Finds where the bytes of a buffer came from.
     *
     * @param state whether its memory can be compared now, or was before a TLS engine wrote over it
     */
    private void resolve(Lane lane, ByteBuffer buffer, BufferKind kind, int from, int to, long state) {
        if (kind == BufferKind.MAPPED) {
            FileDescriptor mapping = Memory.mapping(buffer);
            Mappings.Entry entry = mapping == null ? null : mappings.find(mapping);
            if (entry == null || !entry.copied()) {
                int file = entry == null ? endpoints.other(EndpointKind.FILE).id() : entry.endpoint();
                lane.portions.mapped(file, to - from);
                return;
            }
        }
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        if (state == UNCHANGED) {
            links.consumed(memory, base, start + from, start + to, lane.portions);
        } else {
            links.write(memory, base, start + from, start + to, lane.portions);
        }
    }

    /** Counts the portions of one write, or of the {@code writes} of one record; these belong to the largest. */
    private void written(
            Lane lane, Endpoint sink, BufferKind kind, @Nullable Frame frame, boolean stream, int writes, long nanos) {
        Portions portions = lane.portions;
        int largest = portions.largest();
        if (largest >= 0 && portions.framing() > portions.bytes(largest)) {
            largest = -1;
        }
        for (int i = 0; i < portions.size(); i++) {
            portion(lane, sink, kind, frame, stream, i, i == largest ? writes : 0, i == largest ? nanos : 0);
        }
        if (portions.framing() > 0) {
            long key = Key.transfer(0, sink.id(), kind.path(), Reason.NONE, Evidence.NONE, kind.copies(), tlsFraming);
            count(lane, key, portions.framing(), largest < 0 ? writes : 0, largest < 0 ? nanos : 0);
        }
    }

    private void portion(
            Lane lane,
            Endpoint sink,
            BufferKind kind,
            @Nullable Frame frame,
            boolean stream,
            int i,
            int writes,
            long nanos) {
        Portions portions = lane.portions;
        long bytes = portions.bytes(i);
        switch (portions.relation(i)) {
            case OWN -> own(lane, Key.own(sink.id(), kind, Reason.NONE), bytes, writes, nanos);
            case MODIFIED -> own(lane, Key.own(sink.id(), kind, Reason.MODIFIED), bytes, writes, nanos);
            case UNPROVEN -> {
                long key =
                        Key.transfer(0, sink.id(), kind.path(), Reason.UNKNOWN, Evidence.NONE, kind.copies(), tooShort);
                own(lane, key, bytes, writes, nanos);
            }
            case UNKNOWN -> {
                long key = Key.transfer(
                        0, sink.id(), Path.UNKNOWN, Reason.UNKNOWN, Evidence.NONE, kind.copies(), Details.NONE);
                count(lane, key, bytes, writes, nanos);
            }
            case READ, TLS, CONTENT -> passedOn(lane, sink, kind, frame, stream, i, writes, nanos);
        }
    }

    /** Counts bytes without an origin, if some are left that were not found to be what was read. */
    private void own(Lane lane, long key, long bytes, int writes, long nanos) {
        if (bytes > 0) {
            count(lane, key, bytes, writes, nanos);
        }
    }

    private void passedOn(
            Lane lane,
            Endpoint sink,
            BufferKind kind,
            @Nullable Frame frame,
            boolean stream,
            int i,
            int writes,
            long nanos) {
        Portions portions = lane.portions;
        Endpoint source = endpoints.row(portions.source(i));
        BufferKind readInto = BufferKind.of(portions.kind(i));
        long reads = portions.reads(i);
        long readNanos = portions.nanos(i);
        boolean mappedFile = readInto == BufferKind.MAPPED;
        if (!mappedFile && (portions.firstPassed(i) | reads | readNanos) != 0) {
            long kept = Key.kept(source.id(), readInto);
            lane.cells.add(kept, -portions.firstPassed(i), -reads, -reads, -readNanos);
            takeBack(lane, kept, portions.sample(i), portions.firstPassed(i));
        }
        int copies = mappedFile && kind == BufferKind.MAPPED ? kind.copies() : readInto.copies() + kind.copies();
        long key;
        if (portions.relation(i) == Relation.TLS) {
            key = Key.transfer(
                    source.id(), sink.id(), Path.TLS, Reason.TLS, Evidence.TLS_WRAP, Math.max(copies, 2), Details.NONE);
        } else if (portions.relation(i) == Relation.CONTENT) {
            Reason reason = Loop.reason(source.kind(), source.regular(), sink.kind(), stream, jdk);
            // The application has copied them, once at least.
            key = Key.transfer(
                    source.id(), sink.id(), kind.path(), reason, Evidence.SAME_BYTES, copies + 1, Details.NONE);
            lane.cells.add(Key.look(source.id(), sink.id()), portions.bytes(i), 0, 0, 0);
        } else if (frame != null && belongs(frame, source, sink)) {
            Fallback why = fallback(frame, source, sink);
            key = Key.transfer(
                    source.id(), sink.id(), kind.path(), why.reason(), Evidence.SAME_CALL, copies, frame.detail);
        } else {
            Reason reason = Loop.reason(source.kind(), source.regular(), sink.kind(), stream, jdk);
            key = Key.transfer(source.id(), sink.id(), kind.path(), reason, Evidence.SAME_BUFFER, copies, Details.NONE);
            long again = mappedFile ? 0 : portions.bytes(i) - portions.firstPassed(i);
            if (again > 0) {
                sentAgain(lane, key, kind, portions.bytes(i), again, reads, readNanos, writes, nanos);
                return;
            }
        }
        long calls = reads + writes;
        count(lane, key, portions.bytes(i), calls, readNanos + nanos);
    }

    /** Counts bytes of which some have been passed on before: these were not read for this write. */
    private void sentAgain(
            Lane lane,
            long key,
            BufferKind kind,
            long bytes,
            long again,
            long reads,
            long readNanos,
            int writes,
            long nanos) {
        long first = bytes - again;
        int writesOfFirst = first >= again ? writes : 0;
        long nanosOfFirst = first >= again ? nanos : 0;
        if ((first | reads) != 0) {
            count(lane, key, first, reads + writesOfFirst, readNanos + nanosOfFirst);
        }
        long repeated = Key.repeated(key, kind.copies(), sentAgain);
        count(lane, repeated, again, writes - writesOfFirst, nanos - nanosOfFirst);
    }

    private static boolean belongs(Frame frame, Endpoint source, Endpoint sink) {
        return frame.endpoint == (frame.to ? source : sink).id();
    }

    /** Why the running call copies; found when its first copied bytes are seen. */
    private Fallback fallback(Frame frame, Endpoint source, Endpoint sink) {
        Fallback known = frame.fallback;
        if (known != null) {
            return known;
        }
        Fallback.Peer type = Fallback.Peer.of(frame.peer);
        Object other = frame.other;
        boolean fileSource = frame.to || type == Fallback.Peer.FILE_CHANNEL;
        Fallback.Call call = new Fallback.Call(
                jdk,
                type,
                other == null ? "" : other.getClass().getName(),
                !fileSource || source.regular(),
                frame.append,
                frame.same,
                frame.attempts,
                type == Fallback.Peer.FILE_CHANNEL ? JdkInternals.filePoisoned() : JdkInternals.pipePoisoned(),
                source.device() == sink.device());
        Fallback found = frame.to ? Fallback.ofTransferTo(call) : Fallback.ofTransferFrom(call);
        frame.fallback = found;
        frame.detail = details.number(found.detail());
        return found;
    }

    private static Fallback.Peer peerType(@Nullable Object peer) {
        if (JdkInternals.isFileChannel(peer)) {
            return Fallback.Peer.FILE_CHANNEL;
        }
        if (JdkInternals.isSocketChannel(peer)) {
            return Fallback.Peer.SOCKET_CHANNEL;
        }
        return JdkInternals.isSelectable(peer) ? Fallback.Peer.OTHER_KERNEL_CHANNEL : Fallback.Peer.WRAPPER;
    }

    private void count(Lane lane, long key, long bytes, long calls, long nanos) {
        sample(lane, key, bytes, lane.cells.add(key, bytes, calls, calls, nanos));
    }

    /**
     * Takes a sample if one is due, or if it is the first of its kind.
     *
     * @param fresh whether the key is new to the lane, so that its kind may be new
     * @return its number, or 0
     */
    private long sample(Lane lane, long key, long bytes, boolean fresh) {
        long weight = lane.sampleWeight(bytes);
        if (weight != 0) {
            contents.sampled();
        }
        if (weight == 0 && (!fresh || isSeen(key))) {
            return 0;
        }
        long number = sampleNumber.incrementAndGet();
        int slot = (int) (number % SAMPLE_RING);
        sampleNumbers[slot] = number;
        sampleWeights[slot] = weight;
        take(lane, key, bytes, weight, number, 0);
        return weight == 0 ? 0 : number;
    }

    /** Takes back the sample of a read whose bytes are now passed on. */
    private void takeBack(Lane lane, long key, long number, long bytes) {
        if (number != 0) {
            int slot = (int) (number % SAMPLE_RING);
            long weight = sampleNumbers[slot] == number ? sampleWeights[slot] : mean;
            take(lane, key, bytes, -weight, sampleNumber.incrementAndGet(), number);
        }
    }

    private void take(Lane lane, long key, long bytes, long weight, long number, long corrects) {
        lane.muted++;
        try {
            samples.take(key, bytes, weight, number, corrects);
        } finally {
            lane.muted--;
        }
    }

    /** Whether a transfer of the same kinds of endpoint, path and reason has been sampled. */
    private boolean isSeen(long key) {
        int kinds = endpoints.row(Key.source(key)).kind().ordinal() << 2
                | endpoints.row(Key.sink(key)).kind().ordinal();
        int index = kinds << 8 | Key.path(key).ordinal() << 4 | Key.reason(key).ordinal();
        boolean seen = kindSeen[index];
        kindSeen[index] = true;
        return seen;
    }
}
