package iopath.agent.instrument;

import static iopath.agent.instrument.Hook.ALWAYS;
import static iopath.agent.instrument.Hook.Family.BUFFERS;
import static iopath.agent.instrument.Hook.Family.CHANNELS;
import static iopath.agent.instrument.Hook.Family.COPIES;
import static iopath.agent.instrument.Hook.Family.LIBRARIES;
import static iopath.agent.instrument.Hook.Family.LIBRARY_COPIES;
import static iopath.agent.instrument.Hook.Family.STREAMS;
import static iopath.agent.instrument.Hook.Family.TLS;

import java.util.List;
import java.util.Map;

/**
 * The table of all hooks: what differs between JDK versions is data here, not code elsewhere.
 *
 * <p>Each hook names one method by its exact descriptor. Where a JDK or a library has no such method the hook is
 * skipped, and reported. Names and descriptors were read from JDK 17.0, 21.0 and 25.0, Netty 4.1 and 4.2, Conscrypt 2.5
 * and 2.9, Tomcat 10.1 and 11, and WildFly OpenSSL 2.2.
 */
final class Hooks {

    private static final String FD = "Ljava/io/FileDescriptor;";
    private static final String BUFFER = "Ljava/nio/ByteBuffer;";
    private static final String WRITABLE = "Ljava/nio/channels/WritableByteChannel;";
    private static final String READABLE = "Ljava/nio/channels/ReadableByteChannel;";
    private static final String RESULT = "Ljavax/net/ssl/SSLEngineResult;";
    private static final String ONE = "(" + FD + BUFFER + "JZZILsun/nio/ch/NativeDispatcher;)I";
    private static final String MANY = "(" + FD + "[" + BUFFER + "IIZZILsun/nio/ch/NativeDispatcher;)J";
    private static final String ENGINE = "([" + BUFFER + "II[" + BUFFER + "II)" + RESULT;

    private static final String IO_UTIL = "sun.nio.ch.IOUtil";
    private static final String FILE = "sun.nio.ch.FileChannelImpl";
    private static final String DISPATCHER = "sun.nio.ch.FileDispatcherImpl";
    private static final String SOCKET = "sun.nio.ch.SocketChannelImpl";
    private static final String SERVER = "sun.nio.ch.ServerSocketChannelImpl";
    private static final String DIRECT = "java.nio.DirectByteBuffer";
    private static final String HEAP = "java.nio.HeapByteBuffer";
    private static final String FOREIGN = "jdk.internal.foreign.";
    private static final String SESSION = "Ljdk/internal/foreign/MemorySessionImpl;";
    private static final String ENGINE_IMPL = "sun.security.ssl.SSLEngineImpl";

    private static final String RECORD = "sun.security.ssl.SSLSocketOutputRecord";
    private static final String TLS_IN = "sun.security.ssl.SSLSocketImpl$AppInputStream";

    private static final String DATAGRAM = "sun.nio.ch.DatagramChannelImpl";
    private static final String ADAPTOR = "sun.nio.ch.DatagramSocketAdaptor";
    private static final String PACKET = "(Ljava/net/DatagramPacket;)V";
    private static final String ASYNC_SERVER = "sun.nio.ch.UnixAsynchronousServerSocketChannelImpl";
    private static final String ASYNC_ACCEPT = "(" + FD
            + "Ljava/net/InetSocketAddress;Ljava/security/AccessControlContext;)"
            + "Ljava/nio/channels/AsynchronousSocketChannel;";
    private static final String ASYNC_ACCEPT_24 =
            "(" + FD + "Ljava/net/InetSocketAddress;)Ljava/nio/channels/AsynchronousSocketChannel;";
    private static final String LINUX_FILES = "sun.nio.fs.LinuxFileSystem";
    private static final String UNIX_FILES = "sun.nio.fs.UnixFileSystem";
    private static final String COPY_17 = "sun.nio.fs.UnixCopyFile";
    private static final String COPY_FILE_17 = "(Lsun/nio/fs/UnixPath;Lsun/nio/fs/UnixFileAttributes;"
            + "Lsun/nio/fs/UnixPath;Lsun/nio/fs/UnixCopyFile$Flags;J)V";

