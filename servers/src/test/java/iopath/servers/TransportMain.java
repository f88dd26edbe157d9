package iopath.servers;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollMode;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.uring.IoUringDatagramChannel;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Small programs on Netty's native transports, each with a file {@code in} that goes somewhere. */
final class TransportMain {

    /** Bytes of a datagram. */
    static final long PIECE = 1400;

    /** Bytes of the file {@code in}. */
    static final long BYTES = 6 * PIECE;

    /** Bytes of what is spliced, more than a pipe holds. */
    static final long SPLICED = 300_000;

    private final Path folder;

    private TransportMain(Path folder) {
        this.folder = folder;
    }

    /** Runs the program named by the first argument in the folder named by the second. */
    public static void main(String[] arguments) throws Exception {
        TransportMain main = new TransportMain(Path.of(arguments[1]));
        switch (arguments[0]) {
            case "epoll-datagrams" ->
                main.datagrams(EpollIoHandler.newFactory(), new Bootstrap().channel(EpollDatagramChannel.class));
            case "epoll-many-datagrams" ->
                main.datagrams(
                        EpollIoHandler.newFactory(),
                        new Bootstrap()
                                .channel(EpollDatagramChannel.class)
                                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, 2048)
                                .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(4 * 2048)));
            case "epoll-unix-datagrams" -> main.unixDatagrams();
            case "epoll-mapped" ->
                main.mapped(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, EpollSocketChannel.class);
            case "io_uring-mapped" ->
                main.mapped(
                        IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class, IoUringSocketChannel.class);
            case "epoll-mapped-datagrams" -> main.mappedDatagrams();
            case "epoll-splice" -> main.splice();
            case "io_uring-datagrams" ->
                main.datagrams(IoUringIoHandler.newFactory(), new Bootstrap().channel(IoUringDatagramChannel.class));
            case "io_uring-unix" -> main.unixRegion();
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }

    /** A file as datagrams, one by one, several at once, and one out of two buffers; what comes goes to a file. */
    private void datagrams(IoHandlerFactory handlers, Bootstrap bootstrap) throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handlers);
        try (FileChannel source = FileChannel.open(folder.resolve("in"))) {
            Keeper<DatagramPacket> keeper = new Keeper<>(DatagramPacket.class, folder.resolve("out"), BYTES);
            InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Channel receiver = bootstrap
                    .clone()
                    .group(group)
                    .handler(keeper)
                    .bind(loopback)
                    .sync()
                    .channel();
            Channel sender = bootstrap
                    .clone()
                    .group(group)
                    .handler(new ChannelInboundHandlerAdapter())
                    .bind(loopback)
                    .sync()
                    .channel();
            InetSocketAddress target = (InetSocketAddress) receiver.localAddress();
            sender.writeAndFlush(new DatagramPacket(piece(source), target)).sync();
            List<ChannelFuture> sent = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                sent.add(sender.write(new DatagramPacket(piece(source), target)));
            }
            sender.flush();
            for (ChannelFuture future : sent) {
                future.sync();
            }
            CompositeByteBuf both = PooledByteBufAllocator.DEFAULT.compositeDirectBuffer();
            both.addComponents(true, piece(source, (int) PIECE / 2), piece(source, (int) PIECE / 2));
            sender.writeAndFlush(new DatagramPacket(both, target)).sync();
            sender.writeAndFlush(new DatagramPacket(piece(source), target)).sync();
            keeper.awaitAll();
            sender.close().sync();
            receiver.close().sync();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    /** A mapped file: half of it as it is, the rest in one write with a piece that was read. */
    private void mapped(
            IoHandlerFactory handlers,
            Class<? extends ServerChannel> listeningType,
            Class<? extends Channel> connectedType)
            throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, handlers);
        try (FileChannel source = FileChannel.open(folder.resolve("in"))) {
            Keeper<ByteBuf> keeper = new Keeper<>(ByteBuf.class, folder.resolve("out"), BYTES);
            Channel listening = new ServerBootstrap()
                    .group(group)
                    .channel(listeningType)
                    .childHandler(keeper)
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            Channel client = new Bootstrap()
                    .group(group)
                    .channel(connectedType)
                    .handler(new ChannelInboundHandlerAdapter())
                    .connect(listening.localAddress())
                    .sync()
                    .channel();
            MappedByteBuffer file = source.map(FileChannel.MapMode.READ_ONLY, 0, BYTES);
            int half = (int) BYTES / 2;
            client.writeAndFlush(Unpooled.wrappedBuffer(file.slice(0, half))).sync();
            source.position(half);
            CompositeByteBuf both = PooledByteBufAllocator.DEFAULT.compositeDirectBuffer();
            both.addComponents(
                    true, piece(source), Unpooled.wrappedBuffer(file.slice(half + (int) PIECE, half - (int) PIECE)));
            client.writeAndFlush(both).sync();
            keeper.awaitAll();
            client.close().sync();
            listening.close().sync();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    /** A mapped file as datagrams, the first alone, the others in one call. */
    private void mappedDatagrams() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (FileChannel source = FileChannel.open(folder.resolve("in"))) {
            Keeper<DatagramPacket> keeper = new Keeper<>(DatagramPacket.class, folder.resolve("out"), BYTES);
            Bootstrap bootstrap = new Bootstrap().group(group).channel(EpollDatagramChannel.class);
            InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            Channel receiver =
                    bootstrap.clone().handler(keeper).bind(loopback).sync().channel();
            Channel sender = bootstrap
                    .clone()
                    .handler(new ChannelInboundHandlerAdapter())
                    .bind(loopback)
                    .sync()
                    .channel();
            InetSocketAddress target = (InetSocketAddress) receiver.localAddress();
            MappedByteBuffer file = source.map(FileChannel.MapMode.READ_ONLY, 0, BYTES);
            ChannelFuture sent = sender.writeAndFlush(packet(file, 0, target)).sync();
            for (int at = (int) PIECE; at < BYTES; at += (int) PIECE) {
                sent = sender.write(packet(file, at, target));
            }
            sender.flush();
            sent.sync();
            keeper.awaitAll();
            sender.close().sync();
            receiver.close().sync();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    private static DatagramPacket packet(MappedByteBuffer file, int at, InetSocketAddress target) {
        return new DatagramPacket(Unpooled.wrappedBuffer(file.slice(at, (int) PIECE)), target);
    }

    private void unixDatagrams() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try (FileChannel source = FileChannel.open(folder.resolve("in"))) {
            Keeper<DomainDatagramPacket> keeper =
                    new Keeper<>(DomainDatagramPacket.class, folder.resolve("out"), BYTES);
            Bootstrap bootstrap = new Bootstrap().group(group).channel(EpollDomainDatagramChannel.class);
            DomainSocketAddress target = new DomainSocketAddress(socketPath());
            Channel receiver =
                    bootstrap.clone().handler(keeper).bind(target).sync().channel();
            Channel sender = bootstrap
                    .clone()
                    .handler(new ChannelInboundHandlerAdapter())
                    .bind(new DomainSocketAddress(socketPath()))
                    .sync()
                    .channel();
            for (int i = 0; i < BYTES / PIECE; i++) {
                sender.writeAndFlush(new DomainDatagramPacket(piece(source), target))
                        .sync();
            }
            keeper.awaitAll();
            sender.close().sync();
            receiver.close().sync();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    /** A socket into a file, through a pipe. */
    @SuppressWarnings("deprecation") // as long as it is there it moves bytes
    private void splice() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        try {
            FileDescriptor file = FileDescriptor.from(folder.resolve("out").toFile());
            CountDownLatch done = new CountDownLatch(1);
            Channel listening = new ServerBootstrap()
                    .group(group)
                    .channel(EpollServerSocketChannel.class)
                    .childOption(EpollChannelOption.EPOLL_MODE, EpollMode.LEVEL_TRIGGERED)
                    .childHandler(new ChannelInitializer<EpollSocketChannel>() {
                        @Override
                        protected void initChannel(EpollSocketChannel channel) {
                            channel.spliceTo(file, 0, (int) SPLICED).addListener(future -> done.countDown());
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            try (Socket client = new Socket()) {
                client.connect(listening.localAddress());
                OutputStream out = client.getOutputStream();
                out.write(new byte[(int) SPLICED]);
                await(done);
            }
            file.close();
            listening.close().sync();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    /** A file through a Unix domain socket, by a region, to a client that only counts. */
    private void unixRegion() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, IoUringIoHandler.newFactory());
        try (FileChannel source = FileChannel.open(folder.resolve("in"))) {
            Keeper<ByteBuf> keeper = new Keeper<>(ByteBuf.class, folder.resolve("out"), BYTES);
            DomainSocketAddress address = new DomainSocketAddress(socketPath());
            Channel listening = new ServerBootstrap()
                    .group(group)
                    .channel(IoUringServerDomainSocketChannel.class)
                    .childHandler(new ChannelInboundHandlerAdapter() {
                        @Override
                        public void channelActive(ChannelHandlerContext context) {
                            context.writeAndFlush(new DefaultFileRegion(source, 0, BYTES));
                        }
                    })
                    .bind(address)
                    .sync()
                    .channel();
            Channel client = new Bootstrap()
                    .group(group)
                    .channel(IoUringDomainSocketChannel.class)
                    .handler(keeper)
                    .connect(address)
                    .sync()
                    .channel();
            keeper.awaitAll();
            client.close().sync();
            listening.close().sync();
        } finally {
            group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
        }
    }

    private static ByteBuf piece(FileChannel source) throws IOException {
        return piece(source, (int) PIECE);
    }

    private static ByteBuf piece(FileChannel source, int bytes) throws IOException {
        ByteBuf piece = PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
        while (piece.isWritable()) {
            piece.writeBytes(source, piece.writableBytes());
        }
        return piece;
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("not all has come");
        }
    }

    /** A path for a socket, which has to be short. */
    private static String socketPath() throws IOException {
        return Files.createTempDirectory("iopath").resolve("s").toString();
    }

    /** Writes what comes to a file. */
    private static final class Keeper<M> extends SimpleChannelInboundHandler<M> {

        private final FileChannel target;
        private final CountDownLatch all = new CountDownLatch(1);
        private long missing;

        Keeper(Class<M> type, Path file, long bytes) throws IOException {
            super(type);
            this.target = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            this.missing = bytes;
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, M message) throws IOException {
            ByteBuf bytes = content(message);
            missing -= bytes.readableBytes();
            while (bytes.isReadable()) {
                bytes.readBytes(target, bytes.readableBytes());
            }
            if (missing == 0) {
                target.close();
                all.countDown();
            }
        }

        private static ByteBuf content(Object message) {
            if (message instanceof DatagramPacket packet) {
                return packet.content();
            }
            return message instanceof DomainDatagramPacket packet ? packet.content() : (ByteBuf) message;
        }

        void awaitAll() throws InterruptedException {
            await(all);
        }
    }
}
