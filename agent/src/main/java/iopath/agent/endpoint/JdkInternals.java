package iopath.agent.endpoint;

import java.io.FileDescriptor;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * Fields of channels and descriptors that have no public accessor; needs {@code java.io} and {@code sun.nio.ch} open.
 *
 * <p>Names and types are the same in JDK 17, 21 and 25 where not said otherwise.
 */
public final class JdkInternals {

    private static final Class<?> FILE_CHANNEL = boot("sun.nio.ch.FileChannelImpl");
    private static final Class<?> SOCKET_CHANNEL = boot("sun.nio.ch.SocketChannelImpl");
    private static final Class<?> SEL_CHANNEL = boot("sun.nio.ch.SelChImpl");

    private static final VarHandle FD = field(FileDescriptor.class, "fd", int.class);
    private static final VarHandle APPEND = field(FileDescriptor.class, "append", boolean.class);
    private static final VarHandle FILE_FD = field(FILE_CHANNEL, "fd", FileDescriptor.class);
    private static final VarHandle SOCKET_FD = field(SOCKET_CHANNEL, "fd", FileDescriptor.class);
    private static final VarHandle REMOTE = field(SOCKET_CHANNEL, "remoteAddress", SocketAddress.class);
    private static final Class<?> NET = boot("sun.nio.ch.Net");
    private static final Class<?> SOCKET = boot("java.net.SocketImpl");
    private static final VarHandle IMPL_FD = field(SOCKET, "fd", FileDescriptor.class);
    private static final VarHandle SOCKET_IMPL = field(Socket.class, "impl", SOCKET);
    private static final MethodHandle IMPL_DESCRIPTOR = method(SOCKET, "getFileDescriptor", FileDescriptor.class);
    private static final VarHandle TLS_SELF = field(boot("sun.security.ssl.BaseSSLSocketImpl"), "self", Socket.class);
    private static final Class<?> CHANNEL_SOCKET = boot("sun.nio.ch.SocketAdaptor");
    private static final MethodHandle UNIX_LOCAL =
            function(boot("sun.nio.ch.UnixDomainSockets"), "localAddress0", byte[].class);
    private static final MethodHandle OPTION = option();
    private static final MethodHandle INET_LOCAL = function(NET, "localAddress", InetSocketAddress.class);
    private static final MethodHandle INET_REMOTE = function(NET, "remoteAddress", InetSocketAddress.class);
    private static final MethodHandle SEL_FD = method(SEL_CHANNEL, "getFD", FileDescriptor.class);

    /** JDK 17 and 21: false after the first refused file-to-file transfer; absent in 25. */
    private static final @Nullable VarHandle FILE_SUPPORTED = optionalStatic("fileSupported");

    /** JDK 17 and 21: false after the first refused transfer to a pipe; absent in 25. */
    private static final @Nullable VarHandle PIPE_SUPPORTED = optionalStatic("pipeSupported");

    /** {@code SOL_SOCKET}, {@code SO_DOMAIN} and {@code AF_UNIX} of Linux, see socket(7). */
    private static final int SOL_SOCKET = 1;

    private static final int SO_DOMAIN = 39;
    private static final int AF_UNIX = 1;

    private static final Class<?> UNMAPPER = boot("sun.nio.ch.FileChannelImpl$Unmapper");
    private static final VarHandle UNMAPPER_FD = field(UNMAPPER, "fd", FileDescriptor.class);
    private static final VarHandle UNMAPPER_ADDRESS = field(UNMAPPER, "address", long.class);
    private static final VarHandle UNMAPPER_SIZE = field(UNMAPPER, "size", long.class);

    private JdkInternals() {}

    /** The descriptor's number, -1 if it is closed. */
    static int number(FileDescriptor fd) {
        return (int) FD.get(fd);
    }

    /** An object for a descriptor that others own: to ask about it, never to close it. */
    static FileDescriptor descriptor(int number) {
        FileDescriptor fd = new FileDescriptor();
        FD.set(fd, number);
        return fd;
    }

    /** Whether the descriptor was opened to append. */
    public static boolean appends(FileDescriptor fd) {
        return (boolean) APPEND.get(fd);
    }

    /** Whether {@code channel} is the JDK's file channel. */
    public static boolean isFileChannel(@Nullable Object channel) {
        return channel != null && channel.getClass() == FILE_CHANNEL;
    }

    /** Whether {@code channel} is the JDK's socket channel. */
    public static boolean isSocketChannel(@Nullable Object channel) {
        return channel != null && channel.getClass() == SOCKET_CHANNEL;
    }

    /** Whether {@code channel} is any selectable channel of the JDK. */
    public static boolean isSelectable(@Nullable Object channel) {
        return SEL_CHANNEL.isInstance(channel);
    }

