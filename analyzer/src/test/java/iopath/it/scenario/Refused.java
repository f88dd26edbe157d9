package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.MIB;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;

/** What the JDK does where a filter or an old kernel refuses the calls that move bytes inside the kernel. */
final class Refused {

    private Refused() {}

    /** An old kernel, or a filter of its system calls. */
    @Scenario(value = "refused: Files.copy without copy_file_range", refused = "copy_file_range:error=ENOSYS")
    @Moves(from = "file", to = "file", path = "sendfile", evidence = "kernel", bytes = MIB)
    static void copyWithoutRange(Place place) throws IOException {
        copy(place);
    }

    /** JDK 17 has no other call, and reads and writes in native code. */
    @Scenario(value = "refused: Files.copy without sendfile", refused = "sendfile:error=EINVAL")
    @Moves(
            from = "file",
            to = "file",
            path = "direct",
            reason = "kernel-refused",
            evidence = "same-call",
            bytes = MIB,
            until = 20)
    @Moves(from = "file", to = "file", path = "copy-file-range", evidence = "kernel", bytes = MIB, since = 21)
    static void copyWithoutSendfile(Place place) throws IOException {
        copy(place);
    }

    /** Nothing is left but to read and write. */
    @Scenario(value = "refused: Files.copy without both", refused = "copy_file_range,sendfile:error=EINVAL")
    @Moves(from = "file", to = "file", path = "direct", reason = "kernel-refused", evidence = "same-call", bytes = MIB)
    static void copyWithoutBoth(Place place) throws IOException {
        copy(place);
    }

    /** Of an empty file too, what the kernel was asked for is known. */
    @Scenario(value = "refused: Files.copy of an empty file", refused = "sendfile:error=ENOSYS")
    static void copyEmpty(Place place) throws IOException {
        Files.copy(place.file(Place.EMPTY), place.file("out"));
        place.result("copied", Files.size(place.file("out")));
    }

    /** JDK 21 asks sendfile then. */
    @Scenario(value = "refused: transferTo a file without copy_file_range", refused = "copy_file_range:error=ENOSYS")
    @Moves(from = "file", to = "file", path = "sendfile", evidence = "kernel", bytes = MIB)
    static void toWithoutRange(Place place) throws IOException {
        to(place);
    }

    /** And maps where that is refused as well. */
    @Scenario(value = "refused: transferTo a file without both", refused = "copy_file_range,sendfile:error=EINVAL")
    @Moves(from = "file", to = "file", path = "mapped", reason = "kernel-refused", evidence = "same-call", bytes = MIB)
    static void toWithoutBoth(Place place) throws IOException {
        to(place);
    }

    /** A filter that says EPERM ends a transfer of JDK 21 and later with an exception. */
    @Scenario(value = "refused: transferTo a file, not permitted", refused = "copy_file_range:error=EPERM")
    @Moves(from = "file", to = "file", path = "sendfile", evidence = "kernel", bytes = MIB, until = 20)
    static void toNotPermitted(Place place) throws IOException {
        to(place);
    }

    /** A socket is never copied to: the JDK asks all the same. */
    @Scenario(
            value = "refused: transferTo a socket, not permitted",
            peers = PeerKind.DRAIN,
            refused = "copy_file_range:error=EPERM")
    @Moves(from = "file", to = "socket", path = "sendfile", evidence = "kernel", bytes = MIB, until = 20)
    static void socketNotPermitted(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            place.result("transferred", () -> source.transferTo(0, MIB, socket));
        }
    }

    /** Mapped, and written in one call. */
    @Scenario(
            value = "refused: transferTo a socket without sendfile",
            peers = PeerKind.DRAIN,
            refused = "sendfile:error=EINVAL")
    @Moves(
            from = "file",
            to = "socket",
            path = "mapped",
            reason = "kernel-refused",
            evidence = "same-call",
            bytes = MIB)
    static void socketWithoutSendfile(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                SocketChannel socket = place.connect(0)) {
            place.result("transferred", () -> source.transferTo(0, MIB, socket));
        }
    }

    /** transferFrom has copy_file_range from JDK 21 on, and no second way in the kernel. */
    @Scenario(value = "refused: transferFrom a file without copy_file_range", refused = "copy_file_range:error=ENOSYS")
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
            evidence = "same-call",
            bytes = MIB,
            since = 21)
    static void fromWithoutRange(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = place.create("out")) {
            place.result("transferred", () -> target.transferFrom(source, 0, MIB));
        }
    }

    private static void copy(Place place) throws IOException {
        Files.copy(place.file(DATA), place.file("out"));
        place.result("the same", Files.size(place.file("out")) == MIB);
    }

    private static void to(Place place) throws IOException {
        try (FileChannel source = place.open(DATA);
                FileChannel target = place.create("out")) {
            place.result("transferred", () -> source.transferTo(0, MIB, target));
        }
    }
}
