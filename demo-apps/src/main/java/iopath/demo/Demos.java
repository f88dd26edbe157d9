package iopath.demo;

import iopath.demo.Demo.Body;
import iopath.demo.Demo.Role;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command line of the numbered demos. */
public final class Demos {
    private static final String USAGE = "usage: list | run NAME";

    /** How much each demo moves. */
    private static final String BYTES = "iopath.demo.bytes";

    private static final long DEFAULT_BYTES = 64L * 1024 * 1024;

    private static final List<Demo> ALL = List.of(
            sending(
                    "01-loop-heap",
                    "serve-file",
                    Role.BEFORE,
                    "A loop over a heap buffer copies every byte four times.",
                    LoopHeap::send),
            sending(
                    "02-loop-direct",
                    "serve-file",
                    Role.BEFORE,
                    "A direct buffer saves the JDK's two copies, not the kernel's two.",
                    LoopDirect::send),
            sending(
                    "03-transfer-to",
                    "serve-file",
                    Role.AFTER,
                    "transferTo moves the whole file inside the kernel.",
                    TransferTo::send),
            sending(
                    "04-wrapped-channel",
                    "wrapper",
                    Role.BEFORE,
                    "A wrapper that only counts turns transferTo into a copy loop of 8 KiB steps.",
                    WrappedChannel::send),
            sending(
                    "05-bare-channel",
                    "wrapper",
                    Role.AFTER,
                    "Counting what transferTo returns keeps the bytes in the kernel.",
                    BareChannel::send),
            demo(
                    "06-append-target",
                    "append",
                    Role.BEFORE,
                    "Before JDK 25, one transfer into an APPEND file makes all later ones of the JVM copy.",
                    AppendTarget::run),
            demo(
                    "07-positioned-target",
                    "append",
                    Role.AFTER,
                    "A target positioned at its end keeps all transfers in the kernel.",
                    PositionedTarget::run),
            encrypting(
                    "08-tls-engine",
                    "tls",
                    Role.BEFORE,
                    "TLS in the JVM rules zero-copy out: every byte comes up to be encrypted.",
                    TlsEngine::send),
            encrypting(
                    "09-tls-engine-direct",
                    "tls",
                    Role.AFTER,
                    "Direct buffers, eight records a write: still TLS, fewer copies, fewer calls.",
                    TlsEngineDirect::send),
            sending(
                    "10-small-reads",
                    "read-size",
                    Role.BEFORE,
                    "With 512 bytes a read the calls cost more than the copies.",
                    SmallReads::send),
            sending(
                    "11-large-reads",
                    "read-size",
                    Role.AFTER,
                    "With 64 KiB a read the same copies take a hundredth of the calls.",
                    LargeReads::send),
            sending(
                    "12-mapped",
                    "mapped",
                    Role.SINGLE,
                    "A mapped file needs no read, but its write still copies every byte once.",
                    Mapped::send));

    private Demos() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static List<String> names() {
        return ALL.stream().map(Demo::name).toList();
    }

    /** The same for a caller that goes on afterwards; returns the exit code. */
    public static int run(String... arguments) {
        if (arguments.length == 1 && arguments[0].equals("list")) {
            ALL.forEach(demo -> System.out.println(
                    String.join("\t", demo.name(), demo.pair(), demo.role().text(), demo.moral())));
            return 0;
        }
        if (arguments.length == 2 && arguments[0].equals("run")) {
            Optional<Demo> demo =
                    ALL.stream().filter(d -> d.name().equals(arguments[1])).findFirst();
            return demo.map(Demos::play).orElseGet(() -> wrong("no demo is called " + arguments[1]));
        }
        return wrong("want one of the two commands");
    }

    private static int wrong(String why) {
        System.err.println("iopath-demo: " + why + "; " + USAGE);
        return 2;
    }

    private static int play(Demo demo) {
        Moved moved;
        try (Stage stage = new Stage(Long.getLong(BYTES, DEFAULT_BYTES))) {
            moved = demo.body().run(stage);
        } catch (Exception e) {
            System.err.println("iopath-demo: " + demo.name() + " failed: " + e);
            return 1;
        }
        if (!moved.intact()) {
            System.err.printf(
                    Locale.ROOT,
                    "iopath-demo: %s failed: sent %s, arrived %s%n",
                    demo.name(),
                    moved.expected(),
                    moved.arrived());
            return 1;
        }
        System.out.printf(
                Locale.ROOT,
                "%s moved %d bytes, checksum %s on both ends%n",
                demo.name(),
                moved.bytes(),
                moved.arrived().hex());
        return 0;
    }

    private static Demo sending(String name, String pair, Role role, String moral, Stage.Server server) {
        return demo(name, pair, role, moral, stage -> stage.serve(server));
    }

    private static Demo encrypting(String name, String pair, Role role, String moral, Stage.TlsServer server) {
        return demo(name, pair, role, moral, stage -> stage.serveTls(server));
    }

    private static Demo demo(String name, String pair, Role role, String moral, Body body) {
        return new Demo(name, pair, role, moral, body);
    }
}
