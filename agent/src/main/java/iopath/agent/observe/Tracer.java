package iopath.agent.observe;

import iopath.agent.aggregate.Details;
import iopath.agent.aggregate.Key;
import iopath.agent.aggregate.Unseen;
import iopath.agent.classify.BufferKind;
import iopath.agent.classify.EndpointKind;
import iopath.agent.classify.Evidence;
import iopath.agent.classify.Loop;
import iopath.agent.classify.Path;
import iopath.agent.classify.Reason;
import iopath.agent.endpoint.Endpoint;
import iopath.agent.endpoint.Endpoints;
import iopath.agent.endpoint.JdkInternals;
import iopath.agent.endpoint.MappedFile;
import iopath.agent.link.ContentScan;
import iopath.agent.link.Contents;
import iopath.agent.link.LinkTable;
import iopath.agent.link.MappedMemory;
import iopath.agent.link.Mappings;
import iopath.agent.link.Memory;
import iopath.agent.link.Portions;
import java.io.FileDescriptor;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import org.jspecify.annotations.Nullable;

/** Notes what reads bring into memory, and finds where the bytes came from that a write takes out of it. */
final class Tracer {

    /** To ask the kernel takes long where there is much that is mapped. */
    private static final int MOST_ASKED = 100;

    /** How often the kernel is asked for all that is mapped, while threads map and unmap. */
    private static final int MOST_LOOKS = 3;

    private final Lanes lanes;
    private final Endpoints endpoints;
    private final LinkTable links;
    private final Contents contents;
    private final Sampler sampler;
    private final Mappings mappings = new Mappings();
    private final MappedMemory mappedMemory = new MappedMemory();

    /** Whether what was mapped before watching began is not in {@link #mappedMemory} yet. */
    private volatile boolean unlooked = true;

    private final Unseen unseen;
    private int asked;
    private final int jdk = Runtime.version().feature();

    Tracer(Lanes lanes, Endpoints endpoints, LinkTable links, Contents contents, Sampler sampler, Unseen unseen) {
        this.lanes = lanes;
        this.endpoints = endpoints;
        this.links = links;
        this.contents = contents;
        this.sampler = sampler;
        this.unseen = unseen;
    }

    /** Watching begins: what was mapped and unmapped before was not seen. */
    void resume() {
        links.forgetDeferred();
        mappedMemory.clear();
        unlooked = true;
    }