    private static final String FILE_IN = "java.io.FileInputStream";
    private static final String FILE_OUT = "java.io.FileOutputStream";
    private static final String RANDOM = "java.io.RandomAccessFile";
    private static final String NIO_SOCKET = "sun.nio.ch.NioSocketImpl";

    private static final String NETTY_MEMORY = "io.netty.util.internal.PlatformDependent";
    private static final String NETTY_FD = "io.netty.channel.unix.FileDescriptor";
    private static final String NETTY_SOCKET = "io.netty.channel.unix.Socket";
    private static final String NETTY_LINUX = "io.netty.channel.epoll.LinuxSocket";
    private static final String NETTY_REGION = "io/netty/channel/DefaultFileRegion";
    private static final String ADDRESSEE = "Ljava/net/InetAddress;IZ";
    private static final String SENDER = "Lio/netty/channel/unix/DatagramSocketAddress;";
    private static final String UNIX_SENDER = "Lio/netty/channel/unix/DomainDatagramSocketAddress;";
    private static final String PACKETS = "Lio/netty/channel/epoll/NativeDatagramPacketArray$NativeDatagramPacket;";
    private static final String NETTY_NATIVE = "io.netty.channel.epoll.Native";
    private static final String URING = "io.netty.channel.uring.";
    private static final String URING_HANDLER = URING + "IoUringIoHandler";
    private static final String URING_OPS = "Lio/netty/channel/uring/IoUringIoOps;";
    private static final String NETTY_BUF = "Lio/netty/buffer/ByteBuf;";
    private static final String NETTY_ENGINE = "io.netty.handler.ssl.ReferenceCountedOpenSslEngine";
    private static final String CONSCRYPT_ENGINE = "org.conscrypt.ConscryptEngine";
    private static final String TOMCAT_ENGINE = "org.apache.tomcat.util.net.openssl.OpenSSLEngine";
    private static final String TOMCAT_FFM_ENGINE = "org.apache.tomcat.util.net.openssl.panama.OpenSSLEngine";
    private static final String WILDFLY_ENGINE = "org.wildfly.openssl.OpenSSLEngine";
    private static final String WRAP_INTO_ONE = "([" + BUFFER + "II" + BUFFER + ")" + RESULT;
    private static final String UNWRAP_FROM_ONE = "(" + BUFFER + "[" + BUFFER + "II)" + RESULT;

    private static final String BY_JNI = "native code reads and writes the descriptor itself, which no hook follows";
    private static final String NATIVE_FILES = "native code reads and writes its files itself, which no hook follows";

    /** Classes of libraries that move bytes where no hook follows, and why: to be told where they are in use. */
    static final Map<String, String> BLIND = Map.ofEntries(
            Map.entry(
                    "io.netty.incubator.channel.uring.IOUringEventLoop",
                    "its bytes move by completions of a ring, which no hook follows"),
            Map.entry(
                    "org.conscrypt.ConscryptFileDescriptorSocket",
                    "BoringSSL reads and writes the descriptor itself, which no hook follows"),
            Map.entry("org.newsclub.net.unix.NativeUnixSocket", BY_JNI),
            Map.entry("jnr.enxio.channels.Native", BY_JNI),
            Map.entry("org.apache.hadoop.net.unix.DomainSocket", BY_JNI),
            Map.entry("org.apache.tomcat.jni.Socket", BY_JNI),
            Map.entry("one.nio.net.NativeSocket", BY_JNI),
            Map.entry("software.amazon.awssdk.crt.CRT", BY_JNI),
            Map.entry("org.rocksdb.RocksDB", NATIVE_FILES),
            Map.entry("org.sqlite.core.NativeDB", NATIVE_FILES));

    private Hooks() {}

    private static Hook library(String type, String method, String descriptor, String advice) {
        return new Hook(LIBRARIES, type, method, descriptor, 17, ALWAYS, advice);
    }

    private static Hook copies(String type) {
        return copies(type, Hook.ANY, "");
    }

