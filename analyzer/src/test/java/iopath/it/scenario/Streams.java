package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.MIB;
import static iopath.it.scenario.Place.SENT;
import static iopath.it.scenario.Place.SMALL;
import static iopath.it.scenario.Place.SMALL_BYTES;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.zip.GZIPOutputStream;

/** What applications do with streams, and with the JDK's own copies of whole files. */
final class Streams {

    private static final int BUFFER = 8 << 10;

    private Streams() {}

    /** The oldest loop of all. */
    @Scenario("stream: a file into a file")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "same-buffer", bytes = MIB)
    static void fileToFile(Place place) throws IOException {
        try (InputStream in = new FileInputStream(place.file(DATA).toFile());
                OutputStream out = new FileOutputStream(place.file("out").toFile())) {
            loop(in, out);
        }
    }

    /** The method is open to the kernel's way from JDK 21 on. */
    @Scenario("stream: FileInputStream.transferTo a FileOutputStream")
    @Moves(
            from = "file",
            to = "file",
            path = "heap",
            reason = "stream-loop",
            evidence = "same-buffer",
            bytes = MIB,
            until = 20)
    @Moves(from = "file", to = "file", path = "copy-file-range", evidence = "kernel", bytes = MIB, since = 21)
    static void transferToFile(Place place) throws IOException {
        try (InputStream in = new FileInputStream(place.file(DATA).toFile());
                OutputStream out = new FileOutputStream(place.file("out").toFile())) {
            place.result("moved", in.transferTo(out));
        }
    }

    /** A file server of the last century. */
    @Scenario(value = "stream: a file into a socket", peers = PeerKind.DRAIN)
    @Moves(from = "file", to = "socket", path = "heap", reason = "stream-loop", evidence = "same-buffer", bytes = MIB)
    static void fileToSocket(Place place) throws IOException {
        try (InputStream in = new FileInputStream(place.file(DATA).toFile());
                Socket socket = connect(place);
                OutputStream out = socket.getOutputStream()) {
            loop(in, out);
        }
    }

    /** An upload: no JDK has a kernel's way. */
    @Scenario(value = "stream: a socket into a file", peers = PeerKind.SEND)
    @Moves(from = "socket", to = "file", path = "heap", reason = "no-jdk-path", evidence = "same-buffer", bytes = SENT)
    static void socketToFile(Place place) throws IOException {
        try (Socket socket = connect(place);
                OutputStream out = new FileOutputStream(place.file("out").toFile())) {
            place.awaitReady();
            loop(socket.getInputStream(), out);
        }
    }

    /** JDK 21 and later know the stream of a socket channel, and no other socket's. */
    @Scenario(value = "stream: Files.newInputStream.transferTo a socket channel's stream", peers = PeerKind.DRAIN)
    @Moves(
            from = "file",
            to = "socket",
            path = "heap",
            reason = "stream-loop",
            evidence = "same-buffer",
            bytes = MIB,
            until = 20)
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = MIB, since = 21)
    static void transferToChannelStream(Place place) throws IOException {
        try (InputStream in = Files.newInputStream(place.file(DATA));
                SocketChannel socket = place.connect(0);
                OutputStream out = socket.socket().getOutputStream()) {
            place.result("moved", in.transferTo(out));
        }
    }

    /** Both are channels in disguise. */
    @Scenario("stream: Files.newInputStream.transferTo Files.newOutputStream")
    @Moves(
            from = "file",
            to = "file",
            path = "heap",
            reason = "read-write-loop",
            evidence = "same-buffer",
            bytes = MIB,
            until = 20)
    @Moves(from = "file", to = "file", path = "copy-file-range", evidence = "kernel", bytes = MIB, since = 21)
    static void transferToNewOutputStream(Place place) throws IOException {
        try (InputStream in = Files.newInputStream(place.file(DATA));
                OutputStream out = Files.newOutputStream(place.file("out"))) {
            place.result("moved", in.transferTo(out));
        }
    }

    /** A stream over a channel: its array goes through a buffer of the adapter. */
    @Scenario("stream: a file into Channels.newOutputStream")
    @Moves(from = "file", to = "file", path = "heap", reason = "read-write-loop", evidence = "same-buffer", bytes = MIB)
    static void channelStream(Place place) throws IOException {
        try (InputStream in = new FileInputStream(place.file(DATA).toFile());
                OutputStream out = Channels.newOutputStream(place.create("out"))) {
            loop(in, out);
        }
    }

    /** Databases do this. */
    @Scenario("stream: a random access file into another")
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "same-buffer", bytes = MIB)
    static void randomAccess(Place place) throws IOException {
        try (RandomAccessFile in = new RandomAccessFile(place.file(DATA).toFile(), "r");
                RandomAccessFile out = new RandomAccessFile(place.file("out").toFile(), "rw")) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        }
    }

    /** Text and numbers take ways of their own to the kernel, past the methods that write arrays. */
    @Scenario("stream: text and numbers into a random access file, and back")
    @Moves(from = "memory", to = "file", path = "heap", bytes = 8 + 6 + 12 + 4)
    @Moves(from = "file", to = "memory", path = "heap", bytes = 8 + 4 + 16)
    static void randomAccessText(Place place) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(place.file("out").toFile(), "rw")) {
            file.writeLong(7);
            file.writeBytes("");
            file.writeBytes("first\n");
            file.writeChars("second");
            file.writeInt(5);
            file.seek(0);
            place.result("long", file.readLong());
            byte[] rest = new byte[16];
            file.seek(14);
            place.result("read", file.read(rest));
            file.seek(26);
            place.result("int", file.readInt());
        }
    }

    /** A byte a time, and one read twice: that behind a carriage return which no line feed follows. */
    @Scenario("stream: lines of a random access file")
    @Moves(from = "memory", to = "file", path = "heap", bytes = 16)
    @Moves(from = "file", to = "memory", path = "heap", bytes = 17)
    static void lines(Place place) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(place.file("out").toFile(), "rw")) {
            file.writeBytes("one\ntwo\r\n\rfour\r\n");
            file.seek(0);
            for (String line = file.readLine(); line != null; line = file.readLine()) {
                place.result("line", line);
            }
        }
    }

    /** The JDK does not ask the kernel for what it knows. */
    @Scenario("stream: closed before it is used")
    @Moves(from = "memory", to = "file", path = "heap", bytes = 1)
    static void closed(Place place) throws IOException {
        InputStream in = new FileInputStream(place.file(SMALL).toFile());
        in.close();
        place.result("read", () -> in.read(new byte[BUFFER]));
        place.result("read a byte", () -> in.read());
        OutputStream out = new FileOutputStream(place.file("out").toFile());
        out.write(1);
        out.close();
        place.result("write", () -> {
            out.write(new byte[BUFFER]);
            return "written";
        });
        RandomAccessFile file = new RandomAccessFile(place.file(SMALL).toFile(), "r");
        file.close();
        place.result("read at random", () -> file.read(new byte[BUFFER]));
        place.result("write a text", () -> {
            file.writeBytes("text");
            return "written";
        });
    }

    /** The worst loop of all: two system calls a byte. */
    @Scenario("stream: byte by byte")
    @Moves(from = "file", to = "memory", path = "heap", bytes = SMALL_BYTES)
    @Moves(from = "memory", to = "file", path = "heap", bytes = SMALL_BYTES)
    static void byteByByte(Place place) throws IOException {
        try (InputStream in = new FileInputStream(place.file(SMALL).toFile());
                OutputStream out = new FileOutputStream(place.file("out").toFile())) {
            for (int b = in.read(); b >= 0; b = in.read()) {
                out.write(b);
            }
        }
    }

    /** Buffers in between copy the bytes, in pieces too short to be followed. */
    @Scenario("stream: through buffered streams")
    @Moves(from = "file", to = "memory", path = "heap", bytes = MIB)
    @Moves(from = "memory", to = "file", path = "heap", bytes = MIB)
    static void buffered(Place place) throws IOException {
        try (InputStream in = new BufferedInputStream(
                        new FileInputStream(place.file(DATA).toFile()));
                OutputStream out = new BufferedOutputStream(
                        new FileOutputStream(place.file("out").toFile()))) {
            loop(in, out, 50);
        }
    }

    /** What goes in is not what comes out. */
    @Scenario("stream: compressed on the way")
    @Moves(from = "file", to = "memory", path = "heap", bytes = MIB)
    @Moves(from = "memory", to = "file", path = "heap", bytes = Moves.REST)
    static void compressed(Place place) throws IOException {
        try (InputStream in = new FileInputStream(place.file(DATA).toFile());
                OutputStream out = new GZIPOutputStream(
                        new FileOutputStream(place.file("out").toFile()))) {
            loop(in, out);
        }
    }

    /** One call for a whole file. */
    @Scenario("stream: Files.copy")
    @Moves(from = "file", to = "file", path = "sendfile", evidence = "kernel", bytes = MIB, until = 20)
    @Moves(from = "file", to = "file", path = "copy-file-range", evidence = "kernel", bytes = MIB, since = 21)
    static void copy(Place place) throws IOException {
        Files.copy(place.file(DATA), place.file("out"));
    }

    /** The same to another file system. */
    @Scenario(value = "stream: Files.copy to another file system", otherFileSystem = true)
    @Moves(from = "file", to = "file", path = "sendfile", evidence = "kernel", bytes = MIB)
    static void copyElsewhere(Place place) throws IOException {
        Files.copy(place.file(DATA), place.elsewhere("out"));
    }

    /** A file that has no size. Whether sendfile, which JDK 17 asks, takes it depends on the kernel: here it does not. */
    @Scenario(value = "stream: Files.copy of a file of /proc", refused = "sendfile:error=EINVAL")
    @Moves(
            from = "file",
            to = "file",
            path = "direct",
            reason = "not-a-regular-file",
            evidence = "same-call",
            bytes = Moves.PROC_BYTES)
    static void copyProc(Place place) throws IOException {
        Files.copy(place.procFile(), place.file("out"));
    }

    /** Nothing to move. */
    @Scenario("stream: Files.copy of an empty file")
    @Moves(from = "memory", to = "file", path = "heap", bytes = 1)
    static void copyEmpty(Place place) throws IOException {
        Files.copy(place.file(Place.EMPTY), place.file("out"));
        try (OutputStream out = new FileOutputStream(place.file("other").toFile())) {
            out.write(1);
        }
    }

    /** Copies by streams that the JDK looks through, or not. */
    @Scenario("stream: Files.copy from a stream")
    @Moves(from = "file", to = "file", path = "heap", reason = "read-write-loop", evidence = "same-buffer", bytes = MIB)
    static void copyFromStream(Place place) throws IOException {
        try (InputStream in = new FileInputStream(place.file(DATA).toFile())) {
            place.result("copied", Files.copy(in, place.file("out")));
        }
    }

    private static Socket connect(Place place) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4 * SENT);
        socket.connect((InetSocketAddress) place.address(0));
        return socket;
    }

    private static void loop(InputStream in, OutputStream out) throws IOException {
        loop(in, out, BUFFER);
    }

    private static void loop(InputStream in, OutputStream out, int size) throws IOException {
        byte[] buffer = new byte[size];
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            out.write(buffer, 0, n);
        }
    }
}
