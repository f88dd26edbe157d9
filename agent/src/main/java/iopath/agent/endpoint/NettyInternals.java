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

    // Behind the first package, which is another one in copies of Netty that others have in packages of their own.
    private static final String REGION = ".netty.channel.DefaultFileRegion";
    private static final String BUFFER = ".netty.buffer.ByteBuf";

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
                Field file = named(type, REGION).getDeclaredField("file");
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

    private static final ClassValue<MethodHandle> VECTOR = ofPacket("memoryAddress", long.class);
    private static final ClassValue<MethodHandle> COUNT = ofPacket("count", int.class);

    private static final ClassValue<MethodHandle> RECEIVED = new ClassValue<>() {
        @Override
        protected MethodHandle computeValue(Class<?> type) {
            try {
                return MethodHandles.publicLookup()
                        .findVirtual(type, "receivedAmount", MethodType.methodType(int.class))
                        .asType(MethodType.methodType(int.class, Object.class));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("no length of what came from " + type.getName(), e);
            }
        }
    };

    private static final ClassValue<MethodHandle> ADDRESS = ofBuffer("memoryAddress", long.class);
    private static final ClassValue<MethodHandle> HAS_ADDRESS = ofBuffer("hasMemoryAddress", boolean.class);
    private static final ClassValue<MethodHandle> BEGIN = ofBuffer("readerIndex", int.class);
    private static final ClassValue<MethodHandle> LENGTH = ofBuffer("readableBytes", int.class);

    private NettyInternals() {}

    /** The number of a {@code io.netty.channel.unix.FileDescriptor}. */
    public static int number(Object descriptor) {
        try {
            return (int) NUMBER.get(descriptor.getClass()).invokeExact(descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Where the bytes of a {@code ByteBuf} lie; 0 if it has no address. */
    public static long address(Object buffer) {
        Class<?> type = buffer.getClass();
        try {
            if (!(boolean) HAS_ADDRESS.get(type).invokeExact(buffer)) {
                return 0;
            }
            return (long) ADDRESS.get(type).invokeExact(buffer)
                    + (int) BEGIN.get(type).invokeExact(buffer);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many bytes a {@code ByteBuf} has. */
    public static int length(Object buffer) {
        try {
            return (int) LENGTH.get(buffer.getClass()).invokeExact(buffer);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many bytes came with a {@code DatagramSocketAddress} or {@code DomainDatagramSocketAddress}. */
    public static int received(Object sender) {
        try {
            return (int) RECEIVED.get(sender.getClass()).invokeExact(sender);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Address of the iovec of a {@code NativeDatagramPacket} of epoll. */
    public static long vector(Object packet) {
        try {
            return (long) VECTOR.get(packet.getClass()).invokeExact(packet);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Pieces of that iovec before the packet is sent or received, bytes that it got after it was received. */
    public static int count(Object packet) {
        try {
            return (int) COUNT.get(packet.getClass()).invokeExact(packet);
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

    private static ClassValue<MethodHandle> ofPacket(String name, Class<?> result) {
        return new ClassValue<>() {
            @Override
            protected MethodHandle computeValue(Class<?> type) {
                try {
                    Field field = type.getDeclaredField(name);
                    field.setAccessible(true);
                    return MethodHandles.lookup()
                            .unreflectGetter(field)
                            .asType(MethodType.methodType(result, Object.class));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("no " + name + " of " + type.getName(), e);
                }
            }
        };
    }

    private static ClassValue<MethodHandle> ofBuffer(String method, Class<?> result) {
        return new ClassValue<>() {
            @Override
            protected MethodHandle computeValue(Class<?> type) {
                try {
                    return MethodHandles.publicLookup()
                            .findVirtual(named(type, BUFFER), method, MethodType.methodType(result))
                            .asType(MethodType.methodType(result, Object.class));
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException("no " + method + " of " + type.getName(), e);
                }
            }
        };
    }

    /** The class whose name ends so that {@code type} is or extends. */
    private static Class<?> named(Class<?> type, String name) throws ClassNotFoundException {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            if (at.getName().endsWith(name)) {
                return at;
            }
        }
        throw new ClassNotFoundException('*' + name + ", which " + type.getName() + " should extend");
    }
}
