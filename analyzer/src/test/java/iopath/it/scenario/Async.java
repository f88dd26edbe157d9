package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.MIB;
import static iopath.it.scenario.Place.SENT;
import static iopath.it.scenario.Place.SMALL;
import static iopath.it.scenario.Place.SMALL_BYTES;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.AsynchronousSocketChannel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Channels whose work another thread does, and datagrams. */
final class Async {

    private static final int BUFFER = 16 << 10;

    private Async() {}

    /** One thread reads, another writes, a third one asked for it. */
    @Scenario(value = "async: a file into a socket", peers = PeerKind.DRAIN, varies = true, threadsOfJdk = true)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB)
    static void fileToSocket(Place place) throws Exception {
        try (AsynchronousFileChannel source = AsynchronousFileChannel.open(place.file(DATA), StandardOpenOption.READ);
                AsynchronousSocketChannel socket = AsynchronousSocketChannel.open()) {
            socket.connect(place.address(0)).get();
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            for (long at = 0; at < MIB; at += BUFFER) {
                source.read(buffer.clear(), at).get();
                buffer.flip();
                while (buffer.hasRemaining()) {
                    socket.write(buffer).get();
                }
            }
        }
    }

    /** An upload. */
    @Scenario(value = "async: a socket into a file", peers = PeerKind.SEND, varies = true, threadsOfJdk = true)
    @Moves(from = "socket", to = "file", path = "heap", reason = "no-jdk-path", evidence = "same-buffer", bytes = SENT)
    static void socketToFile(Place place) throws Exception {
        try (AsynchronousSocketChannel socket = AsynchronousSocketChannel.open();
                AsynchronousFileChannel target = AsynchronousFileChannel.open(
                        place.file("out"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            socket.connect(place.address(0)).get();
            place.awaitReady();
            ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
            long at = 0;
            while (socket.read(buffer.clear()).get() >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    at += target.write(buffer, at).get();
                }
            }
        }
    }

    /** A datagram channel that is not connected. */
    @Scenario("async: a file as a datagram")
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = SMALL_BYTES)
    @Moves(
            from = "socket",
            to = "file",
            path = "heap",
            reason = "no-jdk-path",
            evidence = "same-buffer",
            bytes = SMALL_BYTES)
    static void datagram(Place place) throws Exception {
        try (FileChannel source = place.open(SMALL);
                FileChannel target = place.create("out");
                DatagramChannel sender = loopback();
                DatagramChannel receiver = loopback()) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(SMALL_BYTES);
            source.read(buffer);
            sender.send(buffer.flip(), receiver.getLocalAddress());
            ByteBuffer received = ByteBuffer.allocate(2 * SMALL_BYTES);
            receiver.receive(received);
            Place.writeFully(target, received.flip());
        }
    }

    /** The classic socket stands on the channel, and copies between the packet's array and a direct buffer. */
    @Scenario("async: packets of a datagram socket")
    @Moves(from = "memory", to = "socket", path = "heap", bytes = SMALL_BYTES)
    @Moves(from = "socket", to = "memory", path = "heap", bytes = SMALL_BYTES)
    static void datagramSocket(Place place) throws Exception {
        InetAddress here = InetAddress.getLoopbackAddress();
        try (DatagramSocket sender = new DatagramSocket(0, here);
                DatagramSocket receiver = new DatagramSocket(0, here)) {
            byte[] bytes = new byte[SMALL_BYTES];
            Place.generate(ByteBuffer.wrap(bytes));
            sender.send(new DatagramPacket(bytes, bytes.length, receiver.getLocalSocketAddress()));
            DatagramPacket packet = new DatagramPacket(new byte[2 * SMALL_BYTES], 2 * SMALL_BYTES);
            receiver.receive(packet);
            place.result("received", packet.getLength());
        }
    }

    private static DatagramChannel loopback() throws Exception {
        return DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }
}