    private static Hook copies(String type, String method, String descriptor) {
        return new Hook(COPIES, type, method, descriptor, 17, ALWAYS, Hook.COPY_CALLS);
    }

    private static Hook bulk(String method, String descriptor, String advice) {
        return new Hook(COPIES, "java.nio.ByteBuffer", method, descriptor, 17, ALWAYS, advice);
    }

    private static Hook libraryCopies(String type) {
        return new Hook(LIBRARY_COPIES, type, Hook.ANY, "", 17, ALWAYS, Hook.COPY_CALLS);
    }

    private static Hook copyMemory(String type, String descriptor, String advice) {
        return new Hook(LIBRARY_COPIES, type, "copyMemory", descriptor, 17, ALWAYS, advice);
    }

    private static Hook stream(String type, String method, String descriptor, String advice) {
        return new Hook(STREAMS, type, method, descriptor, 17, ALWAYS, advice);
    }

    /** All hooks of all JDK versions. */
    static List<Hook> all() {
        return List.of(
                // Every read and write of a channel ends here; the shorter overloads delegate to these.
                new Hook(CHANNELS, IO_UTIL, "read", ONE, 17, ALWAYS, "ChannelAdvice$ReadOne"),
                new Hook(CHANNELS, IO_UTIL, "write", ONE, 17, ALWAYS, "ChannelAdvice$WriteOne"),
                new Hook(CHANNELS, IO_UTIL, "read", MANY, 17, ALWAYS, "ChannelAdvice$ReadMany"),
                new Hook(CHANNELS, IO_UTIL, "write", MANY, 17, ALWAYS, "ChannelAdvice$WriteMany"),
                // The frame around whatever a transfer does inside.
                new Hook(CHANNELS, FILE, "transferTo", "(JJ" + WRITABLE + ")J", 17, ALWAYS, "TransferAdvice$To"),
                new Hook(CHANNELS, FILE, "transferFrom", "(" + READABLE + "JJ)J", 17, ALWAYS, "TransferAdvice$From"),
                // Each call of these is one question to the kernel.
                new Hook(
                        CHANNELS,
                        FILE,
                        "transferToDirectlyInternal",
                        "(JI" + WRITABLE + FD + ")J",
                        17,
                        20,
                        "TransferAdvice$Sendfile17"),
                new Hook(
                        CHANNELS,
                        DISPATCHER,
                        "transferTo",
                        "(" + FD + "JJ" + FD + "Z)J",
                        21,
                        ALWAYS,
                        "TransferAdvice$KernelTo"),
                new Hook(
                        CHANNELS,
                        DISPATCHER,
                        "transferFrom",
                        "(" + FD + FD + "JJZ)J",
                        21,
                        ALWAYS,
                        "TransferAdvice$KernelFrom"),
                new Hook(
                        CHANNELS,
                        FILE,
                        "mapInternal",
                        "(Ljava/nio/channels/FileChannel$MapMode;JJIZ)Lsun/nio/ch/FileChannelImpl$Unmapper;",
                        17,
                        ALWAYS,
                        "BufferAdvice$Map"),
                new Hook(CHANNELS, FILE + "$Unmapper", "unmap", "()V", 17, ALWAYS, "BufferAdvice$Unmap"),
                // Who is at the other end: asked once a connection.
                new Hook(
                        CHANNELS,
                        SOCKET,
                        "connect",
                        "(Ljava/net/SocketAddress;)Z",
                        17,
                        ALWAYS,
                        "ChannelAdvice$Connect"),
                new Hook(CHANNELS, SOCKET, "finishConnect", "()Z", 17, ALWAYS, "ChannelAdvice$Connect"),
                new Hook(
                        CHANNELS,
                        SERVER,
                        "finishAccept",
                        "(" + FD + "Ljava/net/SocketAddress;)Ljava/nio/channels/SocketChannel;",
                        17,
                        ALWAYS,
                        "ChannelAdvice$Accept"),
                // Streams: each of these makes its own system call, none goes by another.
                stream(FILE_IN, "read", "()I", "StreamAdvice$ReadByte"),
                stream(FILE_IN, "read", "([B)I", "StreamAdvice$ReadArray"),
                stream(FILE_IN, "read", "([BII)I", "StreamAdvice$ReadPart"),
                stream(FILE_OUT, "write", "(I)V", "StreamAdvice$WriteByte"),
                stream(FILE_OUT, "write", "([B)V", "StreamAdvice$WriteArray"),
                stream(FILE_OUT, "write", "([BII)V", "StreamAdvice$WritePart"),
                stream(RANDOM, "read", "()I", "StreamAdvice$ReadByte"),
                stream(RANDOM, "read", "([B)I", "StreamAdvice$ReadArray"),
                stream(RANDOM, "read", "([BII)I", "StreamAdvice$ReadPart"),
                stream(RANDOM, "write", "(I)V", "StreamAdvice$WriteByte"),
                stream(RANDOM, "write", "([B)V", "StreamAdvice$WriteArray"),
                stream(RANDOM, "write", "([BII)V", "StreamAdvice$WritePart"),
                new Hook(STREAMS, RANDOM, "implReadLine", "()Ljava/lang/String;", 25, ALWAYS, Hook.EACH_READ),
                stream(RANDOM, "writeBytes", "(Ljava/lang/String;)V", "StreamAdvice$WriteText"),
                stream(RANDOM, "writeChars", "(Ljava/lang/String;)V", "StreamAdvice$WriteWideText"),
                stream(NIO_SOCKET, "tryRead", "(" + FD + "[BII)I", "StreamAdvice$SocketRead"),
                stream(NIO_SOCKET, "tryWrite", "(" + FD + "[BII)I", "StreamAdvice$SocketWrite"),
                stream(NIO_SOCKET, "accept", "(Ljava/net/SocketImpl;)V", "StreamAdvice$Accept"),
                stream(SOCKET, "tryRead", "([BII)I", "StreamAdvice$ChannelRead"),
                stream(SOCKET, "tryWrite", "([BII)I", "StreamAdvice$ChannelWrite"),
                // Datagrams that are not sent and received by read and write.
                new Hook(
                        CHANNELS,
                        DATAGRAM,
                        "send",
                        "(" + FD + BUFFER + "Ljava/net/InetSocketAddress;)I",
                        17,
                        ALWAYS,
                        "ChannelAdvice$WriteOne"),
                new Hook(CHANNELS, DATAGRAM, "receive", "(" + BUFFER + "Z)I", 17, ALWAYS, "ChannelAdvice$Receive"),
                // The classic socket's packets, around these.
                new Hook(CHANNELS, ADAPTOR, "send", PACKET, 17, ALWAYS, "ChannelAdvice$Packet"),
                new Hook(CHANNELS, ADAPTOR, "receive", PACKET, 17, ALWAYS, "ChannelAdvice$Packet"),
                new Hook(CHANNELS, ASYNC_SERVER, "finishAccept", ASYNC_ACCEPT, 17, 23, "ChannelAdvice$Accept"),
                new Hook(CHANNELS, ASYNC_SERVER, "finishAccept", ASYNC_ACCEPT_24, 24, ALWAYS, "ChannelAdvice$Accept"),
                // Whole files: both descriptors are numbers, and no count of bytes is returned.
                new Hook(CHANNELS, LINUX_FILES, "directCopy", "(IIJ)I", 21, ALWAYS, "CopyAdvice$Direct"),
                new Hook(CHANNELS, UNIX_FILES, "bufferedCopy", "(IIJIJ)V", 21, ALWAYS, "CopyAdvice$Buffered"),
                new Hook(CHANNELS, COPY_17, "copyFile", COPY_FILE_17, 17, 20, "CopyAdvice$Whole"),
                // Memory that moves, or changes hands, under a link.
                new Hook(BUFFERS, HEAP, "compact", "()" + BUFFER, 17, ALWAYS, "BufferAdvice$Compact"),
                new Hook(
                        BUFFERS,
                        DIRECT,
                        "compact",
                        "()Ljava/nio/MappedByteBuffer;",
                        17,
                        ALWAYS,
                        "BufferAdvice$Compact"),
                new Hook(BUFFERS, DIRECT, "<init>", "(I)V", 17, ALWAYS, "BufferAdvice$Allocate"),
                new Hook(BUFFERS, DIRECT, "<init>", "(JI)V", 17, 20, "BufferAdvice$Allocate"),
                new Hook(BUFFERS, DIRECT, "<init>", "(JJ)V", 21, ALWAYS, "BufferAdvice$Allocate"),
                new Hook(
                        BUFFERS,
                        FOREIGN + "NativeMemorySegmentImpl",
                        "makeNativeSegment",
                        "(JJ" + SESSION + ")Ljava/lang/foreign/MemorySegment;",
                        21,
                        21,
                        "BufferAdvice$AllocateSegment"),
                new Hook(
                        BUFFERS,
                        FOREIGN + "SegmentFactories",
                        "allocateNativeSegment",
                        "(JJ" + SESSION + "ZZ)Ljdk/internal/foreign/NativeMemorySegmentImpl;",
                        25,
                        ALWAYS,
                        "BufferAdvice$AllocateSegment"),
                // Copies from memory to memory: what is known of bytes goes with them.
                bulk("putBuffer", "(I" + BUFFER + "II)V", "BulkAdvice$PutBuffer"),
                bulk("putArray", "(I[BII)" + BUFFER, "BulkAdvice$PutArray"),
                bulk("getArray", "(I[BII)" + BUFFER, "BulkAdvice$GetArray"),
                copies(HEAP, "get", "([BII)" + BUFFER),
                copies(HEAP, "get", "(I[BII)" + BUFFER),
                copies(HEAP, "put", "([BII)" + BUFFER),
                copies(HEAP, "put", "(I[BII)" + BUFFER),
                copies("java.io.BufferedInputStream"),
                copies("java.io.BufferedOutputStream"),
                copies("java.io.ByteArrayInputStream"),
                copies("java.io.ByteArrayOutputStream"),
                copies("java.io.PushbackInputStream"),
                copies("java.io.PipedInputStream"),
                copies("java.io.InputStream"),
                copies("sun.net.www.http.ChunkedInputStream"),
                copies("sun.net.www.http.ChunkedOutputStream"),
                libraryCopies("sun.net.httpserver.ChunkedOutputStream"),
                copyMemory(NETTY_MEMORY, "(JJJ)V", "BulkAdvice$Native"),
                copyMemory(NETTY_MEMORY, "([BIJJ)V", "BulkAdvice$ToNative"),
                copyMemory(NETTY_MEMORY, "(J[BIJ)V", "BulkAdvice$FromNative"),
                libraryCopies("io.netty.buffer.PooledHeapByteBuf"),
                libraryCopies("io.netty.buffer.UnpooledHeapByteBuf"),
                libraryCopies("io.netty.buffer.PoolArena$HeapArena"),
                libraryCopies("io.netty.buffer.UnsafeByteBufUtil"),
                libraryCopies("io.netty.buffer.ByteBufUtil"),
                libraryCopies("org.apache.tomcat.util.buf.ByteChunk"),
                libraryCopies("org.eclipse.jetty.util.BufferUtil"),
                libraryCopies("org.springframework.util.FastByteArrayOutputStream"),
                libraryCopies("org.apache.hc.core5.http.impl.io.ChunkedOutputStream"),
                libraryCopies("org.apache.hc.core5.http.impl.io.SessionInputBufferImpl"),
                libraryCopies("org.apache.hc.core5.util.ByteArrayBuffer"),
                libraryCopies("org.apache.http.impl.io.ChunkedOutputStream"),
                libraryCopies("org.apache.http.impl.io.SessionInputBufferImpl"),
                libraryCopies("org.apache.http.util.ByteArrayBuffer"),
                libraryCopies("org.apache.commons.io.input.UnsynchronizedBufferedInputStream"),
                libraryCopies("org.apache.commons.io.input.UnsynchronizedByteArrayInputStream"),
                libraryCopies("org.apache.commons.io.output.AbstractByteArrayOutputStream"),
                libraryCopies("okio.Buffer"),
                libraryCopies("okio.Segment"),
                libraryCopies("kotlin.collections.ArraysKt___ArraysJvmKt"),
                libraryCopies("com.google.protobuf.ByteString$ArraysByteArrayCopier"),
                libraryCopies("com.google.protobuf.ByteString$BoundedByteString"),
                libraryCopies("com.google.protobuf.ByteString$LiteralByteString"),
                libraryCopies("com.google.protobuf.ByteString$SystemByteArrayCopier"),
                libraryCopies("com.google.protobuf.CodedInputStream$ArrayDecoder"),
                libraryCopies("com.google.protobuf.CodedInputStream$StreamDecoder"),
                libraryCopies("com.google.protobuf.CodedOutputStream$ArrayEncoder"),
                libraryCopies("com.google.protobuf.CodedOutputStream$OutputStreamEncoder"),
                // The overloads of the public API delegate to these.
                new Hook(TLS, ENGINE_IMPL, "wrap", ENGINE, 17, ALWAYS, "TlsAdvice$Wrap"),
                new Hook(TLS, ENGINE_IMPL, "unwrap", ENGINE, 17, ALWAYS, "TlsAdvice$Unwrap"),
                // A TLS socket writes its records, and those of the protocol, from inside these.
                new Hook(TLS, RECORD, "deliver", "([BII)V", 17, ALWAYS, "TlsAdvice$Deliver"),
                new Hook(TLS, RECORD, "encodeHandshake", "([BII)V", 17, ALWAYS, "TlsAdvice$Protocol"),
                new Hook(TLS, RECORD, "encodeAlert", "(BB)V", 17, ALWAYS, "TlsAdvice$Protocol"),
                new Hook(TLS, RECORD, "encodeChangeCipherSpec", "()V", 17, ALWAYS, "TlsAdvice$Protocol"),
                new Hook(TLS, RECORD, "flush", "()V", 17, ALWAYS, "TlsAdvice$Protocol"),
                new Hook(TLS, TLS_IN, "read", "([BII)I", 17, ALWAYS, "TlsAdvice$Read"),
                // Netty's native transport: each of these is one system call.
                library(NETTY_FD, "read", "(" + BUFFER + "II)I", "NettyAdvice$ReadBuffer"),
                library(NETTY_FD, "readAddress", "(JII)I", "NettyAdvice$ReadAddress"),
                library(NETTY_FD, "write", "(" + BUFFER + "II)I", "NettyAdvice$WriteBuffer"),
                library(NETTY_FD, "writeAddress", "(JII)I", "NettyAdvice$WriteAddress"),
                library(NETTY_FD, "writev", "([" + BUFFER + "IIJ)J", "NettyAdvice$WriteBuffers"),
                library(NETTY_FD, "writevAddresses", "(JI)J", "NettyAdvice$WriteVector"),
                library(NETTY_SOCKET, "recv", "(" + BUFFER + "II)I", "NettyAdvice$ReadBuffer"),
                library(NETTY_SOCKET, "recvAddress", "(JII)I", "NettyAdvice$ReadAddress"),
                library(NETTY_SOCKET, "send", "(" + BUFFER + "II)I", "NettyAdvice$WriteBuffer"),
                library(NETTY_SOCKET, "sendAddress", "(JII)I", "NettyAdvice$WriteAddress"),
                library(NETTY_SOCKET, "accept", "([B)I", "NettyAdvice$Accept"),
                library(NETTY_SOCKET, "sendTo", "(" + BUFFER + "II" + ADDRESSEE + ")I", "NettyAdvice$WriteBuffer"),
                library(NETTY_SOCKET, "sendToDomainSocket", "(" + BUFFER + "II[B)I", "NettyAdvice$WriteBuffer"),
                library(NETTY_SOCKET, "sendToAddress", "(JII" + ADDRESSEE + ")I", "NettyAdvice$WriteAddress"),
                library(NETTY_SOCKET, "sendToAddressDomainSocket", "(JII[B)I", "NettyAdvice$WriteAddress"),
                library(NETTY_SOCKET, "sendToAddresses", "(JI" + ADDRESSEE + ")I", "NettyAdvice$WriteVector"),
                library(NETTY_SOCKET, "sendToAddressesDomainSocket", "(JI[B)I", "NettyAdvice$WriteVector"),
                library(NETTY_SOCKET, "recvFrom", "(" + BUFFER + "II)" + SENDER, "NettyAdvice$ReceiveBuffer"),
                library(NETTY_SOCKET, "recvFromAddress", "(JII)" + SENDER, "NettyAdvice$ReceiveAddress"),
                library(
                        NETTY_SOCKET,
                        "recvFromDomainSocket",
                        "(" + BUFFER + "II)" + UNIX_SENDER,
                        "NettyAdvice$ReceiveBuffer"),
                library(
                        NETTY_SOCKET,
                        "recvFromAddressDomainSocket",
                        "(JII)" + UNIX_SENDER,
                        "NettyAdvice$ReceiveAddress"),
                library(NETTY_LINUX, "sendmmsg", "([" + PACKETS + "II)I", "NettyAdvice$SendPackets"),
                library(NETTY_LINUX, "recvmmsg", "([" + PACKETS + "II)I", "NettyAdvice$ReceivePackets"),
                library(NETTY_LINUX, "recvmsg", "(" + PACKETS + ")I", "NettyAdvice$ReceivePacket"),
                library(NETTY_LINUX, "sendFile", "(L" + NETTY_REGION + ";JJJ)J", "NettyAdvice$SendFile"),
                library(NETTY_NATIVE, "splice", "(IJIJJ)I", "NettyAdvice$Splice"),
                library(NETTY_FD, "close", "()V", "NettyAdvice$Close"),
                // Netty's io_uring: what is asked for, and what has come of it. The second has had three forms.
                library(URING + "SubmissionQueue", "enqueueSqe", "(BBSIJJIIJSSIJ)J", "RingAdvice$Request"),
                library(URING_HANDLER, "handle", "(IIJ" + BUFFER + ")Z", "RingAdvice$Completion"),
                library(URING_HANDLER, "handle", "(IIJ" + BUFFER + ")V", "RingAdvice$Completion"),
                library(URING_HANDLER, "handle", "(IIJ)Z", "RingAdvice$Completion"),
                library(URING + "IoUringBufferRing", "useBuffer", "(SIZ)" + NETTY_BUF, "RingAdvice$Provided"),
                library(URING + "IoUringFileRegion", "splice", "(I)" + URING_OPS, "RingAdvice$Region"),
                // Engines over OpenSSL and BoringSSL; the overloads of the public API delegate to these.
                library(NETTY_ENGINE, "wrap", WRAP_INTO_ONE, "TlsAdvice$WrapIntoOne"),
                library(NETTY_ENGINE, "unwrap", ENGINE, "TlsAdvice$Unwrap"),
                library(CONSCRYPT_ENGINE, "wrap", WRAP_INTO_ONE, "TlsAdvice$WrapIntoOne"),
                library(CONSCRYPT_ENGINE, "unwrap", ENGINE, "TlsAdvice$Unwrap"),
                library(TOMCAT_ENGINE, "wrap", WRAP_INTO_ONE, "TlsAdvice$WrapIntoOne"),
                library(TOMCAT_ENGINE, "unwrap", UNWRAP_FROM_ONE, "TlsAdvice$UnwrapFromOne"),
                library(TOMCAT_FFM_ENGINE, "wrap", WRAP_INTO_ONE, "TlsAdvice$WrapIntoOne"),
                library(TOMCAT_FFM_ENGINE, "unwrap", UNWRAP_FROM_ONE, "TlsAdvice$UnwrapFromOne"),
                library(WILDFLY_ENGINE, "wrap", WRAP_INTO_ONE, "TlsAdvice$WrapIntoOne"),
                library(WILDFLY_ENGINE, "unwrap", UNWRAP_FROM_ONE, "TlsAdvice$UnwrapFromOne"));
    }
}
