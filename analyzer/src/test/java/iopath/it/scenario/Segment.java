package iopath.it.scenario;

import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.ArrayList;
import java.util.List;

/** Memory of an arena of its own, for classes compiled for JDK 17. */
record Segment(Object arena, Object memory) {

    private static final int TRIES = 1_000;

    static Segment allocate(long bytes) throws ReflectiveOperationException {
        return allocate("ofConfined", bytes);
    }

    /** Memory for all threads. */
    static Segment allocateShared(long bytes) throws ReflectiveOperationException {
        return allocate("ofShared", bytes);
    }

    private static Segment allocate(String kind, long bytes) throws ReflectiveOperationException {
        Class<?> type = type("Arena");
        Object arena = type.getMethod(kind).invoke(null);
        return new Segment(arena, type.getMethod("allocate", long.class).invoke(arena, bytes));
    }

    /** A part of a file, mapped. */
    static Segment map(FileChannel file, MapMode mode, long bytes) throws ReflectiveOperationException {
        Object arena = type("Arena").getMethod("ofShared").invoke(null);
        return new Segment(
                arena,
                FileChannel.class
                        .getMethod("map", MapMode.class, long.class, long.class, type("Arena"))
                        .invoke(file, mode, 0L, bytes, arena));
    }

    /** Whether this JDK has them. */
    static boolean areThere() {
        return Runtime.version().feature() >= 21;
    }

    /** Memory whose address the allocator gives again once it is free, as it has done so before. */
    static Segment allocateAgain(long bytes) throws ReflectiveOperationException {
        List<Segment> others = new ArrayList<>();
        Segment before = allocate(bytes);
        for (int i = 0; i < TRIES; i++) {
            before.free();
            Segment segment = allocate(bytes);
            if (segment.address() == before.address()) {
                free(others);
                return segment;
            }
            others.add(segment);
            before = allocate(bytes);
        }
        throw new IllegalStateException("the allocator never gave an address twice: this shows nothing");
    }

    /** Memory at an address that was free. */
    static Segment allocateAt(long address, long bytes) throws ReflectiveOperationException {
        List<Segment> others = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            Segment segment = allocate(bytes);
            if (segment.address() == address) {
                free(others);
                return segment;
            }
            others.add(segment);
        }
        throw new IllegalStateException("the allocator never gave the address again: this shows nothing");
    }

    private static void free(List<Segment> segments) throws ReflectiveOperationException {
        for (Segment segment : segments) {
            segment.free();
        }
    }

    long address() throws ReflectiveOperationException {
        return (long) type("MemorySegment").getMethod("address").invoke(memory);
    }

    ByteBuffer buffer() throws ReflectiveOperationException {
        return (ByteBuffer) type("MemorySegment").getMethod("asByteBuffer").invoke(memory);
    }

    /** Its first {@code bytes}. */
    Segment slice(long bytes) throws ReflectiveOperationException {
        return new Segment(
                arena,
                type("MemorySegment")
                        .getMethod("asSlice", long.class, long.class)
                        .invoke(memory, 0L, bytes));
    }

    void free() throws ReflectiveOperationException {
        type("Arena").getMethod("close").invoke(arena);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("java.lang.foreign." + name);
    }
}
