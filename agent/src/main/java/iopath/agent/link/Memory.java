package iopath.agent.link;

import iopath.agent.classify.BufferKind;
import java.io.FileDescriptor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory under a buffer: where it lies and what it holds.
 *
 * <p>An address is the native one for a direct buffer; for a heap buffer it is made of the array's identity hash and
 * the offset, with the sign bit set. Slices, duplicates and read-only views of one memory have the same addresses.
 * Reused for every operation of a thread; holds its buffer from {@link #set} to {@link #clear} only. Needs
 * {@code java.nio} open.
 */
public final class Memory {

    private static final VarHandle ARRAY = field(ByteBuffer.class, "hb", byte[].class);
    private static final VarHandle OFFSET = field(ByteBuffer.class, "offset", int.class);
    private static final VarHandle ADDRESS = field(Buffer.class, "address", long.class);
    private static final VarHandle MAPPING = field(MappedByteBuffer.class, "fd", FileDescriptor.class);
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int HASH_SHIFT = 31;

    private @Nullable ByteBuffer buffer;
    private byte @Nullable [] array;
    private int arrayOffset;
    private boolean swap;
    private long base;

    /** What kind of memory a buffer has. Every direct buffer is a {@code MappedByteBuffer}; only a mapped one has a descriptor. */
    public static BufferKind kind(ByteBuffer buffer) {
        if (!buffer.isDirect()) {
            return BufferKind.HEAP;
        }
        return mapping(buffer) == null ? BufferKind.DIRECT : BufferKind.MAPPED;
    }

    /**
     * The identity of the mapping under a mapped buffer, {@code null} for any other.
     *
     * <p>Each call of {@code FileChannel.map} makes a descriptor object of its own on Unix
     * ({@code duplicateForMapping}, JDK 17 to 25), which slices and duplicates share.
     */
    public static @Nullable FileDescriptor mapping(ByteBuffer buffer) {
        return buffer instanceof MappedByteBuffer ? (FileDescriptor) MAPPING.get((MappedByteBuffer) buffer) : null;
    }

    /** Looks at the memory of {@code next}. */
    public void set(ByteBuffer next) {
        buffer = next;
        array = (byte[]) ARRAY.get(next);
        if (array != null) {
            arrayOffset = (int) OFFSET.get(next);
            base = Long.MIN_VALUE | (long) System.identityHashCode(array) << HASH_SHIFT | arrayOffset;
        } else {
            base = (long) ADDRESS.get((Buffer) next);
            swap = next.order() == ByteOrder.BIG_ENDIAN;
        }
    }

    /** Looks at an array; the base is its first byte. */
    public void set(byte[] next) {
        buffer = null;
        array = next;
        arrayOffset = 0;
        base = Long.MIN_VALUE | (long) System.identityHashCode(next) << HASH_SHIFT;
    }

    /** Lets go of the buffer. */
    public void clear() {
        buffer = null;
        array = null;
    }

    /** The address of the buffer's index 0. */
    public long base() {
        return base;
    }

    /** The eight bytes at an address, in little-endian order. They must lie below the buffer's limit. */
    long word(long address) {
        int index = (int) (address - base);
        if (array != null) {
            return (long) WORDS.get(array, arrayOffset + index);
        }
        ByteBuffer b = buffer;
        if (b == null) {
            return 0;
        }
        long word = b.getLong(index);
        return swap ? Long.reverseBytes(word) : word;
    }

    /** Up to eight bytes that end at {@code end} and begin not before {@code start}. */
    long tail(long start, long end) {
        if (end - start >= Long.BYTES) {
            return word(end - Long.BYTES);
        }
        long word = 0;
        for (long a = start; a < end; a++) {
            word = word << 8 | octet(a) & 0xff;
        }
        return word;
    }

    private int octet(long address) {
        int index = (int) (address - base);
        if (array != null) {
            return array[arrayOffset + index];
        }
        ByteBuffer b = buffer;
        return b == null ? 0 : b.get(index);
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no field " + owner.getName() + '.' + name + " in this JDK", e);
        }
    }
}
