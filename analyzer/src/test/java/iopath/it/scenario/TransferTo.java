package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.LARGE_BYTES;
import static iopath.it.scenario.Place.MIB;
import static iopath.it.scenario.Place.SMALL;
import static iopath.it.scenario.Place.SMALL_BYTES;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.DatagramChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** One call, many paths: what {@code FileChannel.transferTo} does depends on its target, its source and the JDK. */
final class TransferTo {

    private static final int PIPE_BYTES = 32 << 10;
    private static final int SELF_BYTES = 64 << 10;

    private TransferTo() {}

    /** The case that it was made for. */
    @Scenario(value = "transferTo a socket", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = MIB)
    static void socket(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            all(source, MIB, socket);
        }
    }

    /** A Unix-domain socket is a socket to the kernel too. */
    @Scenario(value = "transferTo a Unix-domain socket", peers = PeerKind.DRAIN_UNIX)
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = MIB)
    static void unixSocket(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            all(source, MIB, socket);
        }
    }

    /** No threshold for the kernel's way. */
    @Scenario(value = "transferTo a socket, 8 KiB", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = SMALL_BYTES)
    static void smallFile(Place place) throws IOException {
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            all(source, SMALL_BYTES, socket);
        }
    }

    /** A socket whose peer does not read takes what fits, then nothing: transferTo returns 0. */
    @Scenario(value = "transferTo a non-blocking socket, peer idle", peers = PeerKind.IDLE, varies = true)
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = MIB)
    @Moves(from = "file", to = "socket", path = "sendfile", detail = "would-block", evidence = "kernel", bytes = 0)
    static void nonBlocking(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connectNarrow(0)) {
            socket.configureBlocking(false);
            boolean draining = false;
            for (long position = 0; position < MIB; ) {
                long sent = source.transferTo(position, MIB - position, socket);
                position += sent;
                if (sent == 0 && !draining) {
                    draining = true;
                    place.tell(Place.DRAIN);
                }
                if (sent == 0) {
                    Place.awaitWritable(socket);
                }
            }
            place.result("blocked once", draining);
        }
    }

    /** On a virtual thread a blocking channel's descriptor does not block: transferTo returns 0 and the caller spins. */
    @Scenario(
            value = "transferTo a socket on a virtual thread, peer idle",
            peers = PeerKind.IDLE,
            since = 21,
            varies = true)
    @Moves(from = "memory", to = "socket", path = "direct", bytes = 16)
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = MIB)
    @Moves(from = "file", to = "socket", path = "sendfile", detail = "would-block", evidence = "kernel", bytes = 0)
    static void virtualThread(Place place) throws Exception {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connectNarrow(0)) {
            Virtual.run(() -> {
                ByteBuffer header = ByteBuffer.allocateDirect(16);
                Place.generate(header);
                Place.writeFully(socket, header.flip());
                boolean draining = false;
                for (long position = 0; position < MIB; ) {
                    long sent = source.transferTo(position, MIB - position, socket);
                    position += sent;
                    if (sent == 0 && !draining) {
                        draining = true;
                        place.tell(Place.DRAIN);
                    }
                    Thread.yield();
                }
                place.result("blocked once", draining);
            });
        }
    }

    /** JDK 21 learned copy_file_range, which lets the file system decide. */
    @Scenario("transferTo a file on the same file system")
    @Moves(from = "file", to = "file", path = "sendfile", evidence = "kernel", bytes = MIB, until = 20)
    @Moves(from = "file", to = "file", path = "copy-file-range", evidence = "kernel", bytes = MIB, since = 21)
    static void sameFileSystem(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = place.create("out")) {
            all(source, MIB, target);
        }
    }

    /** copy_file_range says EXDEV, and the JDK asks sendfile. */
    @Scenario(value = "transferTo a file on another file system", otherFileSystem = true)
    @Moves(from = "file", to = "file", path = "sendfile", evidence = "kernel", bytes = MIB)
    static void otherFileSystem(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = place.createElsewhere("out")) {
            all(source, MIB, target);
        }
    }

    /** A device is no regular file: copy_file_range says EINVAL. */
    @Scenario("transferTo /dev/null")
    @Moves(from = "file", to = "file", path = "sendfile", evidence = "kernel", bytes = MIB)
    static void device(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = FileChannel.open(Path.of("/dev/null"), StandardOpenOption.WRITE)) {
            all(source, MIB, target);
        }
    }

    /** The kernel copies into no file that appends. */
    @Scenario("transferTo an APPEND target")
    @Moves(from = "file", to = "file", path = "mapped", reason = "append-target", evidence = "same-call", bytes = MIB)
    static void append(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = place.append("out")) {
            all(source, MIB, target);
        }
    }

    /** From JDK 21 on, what is below 16 KiB is not mapped. */
    @Scenario("transferTo an APPEND target, 8 KiB")
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "append-target",
            evidence = "same-call",
            bytes = SMALL_BYTES,
            until = 20)
    @Moves(
            from = "file",
            to = "file",
            path = "heap",
            reason = "append-target",
            evidence = "same-call",
            bytes = SMALL_BYTES,
            since = 21)
    static void appendSmall(Place place) throws IOException {
        try (FileChannel source = place.open(SMALL);
                FileChannel target = place.append("out")) {
            all(source, SMALL_BYTES, target);
        }
    }

    /** Mapped 8 MiB at a time: three writes. */
    @Scenario("transferTo an APPEND target, 20 MiB")
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "append-target",
            evidence = "same-call",
            bytes = LARGE_BYTES)
    static void appendLarge(Place place) throws IOException {
        try (FileChannel source = place.open(Place.LARGE);
                FileChannel target = place.append("out")) {
            all(source, LARGE_BYTES, target);
        }
    }

    /** One transfer to an APPEND target switches the kernel's way between files off for the whole JVM. */
    @Scenario("transferTo a file after one to an APPEND target")
    @Moves(from = "file", to = "file", path = "mapped", reason = "append-target", evidence = "same-call", bytes = MIB)
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "kernel-refused",
            detail = "poisoned",
            evidence = "same-call",
            bytes = MIB,
            until = 24)
    @Moves(from = "file", to = "file", path = "copy-file-range", evidence = "kernel", bytes = MIB, since = 25)
    static void afterAppend(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel appending = place.append("appended");
                FileChannel target = place.create("out")) {
            all(source, MIB, appending);
            all(source, MIB, target);
        }
    }

    /** JDK 25 no longer asks the kernel for a pipe. */
    @Scenario("transferTo a pipe")
    @Moves(from = "file", to = "pipe", path = "sendfile", evidence = "kernel", bytes = PIPE_BYTES, until = 24)
    @Moves(
            from = "file",
            to = "pipe",
            path = "mapped",
            reason = "no-jdk-path",
            detail = "sun.nio.ch.SinkChannelImpl",
            evidence = "same-call",
            bytes = PIPE_BYTES,
            since = 25)
    static void pipe(Place place) throws IOException {
        Pipe pipe = Pipe.open();
        // It all fits in the pipe, so nobody has to read.
        try (FileChannel source = place.open(DATA);
                Pipe.SourceChannel end = pipe.source();
                Pipe.SinkChannel target = pipe.sink()) {
            all(source, PIPE_BYTES, target);
            place.result("open", end.isOpen());
        }
    }

    /** Nor for datagrams. */
    @Scenario(value = "transferTo a datagram channel", peers = PeerKind.DATAGRAM)
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = SMALL_BYTES, until = 24)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "no-jdk-path",
            detail = "sun.nio.ch.DatagramChannelImpl",
            evidence = "same-call",
            bytes = SMALL_BYTES,
            since = 25)
    static void datagram(Place place) throws IOException {
        try (FileChannel source = place.open(SMALL);
                DatagramChannel target = DatagramChannel.open(StandardProtocolFamily.INET)) {
            target.connect(place.address(0));
            all(source, SMALL_BYTES, target);
        }
    }

    /** A wrapper hides the socket from the JDK: 8 KiB at a time through the heap. */
    @Scenario(value = "transferTo a wrapper", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "wrapped-channel",
            detail = "iopath.it.scenario.BareChannel",
            evidence = "same-call",
            bytes = MIB)
    static void wrapper(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                WritableByteChannel target = new BareChannel(place.connect(0))) {
            all(source, MIB, target);
        }
    }

    /** Whatever memory a wrapper sends from, it sends what the transfer has read. */
    @Scenario(value = "transferTo a wrapper that copies", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "wrapped-channel",
            detail = "iopath.it.scenario.CopyingChannel",
            evidence = "same-call x1",
            bytes = MIB)
    static void copyingWrapper(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                WritableByteChannel target = new CopyingChannel(place.connect(0), ByteBuffer.allocateDirect(8 << 10))) {
            all(source, MIB, target);
        }
    }

    /** What it collects first goes within the call as well. */
    @Scenario(value = "transferTo a wrapper that collects", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "wrapped-channel",
            detail = "iopath.it.scenario.CopyingChannel",
            evidence = "same-call x1",
            bytes = MIB)
    static void collectingWrapper(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                WritableByteChannel target = new CopyingChannel(place.connect(0), ByteBuffer.allocate(128 << 10))) {
            all(source, MIB, target);
        }
    }

    /** The JDK's own wrapper copies through an array. */
    @Scenario(value = "transferTo a channel over a socket's stream", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "wrapped-channel",
            detail = "java.nio.channels.Channels$WritableByteChannelImpl",
            evidence = "same-call x1",
            bytes = MIB)
    static void streamChannel(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                Socket socket = new Socket()) {
            socket.connect(place.address(0));
            all(source, MIB, Channels.newChannel(socket.getOutputStream()));
        }
    }

    /** A wrapper may put something around what it passes on. */
    @Scenario(value = "transferTo a wrapper that makes chunks", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "wrapped-channel",
            detail = "java.nio.channels.Channels$WritableByteChannelImpl",
            evidence = "same-call x1",
            bytes = MIB)
    @Moves(from = "memory", to = "socket", path = "heap", bytes = MIB / SMALL_BYTES * 8)
    static void chunkingWrapper(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                Socket socket = new Socket()) {
            socket.connect(place.address(0));
            OutputStream out = socket.getOutputStream();
            all(source, MIB, Channels.newChannel(new OutputStream() {
                @Override
                public void write(int value) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void write(byte[] array, int offset, int length) throws IOException {
                    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
                    chunk.write((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                    chunk.write(array, offset, length);
                    chunk.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(chunk.toByteArray());
                }
            }));
        }
    }

    /** What a wrapper sends need not be what it was given. */
    @Scenario(value = "transferTo a wrapper that alters the bytes", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "memory", path = "heap", bytes = MIB)
    @Moves(from = "memory", to = "socket", path = "direct", bytes = MIB)
    static void maskingWrapper(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                WritableByteChannel target = new MaskingChannel(place.connect(0))) {
            all(source, MIB, target);
        }
    }

    /** A file copied to its own end: up to JDK 24 the same descriptor twice is refused in Java. */
    @Scenario("transferTo itself")
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "kernel-refused",
            detail = "same-file",
            evidence = "same-call",
            bytes = SELF_BYTES,
            until = 24)
    @Moves(from = "file", to = "file", path = "copy-file-range", evidence = "kernel", bytes = SELF_BYTES, since = 25)
    static void self(Place place) throws IOException {
        try (FileChannel file = FileChannel.open(place.file(DATA), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            file.position(MIB);
            place.result("transferred", file.transferTo(0, SELF_BYTES, file));
            place.result("size", file.size());
        }
    }

    /** Nothing to send is no transfer, whatever calls that takes. */
    @Scenario(value = "transferTo from an empty file", peers = PeerKind.DRAIN)
    static void emptyFile(Place place) throws IOException {
        try (FileChannel source = place.open(Place.EMPTY);
                SocketChannel socket = place.connect(0)) {
            place.result("transferred", source.transferTo(0, SMALL_BYTES, socket));
        }
    }

    /** Nor is a count of 0, or the very end of the file. */
    @Scenario(value = "transferTo of 0 bytes, and at the end of the file", peers = PeerKind.DRAIN)
    static void nothing(Place place) throws IOException {
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            place.result("count 0", source.transferTo(0, 0, socket));
            place.result("at the end", source.transferTo(SMALL_BYTES, 100, socket));
        }
    }

    /** A file that was cut while it was sent: the loop asks for what is left of it for ever. */
    @Scenario(value = "transferTo from a file that was cut", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = SMALL_BYTES)
    @Moves(from = "file", to = "socket", path = "sendfile", detail = "end-of-file", evidence = "kernel", bytes = 0)
    static void cut(Place place) throws IOException {
        try (FileChannel source =
                        FileChannel.open(place.file(DATA), StandardOpenOption.READ, StandardOpenOption.WRITE);
                SocketChannel socket = place.connect(0)) {
            source.truncate(SMALL_BYTES);
            long position = 0;
            for (int i = 0; i < 2_000; i++) {
                position += source.transferTo(position, MIB - position, socket);
            }
            place.result("sent", position);
        }
    }

    /** Past the end the JDK does not even ask. */
    @Scenario(value = "transferTo from past the end", peers = PeerKind.DRAIN)
    static void pastTheEnd(Place place) throws IOException {
        try (FileChannel source = place.open(SMALL);
                SocketChannel socket = place.connect(0)) {
            place.result("transferred", source.transferTo(SMALL_BYTES + 1, 100, socket));
        }
    }

    /** A file in /proc has size 0: JDK 17 silently sends nothing of it. */
    @Scenario(value = "transferTo from /proc", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "not-a-regular-file",
            evidence = "same-call",
            bytes = Moves.PROC_BYTES,
            since = 21)
    static void proc(Place place) throws IOException {
        try (FileChannel source = FileChannel.open(Path.of(Place.PROC_FILE));
                SocketChannel socket = place.connect(0)) {
            place.result("transferred", source.transferTo(0, MIB, socket));
        }
    }

    /** A named pipe has no position to read at: an exception, and nothing moved. */
    @Scenario(value = "transferTo from a named pipe", peers = PeerKind.DRAIN)
    static void fifo(Place place) throws IOException {
        // To open both ends at once does not wait for the other (fifo(7)).
        try (FileChannel source =
                        FileChannel.open(place.file(Place.FIFO), StandardOpenOption.READ, StandardOpenOption.WRITE);
                SocketChannel socket = place.connect(0)) {
            place.result("transferred", () -> source.transferTo(0, SMALL_BYTES, socket));
        }
    }

    /** Four threads at once: nothing is lost, nothing counted twice. */
    @Scenario(
            value = "transferTo four sockets from four threads",
            peers = {PeerKind.DRAIN, PeerKind.DRAIN, PeerKind.DRAIN, PeerKind.DRAIN})
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = 4L * MIB)
    static void fourThreads(Place place) throws Exception {
        List<SocketChannel> sockets = new ArrayList<>();
        try (FileChannel source = place.open(DATA)) {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                SocketChannel socket = place.connect(i);
                sockets.add(socket);
                threads.add(new Thread(Virtual.unchecked(() -> pieces(source, socket))));
            }
            threads.forEach(Thread::start);
            for (Thread thread : threads) {
                thread.join();
            }
        } finally {
            for (SocketChannel socket : sockets) {
                socket.close();
            }
        }
    }

    private static void pieces(FileChannel source, SocketChannel socket) throws IOException {
        for (int position = 0; position < MIB; position += SMALL_BYTES) {
            if (source.transferTo(position, SMALL_BYTES, socket) != SMALL_BYTES) {
                throw new IOException("a blocking socket took less than asked");
            }
        }
    }

    private static void all(FileChannel source, long bytes, WritableByteChannel target) throws IOException {
        long position = 0;
        while (position < bytes) {
            long sent = source.transferTo(position, bytes - position, target);
            if (sent <= 0) {
                throw new IOException("transferTo returned " + sent + " at " + position);
            }
            position += sent;
        }
    }
}