    /** The descriptor of a channel of the JDK; {@code null} for any other object. */
    public static @Nullable FileDescriptor descriptor(@Nullable Object channel) {
        if (channel == null) {
            return null;
        }
        if (channel.getClass() == FILE_CHANNEL) {
            return (FileDescriptor) FILE_FD.get(channel);
        }
        if (channel.getClass() == SOCKET_CHANNEL) {
            return (FileDescriptor) SOCKET_FD.get(channel);
        }
        if (SEL_CHANNEL.isInstance(channel)) {
            try {
                return (FileDescriptor) SEL_FD.invoke(channel);
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }
        return null;
    }

    /** What all buffers over a mapping have as their descriptor. */
    public static FileDescriptor mapping(Object unmapper) {
        return (FileDescriptor) UNMAPPER_FD.get(unmapper);
    }

    /** Where a mapping begins. */
    public static long mappingAddress(Object unmapper) {
        return (long) UNMAPPER_ADDRESS.get(unmapper);
    }

    /** How many bytes a mapping has. */
    public static long mappingSize(Object unmapper) {
        return (long) UNMAPPER_SIZE.get(unmapper);
    }

    /** The remote address of a socket channel, {@code null} if it is not connected. */
    static @Nullable SocketAddress remote(Object channel) {
        return (SocketAddress) REMOTE.get(channel);
    }

    /** The descriptor of a {@code java.net.SocketImpl}, {@code null} if it is closed. */
    public static @Nullable FileDescriptor socketDescriptor(Object socket) {
        return (FileDescriptor) IMPL_FD.get(socket);
    }

    /** The descriptor under a TLS socket of the JDK, which may stand on another socket; {@code null} if it is closed. */
    public static @Nullable FileDescriptor tlsDescriptor(Object tlsSocket) {
        try {
            Object socket = TLS_SELF.get(tlsSocket);
            if (CHANNEL_SOCKET.isInstance(socket)) {
                return descriptor(((Socket) socket).getChannel());
            }
            return (FileDescriptor) IMPL_DESCRIPTOR.invoke(SOCKET_IMPL.get(socket));
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a socket is bound to, {@code null} if that cannot be had. Asks the kernel. */
    static @Nullable SocketAddress localAddress(FileDescriptor fd) {
        try {
            if (!isUnix(fd)) {
                return (SocketAddress) INET_LOCAL.invoke(fd);
            }
            byte[] path = (byte[]) UNIX_LOCAL.invoke(fd);
            return UnixDomainSocketAddress.of(new String(path, Charset.defaultCharset()));
        } catch (Throwable e) {
            return null;
        }
    }

    /** Where a TCP socket is connected to, {@code null} if that cannot be had. Asks the kernel. */
    static @Nullable SocketAddress remoteAddress(FileDescriptor fd) {
        try {
            return isUnix(fd) ? null : (SocketAddress) INET_REMOTE.invoke(fd);
        } catch (Throwable e) {
            return null;
        }
    }

    /**
     * Whether a socket is of the Unix domain.
     *
     * <p>{@code UnixDomainSockets} tells it too, but its initializer makes random numbers: the first thread to get there
     * waits for the security providers, and two descriptors stay open for good.
     */
    private static boolean isUnix(FileDescriptor fd) throws Throwable {
        return (int) OPTION.invoke(fd, false, SOL_SOCKET, SO_DOMAIN) == AF_UNIX;
    }

    /** Whether the JVM has given up kernel transfers between files. */
    public static boolean filePoisoned() {
        return FILE_SUPPORTED != null && !(boolean) FILE_SUPPORTED.getVolatile();
    }

    /** Whether the JVM has given up kernel transfers to pipes. */
    public static boolean pipePoisoned() {
        return PIPE_SUPPORTED != null && !(boolean) PIPE_SUPPORTED.getVolatile();
    }

    private static Class<?> boot(String name) {
        try {
            return Class.forName(name, false, null);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("no class " + name + " in this JDK", e);
        }
    }

    private static MethodHandles.Lookup lookup(Class<?> owner) throws IllegalAccessException {
        return MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
    }

    private static VarHandle field(Class<?> owner, String name, Class<?> type) {
        try {
            return lookup(owner).findVarHandle(owner, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no field " + owner.getName() + '.' + name + " in this JDK", e);
        }
    }

    private static MethodHandle method(Class<?> owner, String name, Class<?> type) {
        try {
            return lookup(owner).findVirtual(owner, name, MethodType.methodType(type));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no method " + owner.getName() + '.' + name + " in this JDK", e);
        }
    }

    private static MethodHandle function(Class<?> owner, String name, Class<?> type) {
        try {
            return lookup(owner).findStatic(owner, name, MethodType.methodType(type, FileDescriptor.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no method " + owner.getName() + '.' + name + " in this JDK", e);
        }
    }

    private static MethodHandle option() {
        String name = "getIntOption0";
        MethodType type = MethodType.methodType(int.class, FileDescriptor.class, boolean.class, int.class, int.class);
        try {
            return lookup(NET).findStatic(NET, name, type);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("no method " + NET.getName() + '.' + name + " in this JDK", e);
        }
    }

    private static @Nullable VarHandle optionalStatic(String name) {
        try {
            return lookup(FILE_CHANNEL).findStaticVarHandle(FILE_CHANNEL, name, boolean.class);
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
