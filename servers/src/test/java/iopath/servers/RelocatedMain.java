package iopath.servers;

import io.grpc.netty.shaded.io.netty.bootstrap.Bootstrap;
import io.grpc.netty.shaded.io.netty.bootstrap.ServerBootstrap;
import io.grpc.netty.shaded.io.netty.buffer.ByteBuf;
import io.grpc.netty.shaded.io.netty.buffer.PooledByteBufAllocator;
import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelInitializer;
import io.grpc.netty.shaded.io.netty.channel.DefaultFileRegion;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A program on the copy of Netty that gRPC has in packages of its own: the first half of the file {@code in} goes through
 * a buffer, the second as a region; what comes goes to {@code out}.
 */
final class RelocatedMain {

    private RelocatedMain() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        int half = (int) TransportMain.BYTES / 2;
        EventLoopGroup group = new EpollEventLoopGroup(1);
        try (FileChannel in = FileChannel.open(folder.resolve("in"));
                FileChannel out =
                        FileChannel.open(folder.resolve("out"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            CountDownLatch closed = new CountDownLatch(1);
            Channel server = new ServerBootstrap()
                    .group(group)
                    .channel(EpollServerSocketChannel.class)
                    .childHandler(new ChannelInitializer<Channel>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Keeper(out, closed));
                        }
                    })
                    .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .sync()
                    .channel();
            Channel client = new Bootstrap()
                    .group(group)
                    .channel(EpollSocketChannel.class)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(server.localAddress())
                    .sync()
                    .channel();
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(half, half);
            while (buffer.isWritable()) {
                buffer.writeBytes(in, buffer.writerIndex(), buffer.writableBytes());
            }
            client.writeAndFlush(buffer).sync();
            client.writeAndFlush(new DefaultFileRegion(in, half, TransportMain.BYTES - half))
                    .sync();
            client.close().sync();
            closed.await();
            server.close().sync();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    /** Writes what comes to a file. */
    private static final class Keeper extends ChannelInboundHandlerAdapter {

        private final FileChannel file;
        private final CountDownLatch closed;

        Keeper(FileChannel file, CountDownLatch closed) {
            this.file = file;
            this.closed = closed;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
            ByteBuf came = (ByteBuf) message;
            while (came.isReadable()) {
                came.readBytes(file, came.readableBytes());
            }
            came.release();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            closed.countDown();
        }
    }
}
