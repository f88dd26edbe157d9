package iopath.agent.endpoint;

import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * What Netty's objects know and do not show, for each class of them once; holds no class loader.
 *
 * <p>Names are those of Netty 4.1 and 4.2.
 */
public final class NettyInternals {

    private static final String REGION = "io.netty.channel.DefaultFileRegion";

    private static final ClassValue<MethodHandle> NUMBER = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            try {
                return MethodHandles.publicLookup()
                        .findVirtual(type, "intValue", MethodType.methodType(int.class))
                        .asType(MethodType.methodType(int.class, Object.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("no number of " + type.getName(), e);
            }
        }
    };

    private static final ClassValue<MethodHandle> FILE = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            try {
                Class<?> region = type;
                while (!region.getName().equals(REGION)) {
                    region = region.getSuperclass();
                }
                Field file = region.getDeclaredField("file");
                file.setAccessible(true);
                return MethodHandles.lookup()
                        .unreflectGetter(file)
                        .asType(MethodType.methodType(Object.class, Object.class));
            } catch (ReflectiveOperationException | RuntimeException e) {
                // Netty as a module that opens nothing: the file has no name.
                return MethodHandles.dropArguments(MethodHandles.constant(Object.class, null), 0, Object.class);
            }
        }
    };

    private NettyInternals() {}

    /** The number of a {@code io.netty.channel.unix.FileDescriptor}. */
    public static int number(Object descriptor) {
        try {
            return (int) NUMBER.get(descriptor.getClass()).invokeExact(descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** The file of an open {@code DefaultFileRegion} or subclass, {@code null} if it cannot be had. */
    public static @Nullable FileDescriptor file(Object region) {
        try {
            return JdkInternals.descriptor((Object) FILE.get(region.getClass()).invokeExact(region));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
