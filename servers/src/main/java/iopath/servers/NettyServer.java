package iopath.servers;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringIoHandlerConfig;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Netty with a file handler like that of its examples; options {@code epoll}, {@code io_uring}, {@code openssl},
 * {@code chunked-file}, {@code chunked-nio-file}, {@code second}, and for io_uring {@code buffer-ring}, {@code
 * zero-copy}.
 */
final class NettyServer {

    /** Number of the buffers that a ring hands out. */
    private static final short BUFFERS = 1;

    private NettyServer() {}

    static Server start(Setup setup) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(handlers(setup));
        ServerBootstrap server = new ServerBootstrap();
        if (setup.has("buffer-ring")) {
            server.childOption(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, BUFFERS);
        }
        if (setup.has("zero-copy")) {
            server.childOption(IoUringChannelOption.IO_URING_WRITE_ZERO_COPY_THRESHOLD, 4096);
        }
        server.group(group)
                .channel(type(setup))
                .option(ChannelOption.SO_BACKLOG, 1024)
                .childHandler(pipeline(setup));
        Channel listening = listen(server);
        Channel second = setup.has("second") ? listen(server) : listening;
        return new Server() {
            @Override
            public int port() {
                return NettyServer.port(listening);
            }

            @Override
            public int second() {
                return NettyServer.port(second);
            }

            @Override
            public void close() throws InterruptedException {
                listening.close().sync();
                second.close().sync();
                group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
            }
        };
    }

    private static Channel listen(ServerBootstrap server) throws InterruptedException {
        return server.bind(InetAddress.getLoopbackAddress(), 0).sync().channel();
    }

    private static int port(Channel listening) {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    private static IoHandlerFactory handlers(Setup setup) {
        if (setup.has("epoll")) {
            return EpollIoHandler.newFactory();
        }
        return setup.has("io_uring") ? IoUringIoHandler.newFactory(rings(setup)) : NioIoHandler.newFactory();
    }

    private static IoUringIoHandlerConfig rings(Setup setup) {
        IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
        if (setup.has("buffer-ring")) {
            config.setBufferRingConfig(IoUringBufferRingConfig.builder()
                    .bufferGroupId(BUFFERS)
                    .bufferRingSize((short) 32)
                    .batchSize(32)
                    .allocator(new IoUringFixedBufferRingAllocator(16 * 1024))
                    .build());
        }
        return config;
    }

    private static Class<? extends ServerChannel> type(Setup setup) {
        if (setup.has("epoll")) {
            return EpollServerSocketChannel.class;
        }
        return setup.has("io_uring") ? IoUringServerSocketChannel.class : NioServerSocketChannel.class;
    }

    private static ChannelInitializer<SocketChannel> pipeline(Setup setup) throws Exception {
        SslContext tls = tls(setup);
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                if (tls != null) {
                    channel.pipeline().addLast(tls.newHandler(channel.alloc()));
                }
                channel.pipeline().addLast(new HttpServerCodec(), new ChunkedWriteHandler(), new NettyFiles(setup));
            }
        };
    }

    private static @Nullable SslContext tls(Setup setup) throws Exception {
        if (!setup.tls()) {
            return null;
        }
        return SslContextBuilder.forServer(setup.keyManagers())
                .sslProvider(setup.has("openssl") ? SslProvider.OPENSSL : SslProvider.JDK)
                .build();
    }
}
