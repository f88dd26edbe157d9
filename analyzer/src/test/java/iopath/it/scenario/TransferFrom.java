package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.LARGE_BYTES;
import static iopath.it.scenario.Place.MIB;
import static iopath.it.scenario.Place.SENT;

import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;

/** {@code FileChannel.transferFrom} came to the kernel late, and only between files. */
final class TransferFrom {

    private TransferFrom() {}

    /** No JDK has an in-kernel way from a socket: 8 KiB at a time through the heap. */
    @Scenario(value = "transferFrom a socket", peers = PeerKind.SEND)
    @Moves(from = "socket", to = "file", path = "heap", reason = "no-jdk-path", evidence = "same-call", bytes = SENT)
    static void socket(Place place) throws IOException {
        try (SocketChannel source = place.connect(0);
                FileChannel target = place.create("out")) {
            place.awaitReady();
            place.result("transferred", target.transferFrom(source, 0, SENT));
        }
    }

    /** Mapped and written, until JDK 21 learned copy_file_range. */
    @Scenario("transferFrom a file on the same file system")
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "no-jdk-path",
            evidence = "same-call",
            bytes = MIB,
            until = 20)
    @Moves(from = "file", to = "file", path = "copy-file-range", evidence = "kernel", bytes = MIB, since = 21)
    static void sameFileSystem(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = place.create("out")) {
            place.result("transferred", target.transferFrom(source, 0, MIB));
        }
    }

    /** Unlike transferTo, it does not ask sendfile when copy_file_range says EXDEV. */
    @Scenario(value = "transferFrom a file on another file system", otherFileSystem = true)
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "no-jdk-path",
            evidence = "same-call",
            bytes = MIB,
            until = 20)
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "kernel-refused",
            detail = "cross-device",
            evidence = "same-call",
            bytes = MIB,
            since = 21)
    static void otherFileSystem(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = place.createElsewhere("out")) {
            place.result("transferred", target.transferFrom(source, 0, MIB));
        }
    }

    /** A target that appends is refused before the kernel is asked. */
    @Scenario("transferFrom a file into an APPEND target")
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "no-jdk-path",
            evidence = "same-call",
            bytes = MIB,
            until = 20)
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "append-target",
            evidence = "same-call",
            bytes = MIB,
            since = 21)
    static void append(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = place.append("out")) {
            place.result("transferred", target.transferFrom(source, 0, MIB));
        }
    }

    /** Mapped 8 MiB at a time. */
    @Scenario("transferFrom a file, 20 MiB")
    @Moves(
            from = "file",
            to = "file",
            path = "mapped",
            reason = "no-jdk-path",
            evidence = "same-call",
            bytes = LARGE_BYTES,
            until = 20)
    @Moves(from = "file", to = "file", path = "copy-file-range", evidence = "kernel", bytes = LARGE_BYTES, since = 21)
    static void large(Place place) throws IOException {
        try (FileChannel source = place.open(Place.LARGE);
                FileChannel target = place.create("out")) {
            long position = 0;
            while (position < LARGE_BYTES) {
                position += target.transferFrom(source, position, LARGE_BYTES - position);
            }
        }
    }

    /** A channel over a stream reads into an array of its own. */
    @Scenario("transferFrom a channel over a stream")
    @Moves(
            from = "file",
            to = "file",
            path = "heap",
            reason = "wrapped-channel",
            detail = "java.nio.channels.Channels$ReadableByteChannelImpl",
            evidence = "same-call x1",
            bytes = MIB)
    static void streamChannel(Place place) throws IOException {
        try (InputStream in = new BufferedInputStream(
                        new FileInputStream(place.file(DATA).toFile()), 1 << 10);
                FileChannel target = place.create("out")) {
            place.result("transferred", target.transferFrom(Channels.newChannel(in), 0, MIB));
        }
    }

    /** A wrapper hides the file from the JDK. */
    @Scenario("transferFrom a wrapper")
    @Moves(
            from = "file",
            to = "file",
            path = "heap",
            reason = "wrapped-channel",
            detail = "iopath.it.scenario.BareSource",
            evidence = "same-call",
            bytes = MIB)
    static void wrapper(Place place) throws IOException {
        try (ReadableByteChannel source = new BareSource(place.open(DATA));
                FileChannel target = place.create("out")) {
            place.result("transferred", target.transferFrom(source, 0, MIB));
        }
    }
}
