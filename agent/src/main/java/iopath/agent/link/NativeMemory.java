package iopath.agent.link;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.ByteOrder;

/** Reads of memory that only an address names; needs {@code jdk.internal.misc} exported. */
public final class NativeMemory {

    private static final MethodHandle GET_LONG = getter("getLong", long.class, long.class);
    private static final MethodHandle GET_BYTE = getter("getByte", byte.class, long.class);

    private NativeMemory() {}

    /** The eight bytes at an address, which must be mapped, in little-endian order. */
    public static long word(long address) {
        try {
            long word = (long) GET_LONG.invokeExact(address);
            return ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN ? Long.reverseBytes(word) : word;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The byte at an address, which must be mapped. */
    static byte octet(long address) {
        try {
            return (byte) GET_BYTE.invokeExact(address);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** A method of {@code Unsafe} that reads. */
    static MethodHandle getter(String name, Class<?> type, Class<?>... where) {
        try {
            Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe", true, null);
            Object instance = unsafe.getMethod("getUnsafe").invoke(null);
            return MethodHandles.lookup()
                    .unreflect(unsafe.getMethod(name, where))
                    .bindTo(instance)
                    .asType(MethodType.methodType(type, where));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no " + name + " of memory in this JDK", e);
        }
    }
}
