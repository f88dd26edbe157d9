package iopath.it.attach;

import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Plays the attach socket of a JVM, and lies: {@code PATH HOW VERSION}. */
public final class FakeSocket {
    private static final String ESCAPES = "\\u001b]0;title\\u0007\\u001b[2J\\nforged line \\u202e";

    private FakeSocket() {}

    public static void main(String[] arguments) throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            Path socket = Path.of(arguments[0]);
            server.bind(UnixDomainSocketAddress.of(socket));
            // As HotSpot makes it, and as the JDK's tools want it.
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            System.out.println("ready");
            for (int asked = 0; ; asked++) {
                SocketChannel client = server.accept();
                int turn = asked;
                Thread thread = new Thread(() -> answer(client, arguments[1], arguments[2], turn));
                thread.setDaemon(true);
                thread.start();
            }
        }
    }

    private static void answer(SocketChannel client, String how, String version, int turn) {
        try (client) {
            ByteBuffer question = ByteBuffer.allocate(4096);
            int read = client.read(question);
            System.out.println("asked " + Math.max(read, 0));
            switch (how) {
                case "silent" -> Thread.sleep(Long.MAX_VALUE);
                case "endless" -> {
                    write(client, "0\n");
                    while (true) {
                        write(client, "a".repeat(1 << 16) + "\n");
                    }
                }
                default -> {
                    boolean loads = new String(question.array(), StandardCharsets.UTF_8).startsWith("1\0load");
                    write(client, loads ? "0\nreturn code: 0\n" : "0\n" + properties(version, turn));
                }
            }
        } catch (Exception e) {
            // The client has given up.
            return;
        }
    }

    private static String properties(String version, int turn) {
        return "java.io.tmpdir=/tmp\njdk.jfr.repository=/tmp\nuser.dir=/tmp\nsun.java.command=A" + ESCAPES
                + "\niopath.agent.version=" + version + "\niopath.agent.answer=attached" + ESCAPES
                + "\niopath.agent.status=" + (turn < 6 ? "attached" : "detached") + ";hooks=" + ESCAPES + ";options="
                + ESCAPES + "\n";
    }

    private static void write(SocketChannel client, String text) throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            client.write(bytes);
        }
    }
}