    /** Notes bytes that have come into memory. That memory keeps them for now is what a drain adds to their operation. */
    void read(
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
    void note(
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
        long number = sampler.sample(lane, Key.kept(source.id(), kind), bytes, fresh);
        long start = base + from;
        long content = noteContent(lane, source, memory, base, start, start + bytes, kind);
        links.read(memory, base, start, start + bytes, source.id(), kind, reads, nanos, number, content);
    }

    /** Notes the content of [from, to) if it is to be; returns the number of the read there, or 0. */
    long noteContent(Lane lane, Endpoint source, Object memory, long base, long from, long to, BufferKind kind) {
        if (!contents.notes(source.id(), source.kind() == EndpointKind.FILE)) {
            return 0;
        }
        long number = contents.number();
        contents.note(lane.scan(contents), memory, base, from, to, source.id(), kind.ordinal(), number);
        return number;
    }

    /** A read into a mapped file is a transfer to that file. Returns false if the file does not get the bytes. */
    private boolean intoMappedFile(Lane lane, Endpoint source, ByteBuffer buffer, int bytes, long reads, long nanos) {
        Mappings.Entry entry = mapping(lane, buffer);
        if (entry == null || entry.copied()) {
            return false;
        }
        intoMappedFile(lane, source, entry.endpoint(), bytes, reads, nanos);
        return true;
    }

    private void intoMappedFile(Lane lane, Endpoint source, int file, int bytes, long reads, long nanos) {
        Endpoint sink = endpoints.row(file);
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
        sampler.sample(lane, key, bytes, lane.cells.add(key, bytes, reads, reads, nanos));
    }

    /** What lies at an address: a mapped file, or memory of the process. */
    BufferKind kind(Lane lane, long from, long to) {
        return mappedAt(lane, from, to) == null ? BufferKind.DIRECT : BufferKind.MAPPED;
    }

    /** Finds where the bytes at an address came from that were written to {@code sink}, in a transfer if there is one. */
    void trace(Lane lane, @Nullable Frame frame, Endpoint sink, long from, long to) {
        if (Relays.passes(lane, frame, sink, Memory.NATIVE, 0, from, to)) {
            return;
        }
        MappedMemory.Range file = mappedAt(lane, from, to);
        if (file == null) {
            find(lane, sink, Memory.NATIVE, 0, from, to);
        } else {
            lane.portions.mapped(file.endpoint(), to - from);
        }
    }

    /** Notes bytes that have come to an address. That memory keeps them for now is what a drain adds to their operation. */
    void read(
            Lane lane, Endpoint source, BufferKind kind, long from, int bytes, long reads, long nanos, boolean fresh) {
        MappedMemory.Range file = kind == BufferKind.MAPPED ? mappedAt(lane, from, from + bytes) : null;
        if (file == null) {
            note(lane, source, Memory.NATIVE, from, 0, kind, bytes, reads, nanos, fresh);
        } else {
            intoMappedFile(lane, source, file.endpoint(), bytes, reads, nanos);
        }
    }

    /** The file that is mapped at an address, {@code null} if there is none. */
    private MappedMemory.@Nullable Range mappedAt(Lane lane, long from, long to) {
        if (unlooked) {
            look(lane);
        }
        MappedMemory.Range file = mappedMemory.find(from, to);
        if (file != null && file.endpoint() < 0) {
            resolve(lane, file);
        }
        return file;
    }

    private void resolve(Lane lane, MappedMemory.Range file) {
        String path = file.path();
        lane.muted++;
        try {
            file.resolve((path == null ? endpoints.other(EndpointKind.FILE) : endpoints.ofPath(path)).id());
        } finally {
            lane.muted--;
        }
    }

    /** Asks the kernel once for what was mapped before watching began. What changes meanwhile is asked for again. */
    private void look(Lane lane) {
        unlooked = false;
        lane.muted++;
        try {
            for (int i = 0; i < MOST_LOOKS; i++) {
                Object before = mappedMemory.state();
                MappedMemory.Range[] found = MappedFile.all().stream()
                        .filter(file -> !file.copied())
                        .map(file -> new MappedMemory.Range(file.from(), file.to(), file.path()))
                        .toArray(MappedMemory.Range[]::new);
                if (mappedMemory.replace(before, found)) {
                    return;
                }
            }
        } finally {
            lane.muted--;
        }
    }

    /** Finds where the bytes of a buffer came from that were written to {@code sink}, in a transfer if there is one. */
    void trace(Lane lane, @Nullable Frame frame, Endpoint sink, ByteBuffer buffer, BufferKind kind, int from, int to) {
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        if (Relays.passes(lane, frame, sink, memory, base, start + from, start + to)) {
            return;
        }
        if (kind == BufferKind.MAPPED) {
            resolve(lane, buffer, kind, from, to, false);
        } else {
            find(lane, sink, memory, base, start + from, start + to);
        }
    }

    /** Finds where the bytes of [from, to) of an array came from, in a transfer if there is one. */
    void trace(Lane lane, @Nullable Frame frame, Endpoint sink, byte[] array, long base, long from, long to) {
        if (!Relays.passes(lane, frame, sink, array, base, from, to)) {
            find(lane, sink, array, base, from, to);
        }
    }

    private void find(Lane lane, Endpoint sink, Object memory, long base, long from, long to) {
        Portions portions = lane.portions;
        if (!contents.looks()) {
            links.ask(memory, base, from, to, portions);
            return;
        }
        long before = portions.linked();
        links.ask(memory, base, from, to, portions);
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
     * @param wasCompared whether its memory was found unchanged before a TLS engine wrote over it; else it is compared now
     */
    void resolve(Lane lane, ByteBuffer buffer, BufferKind kind, int from, int to, boolean wasCompared) {
        if (kind == BufferKind.MAPPED && outOfMappedFile(lane, buffer, to - from)) {
            return;
        }
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        if (wasCompared) {
            links.consumed(memory, base, start + from, start + to, lane.portions);
        } else {
            links.write(memory, base, start + from, start + to, lane.portions);
        }
    }

    /** Finds where plaintext came from that a TLS engine takes out of a buffer. */
    void take(Lane lane, ByteBuffer buffer, BufferKind kind, int from, int to) {
        if (kind == BufferKind.MAPPED && outOfMappedFile(lane, buffer, to - from)) {
            return;
        }
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        long start = base + Memory.offset(buffer);
        take(lane, memory, base, start + from, start + to);
    }

    /**
     * Finds where plaintext came from that TLS takes in. What no read has brought is noted: it may come back as
     * plaintext, and be written once more from where it was made.
     */
    void take(Lane lane, Object memory, long base, long from, long to) {
        long before = lane.portions.linked();
        links.write(memory, base, from, to, lane.portions);
        if (contents.looks() && lane.portions.linked() - before < to - from) {
            contents.noteOwn(lane.scan(contents), memory, base, from, to);
        }
    }

    /** Adds the portion of a buffer that shows a file, {@code bytes} long. Returns false if it does not. */
    private boolean outOfMappedFile(Lane lane, ByteBuffer buffer, int bytes) {
        Mappings.Entry entry = mapping(lane, buffer);
        if (entry == null || entry.copied()) {
            return false;
        }
        lane.portions.mapped(entry.endpoint(), bytes);
        return true;
    }

    /** Takes a mapping of a file. */
    void mapped(FileDescriptor file, @Nullable Object mode, Object unmapper) {
        boolean copied = mode == MapMode.PRIVATE;
        Endpoint endpoint = endpoints.of(file);
        mappings.add(JdkInternals.mapping(unmapper), endpoint.id(), copied);
        long from = JdkInternals.mappingAddress(unmapper);
        long to = from + JdkInternals.mappingSize(unmapper);
        if (copied) {
            // It is memory as any other, where other memory may have been.
            links.forget(from, to);
            mappedMemory.remove(from, to);
        } else {
            mappedMemory.add(new MappedMemory.Range(from, to, endpoint.id()));
            String name = endpoint.name();
            // A transfer maps files for its own writes, which are seen.
            if (name != null && endpoint.regular() && !endpoint.ignored() && lanes.frame(lanes.current()) == null) {
                unseen.mapped(name, to - from);
            }
        }
    }

    /** Forgets a mapping that is about to end. */
    void unmapped(Object unmapper) {
        long from = JdkInternals.mappingAddress(unmapper);
        mappedMemory.remove(from, from + JdkInternals.mappingSize(unmapper));
    }

    /** The entry of a buffer over a mapping; the kernel is asked for one that was not seen when it was made. */
    Mappings.@Nullable Entry mapping(Lane lane, ByteBuffer buffer) {
        FileDescriptor mapping = Memory.mapping(buffer);
        if (mapping == null) {
            return null;
        }
        Mappings.Entry known = mappings.find(mapping);
        if (known != null) {
            return known;
        }
        lane.muted++;
        try {
            MappedFile file = asked++ < MOST_ASKED ? MappedFile.at(Memory.base(buffer)) : null;
            int id = (file == null ? endpoints.other(EndpointKind.FILE) : endpoints.ofPath(file.path())).id();
            // What nobody knows may be private: then it holds what it holds.
            mappings.add(mapping, id, file == null || file.copied());
        } finally {
            lane.muted--;
        }
        return mappings.find(mapping);
    }

    /** Makes room for links where it was missed, and counts the bytes of writes whose questions are answered now. */
    void settle(Ledger ledger) {
        links.grow();
        links.settle(found -> ledger.answered(lanes.current(), found));
    }

    /** Follows bytes that a compaction has moved. */
    void compacted(ByteBuffer buffer, int from) {
        Lane lane = lanes.current();
        Object memory = Memory.of(buffer);
        long base = Memory.base(memory);
        links.moved(memory, base, base + Memory.offset(buffer) + from, from, buffer.position(), lane.moved());
    }

    /** Forgets what new memory held before. */
    void allocated(ByteBuffer buffer) {
        long base = Memory.base(buffer);
        links.forget(base, base + buffer.capacity());
        mappedMemory.remove(base, base + buffer.capacity());
    }

    /** Forgets what the memory of a new segment held before. */
    void allocatedSegment(Object segment) {
        long from = Memory.segmentAddress(segment);
        links.forget(from, from + Memory.segmentSize(segment));
        mappedMemory.remove(from, from + Memory.segmentSize(segment));
    }
}
