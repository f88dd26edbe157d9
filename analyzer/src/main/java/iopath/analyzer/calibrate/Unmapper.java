package iopath.analyzer.calibrate;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.MappedByteBuffer;
import java.util.function.Consumer;

/** Takes a mapping back at once, as the JDK does with those that it makes for itself: that is part of their price. */
final class Unmapper {
    private Unmapper() {}

    /** One that does nothing where the JDK has no such way, and leaves mappings to the garbage collector. */
    static Consumer<MappedByteBuffer> create() {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            Object unsafe = field.get(null);
            Method cleaner = type.getMethod("invokeCleaner", java.nio.ByteBuffer.class);
            return map -> unmap(cleaner, unsafe, map);
        } catch (ReflectiveOperationException e) {
            return map -> {};
        }
    }

    private static void unmap(Method cleaner, Object unsafe, MappedByteBuffer map) {
        try {
            cleaner.invoke(unsafe, map);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot unmap", e);
        }
    }
}
