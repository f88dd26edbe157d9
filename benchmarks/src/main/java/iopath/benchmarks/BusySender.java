package iopath.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** An application that computes for a second and sends one small file: by a loop, or by transferTo. */
public final class BusySender {
    private static final int FILE_BYTES = 16 << 20;
    private static final int DIGESTED_BYTES = 1 << 20;
    private static final int DIGESTS = 600;

    /** A service that is up for a while has its loop compiled to the end, which takes some 15,000 calls. */
    private static final int FIRST_SENDS = 200;

    private static boolean sent;

    private BusySender() {}

    /** Takes {@code loop} or {@code transfer}; returns 0. */
    public static int run(String... arguments) throws IOException, NoSuchAlgorithmException {
        boolean loops = arguments[0].equals("loop");
        Path file = Files.createTempFile("iopath-busy", ".data");
        try (FileChannel source = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
                Drain drain = new Drain()) {
            source.write(ByteBuffer.allocate(FILE_BYTES));
            for (int i = sent ? 1 : FIRST_SENDS; i > 0; i--) {
                send(source, drain, loops);
            }
            sent = true;
            compute();
        } finally {
            Files.delete(file);
        }
        return 0;
    }

    private static void compute() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        byte[] block = new byte[DIGESTED_BYTES];
        for (int i = 0; i < DIGESTS; i++) {
            digest.update(block);
        }
        System.out.println(digest.digest()[0]);
    }

    private static void send(FileChannel source, Drain drain, boolean loops) throws IOException {
        if (loops) {
            loop(source, drain);
        } else {
            for (long at = 0; at < FILE_BYTES; ) {
                at += source.transferTo(at, FILE_BYTES - at, drain.channel());
            }
        }
    }

    private static void loop(FileChannel source, Drain drain) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        source.position(0);
        while (source.read(buffer.clear()) >= 0) {
            buffer.flip();
            while (buffer.hasRemaining()) {
                drain.channel().write(buffer);
            }
        }
    }
}
