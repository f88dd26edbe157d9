package iopath.agent.link;

import iopath.agent.classify.BufferKind;
import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
 * Memory is named by an object, the array or the direct buffer, and a base, and handed on as these two: kept in a field
 * they would cost a fence with G1, where the holder is old and the buffer is young. Needs {@code java.nio} open.
 */
public final class Memory {

    private static final VarHandle ARRAY = field(ByteBuffer.class, "hb", byte[].class);
    private static final VarHandle OFFSET = field(ByteBuffer.class, "offset", int.class);
    private static final VarHandle ADDRESS = field(Buffer.class, "address", long.class);
    private static final VarHandle MAPPING = field(MappedByteBuffer.class, "fd", FileDescriptor.class);
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final @Nullable Class<?> SEGMENT = segment();
    private static final @Nullable MethodHandle SEGMENT_ADDRESS = ofSegment("address");
    private static final @Nullable MethodHandle SEGMENT_SIZE = ofSegment("byteSize");

    /** Stands for native memory that is named by its address alone: no base is taken off. */
    public static final Object NATIVE = new Object();

    private static final int HASH_SHIFT = 31;

    private Memory() {}

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

    /** What stands for the memory under a buffer: its array, or the direct buffer itself. */
    public static Object of(ByteBuffer buffer) {
        Object array = ARRAY.get(buffer);
        return array != null ? array : buffer;
    }

    /** The address of a memory's first byte; 0 for {@link #NATIVE}. Names an array that has no name yet. */
    public static long base(Object memory) {
        if (memory instanceof byte[]) {
            return Long.MIN_VALUE | (long) System.identityHashCode(memory) << HASH_SHIFT;
        }
        return memory == NATIVE ? 0 : (long) ADDRESS.get((Buffer) memory);
    }

    /** Whether it is an array of which nothing can be known, since it has no name yet. */
    public static boolean isNameless(Object memory) {
        return memory instanceof byte[] && IdentityHash.isUnasked(memory);
    }

    /** How far a buffer's index 0 lies behind the first byte of its memory. */
    public static int offset(ByteBuffer buffer) {
        return buffer.isDirect() ? 0 : (int) OFFSET.get(buffer);
    }

    /** The address of a {@code MemorySegment}'s first byte. */
    public static long segmentAddress(Object segment) {
        return ask(SEGMENT_ADDRESS, segment);
    }

    /** How many bytes a {@code MemorySegment} has. */
    public static long segmentSize(Object segment) {
        return ask(SEGMENT_SIZE, segment);
    }

    private static long ask(@Nullable MethodHandle question, Object segment) {
        if (question == null) {
            throw new IllegalStateException("this JDK has no memory segments");
        }
        try {
            return (long) question.invokeExact(segment);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The eight bytes at an address, in little-endian order. They must lie below the buffer's limit. */
    static long word(Object memory, long base, long address) {
        if (memory == NATIVE) {
            return NativeMemory.word(address);
        }
        int index = (int) (address - base);
        if (memory instanceof byte[] array) {
            return (long) WORDS.get(array, index);
        }
        ByteBuffer buffer = (ByteBuffer) memory;
        long word = buffer.getLong(index);
        return buffer.order() == ByteOrder.BIG_ENDIAN ? Long.reverseBytes(word) : word;
    }

    /** Puts eight bytes into an array, in little-endian order. */
    static void put(byte[] array, int index, long word) {
        WORDS.set(array, index, word);
    }

    /**
     * Copies the words at {@code from}, and at every {@code step} bytes behind it, as far as they end at or before
     * {@code to}, to {@code target}.
     */
    static void words(Object memory, long base, long from, long to, int step, long[] target, int at) {
        int last = (int) (to - base) - Long.BYTES;
        int t = at;
        if (memory instanceof byte[] array) {
            for (int i = (int) (from - base); i <= last; i += step) {
                target[t++] = (long) WORDS.get(array, i);
            }
        } else if (memory == NATIVE) {
            for (long a = from; a + Long.BYTES <= to; a += step) {
                target[t++] = NativeMemory.word(a);
            }
        } else {
            ByteBuffer buffer = (ByteBuffer) memory;
            boolean reversed = buffer.order() == ByteOrder.BIG_ENDIAN;
            for (int i = (int) (from - base); i <= last; i += step) {
                long word = buffer.getLong(i);
                target[t++] = reversed ? Long.reverseBytes(word) : word;
            }
        }
    }

    /**
     * Whether the words at {@code from}, and at every {@code step} bytes behind it, as far as they end at or before
     * {@code to}, are those in {@code noted}, of which every {@code stride}th is compared.
     */
    static boolean holds(Object memory, long base, long from, long to, int step, long[] noted, int at, int stride) {
        int last = (int) (to - base) - Long.BYTES;
        long differences = 0;
        int t = at;
        if (memory instanceof byte[] array) {
            for (int i = (int) (from - base); i <= last; i += step, t += stride) {
                differences |= (long) WORDS.get(array, i) ^ noted[t];
            }
        } else if (memory == NATIVE) {
            for (long a = from; a + Long.BYTES <= to; a += step, t += stride) {
                differences |= NativeMemory.word(a) ^ noted[t];
            }
        } else {
            ByteBuffer buffer = (ByteBuffer) memory;
            boolean reversed = buffer.order() == ByteOrder.BIG_ENDIAN;
            for (int i = (int) (from - base); i <= last; i += step, t += stride) {
                long word = buffer.getLong(i);
                differences |= (reversed ? Long.reverseBytes(word) : word) ^ noted[t];
            }
        }
        return differences == 0;
    }

    /** Up to eight bytes that end at {@code end} and begin not before {@code start}. */
    static long tail(Object memory, long base, long start, long end) {
        if (end - start >= Long.BYTES) {
            return word(memory, base, end - Long.BYTES);
        }
        long word = 0;
        for (long a = start; a < end; a++) {
            word = word << 8 | octet(memory, base, a) & 0xff;
        }
        return word;
    }

    /** The bytes of [from, to), fewer than eight, in little-endian order. */
    static long rest(Object memory, long base, long from, long to) {
        long word = 0;
        for (long a = to - 1; a >= from; a--) {
            word = word << 8 | octet(memory, base, a) & 0xff;
        }
        return word;
    }

    static int octet(Object memory, long base, long address) {
        if (memory == NATIVE) {
            return NativeMemory.octet(address);
        }
        int index = (int) (address - base);
        return memory instanceof byte[] array ? array[index] : ((ByteBuffer) memory).get(index);
    }

    private static @Nullable Class<?> segment() {
        try {
            return Class.forName("java.lang.foreign.MemorySegment", false, null);
        } catch (ClassNotFoundException e) {
            // JDK 17.
            return null;
        }
    }

    private static @Nullable MethodHandle ofSegment(String question) {
        if (SEGMENT == null) {
            return null;
        }
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(SEGMENT, question, MethodType.methodType(long.class))
                    .asType(MethodType.methodType(long.class, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no method " + SEGMENT.getName() + '.' + question + " in this JDK", e);
        }
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup()).findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no field " + owner.getName() + '.' + name + " in this JDK", e);
        }
    }
}
