package iopath.benchmarks;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import iopath.agent.probe.Probe;
import iopath.agent.probe.Sink;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * What recording adds to a round trip of a Netty server over io_uring, by switching it off and on as {@link SwitchMain}
 * does: CPU time of the event loop, which makes the requests and gets their completions. NIO stands beside it.
 */
public final class RingMain {

    private static final int BYTES = 4096;

    private RingMain() {}

    /** Measures; options {@code --pairs N}, {@code --operations N} (round trips in a slice), {@code --agent FILE}. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> defaults = new LinkedHashMap<>();
        defaults.put("pairs", "300");
        defaults.put("operations", "500");
        defaults.put("agent", "");
        Arguments given = new Arguments(arguments, defaults);
        List<String> jvm = new ArrayList<>(List.of("-Xms256m", "-Xmx256m"));
        if (Runtime.version().feature() >= 24) {
            jvm.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        jvm.addAll(Mode.RECORDING.jvmArguments(given.agentJar(), "settings=none"));
        Process child = Jvm.builder(jvm, Measured.class, given.text("pairs"), given.text("operations"))
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .start();
        System.exit(child.waitFor());
    }

    /** The JVM that is measured. */
    static final class Measured {

        private final int pairs;
        private final int operations;
        private final Sink sink;
        private final TextTable table = Pairs.table("round trip: two operations");

        private Measured(int pairs, int operations) {
            this.pairs = pairs;
            this.operations = operations;
            Sink live = Probe.sink;
            if (live == null) {
                throw new IllegalStateException("the agent does not record in this JVM");
            }
            this.sink = live;
        }

        public static void main(String[] arguments) throws Exception {
            System.out.println(Machine.describe());
            if (!IoUring.isAvailable()) {
                throw new IllegalStateException("no io_uring here", IoUring.unavailabilityCause());
            }
            new Measured(Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1])).run();
            System.exit(0);
        }

        private void run() throws Exception {
            for (boolean echo : List.of(false, true)) {
                String what =
                        echo ? "receives 4 KiB and sends them back" : "receives 1 byte and sends 4 KiB of its own";
                measure(
                        "io_uring, " + what,
                        new MultiThreadIoEventLoopGroup(1, IoUringIoHandler.newFactory()),
                        IoUringServerSocketChannel.class,
                        echo);
                measure(
                        "NIO, " + what,
                        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory()),
                        NioServerSocketChannel.class,
                        echo);
            }
            System.out.println("\nCPU time of the event loop that recording adds, " + pairs + " pairs of " + operations
                    + " round trips off and on:\n\n" + table);
        }

        private void measure(String name, EventLoopGroup group, Class<? extends ServerChannel> type, boolean echo)
                throws Exception {
            Meter meter = new Meter(pairs, operations, sink);
            Channel listening = new ServerBootstrap()
                    .group(group)
                    .channel(type)
                    .childHandler(new ChannelInitializer<>() {
                        @Override
                        protected void initChannel(Channel channel) {
                            channel.pipeline().addLast(new Answer(echo, meter));
                        }
                    })
                    .bind(InetAddress.getLoopbackAddress(), 0)
                    .sync()
                    .channel();
            int port = ((InetSocketAddress) listening.localAddress()).getPort();
            Process client =
                    Jvm.start(Jvm.SMALL, Client.class, Integer.toString(port), Integer.toString(echo ? BYTES : 1));
            meter.done.await();
            client.destroyForcibly().waitFor();
            listening.close().sync();
            group.shutdownGracefully().sync();
            Probe.sink = sink;
            meter.measured.row(name, table);
        }
    }

    /** Switches recording off and on as rounds end; used by the event loop only, but for the latch. */
    private static final class Meter {

        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        final CountDownLatch done = new CountDownLatch(1);
        final Pairs measured;
        private final Pairs warming;
        private final int operations;
        private final Sink sink;
        private int rounds;
        private long begun = -1;

        Meter(int pairs, int operations, Sink sink) {
            this.measured = new Pairs(pairs);
            this.warming = new Pairs(Math.max(pairs / 5, 10));
            this.operations = operations;
            this.sink = sink;
        }

        void round() {
            if (++rounds < operations) {
                return;
            }
            rounds = 0;
            long now = THREADS.getCurrentThreadCpuTime();
            Pairs slices = warming.isFull() ? measured : warming;
            if (slices.isFull()) {
                done.countDown();
                return;
            }
            if (begun >= 0) {
                slices.add((double) (now - begun) / operations);
            }
            Pairs next = warming.isFull() ? measured : warming;
            Probe.sink = !next.isFull() && next.isOn() ? sink : null;
            begun = THREADS.getCurrentThreadCpuTime();
        }
    }

    /** The server's side of one connection. */
    private static final class Answer extends ChannelInboundHandlerAdapter {

        private final boolean echo;
        private final Meter meter;
        private @Nullable ByteBuf own;
        private int got;

        Answer(boolean echo, Meter meter) {
            this.echo = echo;
            this.meter = meter;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf received = (ByteBuf) message;
            got += received.readableBytes();
            if (echo) {
                context.writeAndFlush(received);
            } else {
                received.release();
                context.writeAndFlush(own(context).retainedDuplicate());
            }
            if (!echo || got == BYTES) {
                got = 0;
                meter.round();
            }
        }

        private ByteBuf own(ChannelHandlerContext context) {
            ByteBuf known = own;
            if (known == null) {
                known = context.alloc().directBuffer(BYTES).writeZero(BYTES);
                own = known;
            }
            return known;
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            // The client has been ended.
            context.close();
        }
    }

    /** Another process: asks, waits for 4 KiB, and asks again. */
    static final class Client {

        private Client() {}

        /** Takes the port and how many bytes it asks with. */
        public static void main(String[] arguments) throws IOException {
            ByteBuffer question = ByteBuffer.allocateDirect(Integer.parseInt(arguments[1]));
            ByteBuffer answer = ByteBuffer.allocateDirect(BYTES);
            InetSocketAddress server =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
            try (SocketChannel socket = SocketChannel.open(server)) {
                while (true) {
                    question.clear();
                    while (question.hasRemaining()) {
                        socket.write(question);
                    }
                    answer.clear();
                    while (answer.hasRemaining()) {
                        if (socket.read(answer) < 0) {
                            return;
                        }
                    }
                }
            }
        }
    }
}
