package iopath.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.SplittableRandom;

/** The main class of a {@link Peer}. */
final class PeerMain {
    private static final int CHUNK_BYTES = 256 * 1024;

    private PeerMain() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            System.out.println(answer(line));
        }
    }

    private static String answer(String line) {
        try {
            String[] words = line.split(" ", 2);
            return obey(words[0], words[1]).toString();
        } catch (Exception e) {
            return "error " + e;
        }
    }

    private static Checksum obey(String command, String argument) throws Exception {
        String[] words = argument.split(" ", 2);
        switch (command) {
            case "create":
                return create(Long.parseLong(words[0]), Path.of(words[1]));
            case "checksum":
                return checksum(Path.of(argument));
            case "receive":
                return receive(Integer.parseInt(argument));
            case "receive-tls":
                return receiveTls(Integer.parseInt(words[0]), Path.of(words[1]));
            default:
                throw new IllegalArgumentException("no such command: " + command);
        }
    }

    /** Random bytes, so that no two parts of the file look alike to a profiler that compares contents. */
    private static Checksum create(long bytes, Path file) throws IOException {
        SplittableRandom random = new SplittableRandom(bytes);
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        Checksum.Sum sum = new Checksum.Sum();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long left = bytes; left > 0; left -= chunk.limit()) {
                chunk.clear();
                while (chunk.hasRemaining()) {
                    chunk.putLong(random.nextLong());
                }
                chunk.flip().limit((int) Math.min(left, CHUNK_BYTES));
                sum.add(chunk.duplicate());
                while (chunk.hasRemaining()) {
                    channel.write(chunk);
                }
            }
        }
        return sum.get();
    }

    private static Checksum checksum(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return drain(channel);
        }
    }

    private static Checksum receive(int port) throws IOException {
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            return drain(channel);
        }
    }

    private static Checksum drain(ReadableByteChannel channel) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        Checksum.Sum sum = new Checksum.Sum();
        while (channel.read(chunk) >= 0) {
            sum.add(chunk.flip());
            chunk.clear();
        }
        return sum.get();
    }

    private static Checksum receiveTls(int port, Path key) throws Exception {
        byte[] chunk = new byte[CHUNK_BYTES];
        Checksum.Sum sum = new Checksum.Sum();
        try (Socket socket = SelfSigned.of(key)
                        .context()
                        .getSocketFactory()
                        .createSocket(InetAddress.getLoopbackAddress(), port);
                InputStream in = socket.getInputStream()) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                sum.add(ByteBuffer.wrap(chunk, 0, n));
            }
        }
        return sum.get();
    }
}
