package iopath.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.Set;

/**
 * An application that computes for some tenth of a second for each small part of a file that it sends: by a loop, or by
 * transferTo.
 */
public final class BusySender {
    private static final int FILE_BYTES = 128 << 20;
    private static final int PART_BYTES = 1600 << 10;
    private static final int DIGESTED_BYTES = 1 << 20;
    private static final int DIGESTS = 120;

    /** A service that is up for a while has its loop compiled to the end, which takes some 15,000 calls. */
    private static final int FIRST_SENDS = 2000;

    private static final BusySender ONLY = new BusySender();

    private final FileChannel source;
    private final Drain drain;
    private final byte[] block = new byte[DIGESTED_BYTES];
    private final ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
    private long position;
    private final Set<Boolean> warm = new HashSet<>();

    /** Both ends stay open as long as the process lives, since to make them costs more than to use them. */
    private BusySender() {
        try {
            Path file = Files.createTempFile("iopath-busy", ".data");
            source = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
            Files.delete(file);
            while (source.position() < FILE_BYTES) {
                source.write(ByteBuffer.wrap(block));
            }
            drain = new Drain();
            Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void close() {
        try {
            drain.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes {@code loop} or {@code transfer}; returns 0. */
    public static int run(String... arguments) throws IOException, NoSuchAlgorithmException {
        ONLY.work(arguments[0].equals("loop"));
        return 0;
    }

    private void work(boolean loops) throws IOException, NoSuchAlgorithmException {
        if (warm.add(loops)) {
            for (int i = 0; i < FIRST_SENDS; i++) {
                send(loops);
            }
        }
        send(loops);
        compute();
    }

    private void send(boolean loops) throws IOException {
        if (position + PART_BYTES > FILE_BYTES) {
            position = 0;
        }
        long end = position + PART_BYTES;
        source.position(position);
        while (position < end) {
            position += loops ? copied() : source.transferTo(position, end - position, drain.channel());
        }
    }

    private int copied() throws IOException {
        int read = source.read(buffer.clear());
        buffer.flip();
        while (buffer.hasRemaining()) {
            drain.channel().write(buffer);
        }
        return read;
    }

    private void compute() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-512");
        for (int i = 0; i < DIGESTS; i++) {
            digest.update(block);
        }
        block[0] = digest.digest()[0];
    }
}
