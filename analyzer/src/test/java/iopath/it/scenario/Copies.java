package iopath.it.scenario;

import static iopath.it.scenario.Place.DATA;
import static iopath.it.scenario.Place.MIB;
import static iopath.it.scenario.Place.SENT;
import static iopath.it.scenario.Place.SMALL_BYTES;
import static iopath.it.scenario.Place.ZEROS;
import static iopath.it.scenario.Place.ZERO_BYTES;

import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.GZIPOutputStream;

/** The application copies what it has read: some pass it on unchanged, some write something else. */
final class Copies {

    private static final int PIECE = 5000;
    private static final int PAGE = 4 << 10;
    private static final int ROUNDS = 2_500;

    private Copies() {}

    /** The pieces are collected in a buffer, byte by byte: no hook follows that. */
    @Scenario(value = "copies: a file through a buffer of its own", content = true)
    @Moves(from = "file", to = "file", path = "heap", reason = "stream-loop", evidence = "same-bytes", bytes = MIB)
    static void buffered(Place place) throws IOException {
        try (InputStream in = new FileInputStream(place.file(DATA).toFile());
                OutputStream out = new FileOutputStream(place.file("out").toFile())) {
            byte[] piece = new byte[PIECE];
            byte[] buffer = new byte[3 * PIECE];
            int at = 0;
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                for (int i = 0; i < n; i++) {
                    buffer[at++] = piece[i];
                    if (at == buffer.length) {
                        out.write(buffer);
                        at = 0;
                    }
                }
            }
            out.write(buffer, 0, at);
        }
    }

    /** What a server with a pool of buffers and threads does. */
    @Scenario(value = "copies: a file by another thread and buffer", peers = PeerKind.DRAIN, content = true)
    @Moves(
            from = "file",
            to = "socket",
            path = "direct",
            reason = "read-write-loop",
            evidence = "same-bytes",
            bytes = MIB)
    static void handedOver(Place place) throws Exception {
        BlockingQueue<byte[]> pages = new ArrayBlockingQueue<>(4);
        Thread writer = new Thread(() -> {
            ByteBuffer out = ByteBuffer.allocateDirect(16 << 10);
            try (SocketChannel socket = place.connect(0)) {
                for (byte[] page = pages.take(); page.length > 0; page = pages.take()) {
                    out.clear();
                    for (byte b : page) {
                        out.put(b);
                    }
                    Place.writeFully(socket, out.flip());
                }
            } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        writer.start();
        ByteBuffer in = ByteBuffer.allocateDirect(16 << 10);
        try (FileChannel source = place.open(DATA)) {
            while (source.read(in.clear()) >= 0) {
                byte[] page = new byte[in.flip().remaining()];
                for (int i = 0; i < page.length; i++) {
                    page[i] = in.get();
                }
                pages.put(page);
            }
        }
        pages.put(new byte[0]);
        writer.join();
    }

    /** An upload that is collected whole before it is stored. */
    @Scenario(value = "copies: a socket into memory, then a file", peers = PeerKind.SEND, content = true)
    @Moves(from = "socket", to = "file", path = "direct", reason = "no-jdk-path", evidence = "same-bytes", bytes = SENT)
    static void collected(Place place) throws IOException {
        ByteBuffer out = ByteBuffer.allocateDirect(SENT);
        ByteBuffer buffer = ByteBuffer.allocate(SENT);
        try (SocketChannel socket = place.connect(0)) {
            place.awaitReady();
            while (socket.read(buffer.clear()) >= 0) {
                buffer.flip();
                while (buffer.hasRemaining()) {
                    out.put(buffer.get());
                }
            }
        }
        try (FileChannel file = place.create("out")) {
            Place.writeFully(file, out.flip());
        }
    }

    /** It was stored, and read again to look at it; what is sent is what was made. */
    @Scenario(
            value = "copies: what the application made, stored and read again",
            peers = PeerKind.DRAIN,
            content = true)
    @Moves(from = "file", to = "memory", path = "heap", bytes = SMALL_BYTES)
    @Moves(from = "memory", to = "file", path = "heap", bytes = SMALL_BYTES)
    @Moves(from = "memory", to = "socket", path = "heap", bytes = SMALL_BYTES)
    static void comeBack(Place place) throws IOException {
        byte[] made = new byte[SMALL_BYTES];
        new Random(4).nextBytes(made);
        try (OutputStream out = new FileOutputStream(place.file("stored").toFile())) {
            out.write(made);
        }
        try (InputStream in = new FileInputStream(place.file("stored").toFile());
                SocketChannel socket = place.connect(0)) {
            byte[] read = new byte[SMALL_BYTES];
            place.result("the same", in.read(read) == SMALL_BYTES && Arrays.equals(made, read));
            Place.writeFully(socket, ByteBuffer.wrap(made));
        }
    }

    /** Two sources have the same bytes: from which of them a copy came, these cannot tell. */
    @Scenario(value = "copies: the common beginning of two files", content = true)
    @Moves(from = "file", to = "memory", path = "heap", bytes = 2L * SMALL_BYTES)
    @Moves(from = "memory", to = "file", path = "heap", bytes = 3L * SMALL_BYTES)
    static void common(Place place) throws IOException {
        byte[] content = new byte[SMALL_BYTES];
        new Random(3).nextBytes(content);
        byte[] copy = content.clone();
        try (OutputStream one = new FileOutputStream(place.file("one").toFile());
                OutputStream two = new FileOutputStream(place.file("two").toFile())) {
            one.write(content);
            two.write(copy);
        }
        try (InputStream one = new FileInputStream(place.file("one").toFile());
                InputStream two = new FileInputStream(place.file("two").toFile());
                OutputStream out = new FileOutputStream(place.file("out").toFile())) {
            byte[] first = one.readNBytes(SMALL_BYTES);
            two.readNBytes(SMALL_BYTES);
            out.write(Arrays.copyOf(first, SMALL_BYTES));
        }
    }

    /** All zeros are alike. */
    @Scenario(value = "copies: zeros, and zeros of its own", content = true)
    @Moves(from = "file", to = "memory", path = "heap", bytes = ZERO_BYTES)
    @Moves(from = "memory", to = "file", path = "heap", bytes = ZERO_BYTES)
    static void zeros(Place place) throws IOException {
        try (InputStream in = new FileInputStream(place.file(ZEROS).toFile());
                OutputStream out = new FileOutputStream(place.file("out").toFile())) {
            in.readNBytes(ZERO_BYTES);
            out.write(new byte[ZERO_BYTES]);
        }
    }

    /** What is compressed, encoded anew, made up or repeated is not what was read, ten thousand times. */
    @Scenario(value = "copies: ten thousand writes of something else", content = true)
    @Moves(from = "file", to = "memory", path = "heap", bytes = (long) ROUNDS * PAGE)
    @Moves(from = "memory", to = "file", path = "heap", bytes = Moves.REST)
    static void somethingElse(Place place) throws IOException {
        Random random = new Random(5);
        try (OutputStream text = Files.newOutputStream(place.file("text"))) {
            for (int round = 0; round < ROUNDS; round++) {
                text.write(page(random));
            }
        }
        try (InputStream in = new FileInputStream(place.file("text").toFile());
                OutputStream out = new FileOutputStream(place.file("out").toFile())) {
            byte[] page = new byte[PAGE];
            for (int round = 0; round < ROUNDS; round++) {
                in.read(page);
                out.write(gzip(page));
                out.write(Arrays.copyOf(encoded(page), PAGE));
                byte[] own = new byte[PAGE];
                random.nextBytes(own);
                out.write(own);
                byte[] pattern = new byte[PAGE];
                for (int i = 0; i < PAGE; i++) {
                    pattern[i] = page[i % (16 + round % 100)];
                }
                out.write(pattern);
            }
        }
    }

    /** Records as a service keeps them. */
    private static byte[] page(Random random) {
        StringBuilder text = new StringBuilder();
        while (text.length() < PAGE) {
            text.append("{\"id\":").append(random.nextInt(1000)).append(",\"name\":\"");
            text.append(Long.toString(random.nextLong(), 36)).append("\",\"tags\":[\"alpha\",\"beta\"]}\n");
        }
        return text.substring(0, PAGE).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] encoded(byte[] page) {
        return new String(page, StandardCharsets.ISO_8859_1)
                .replace(",\"", ", \"")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] gzip(byte[] page) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(page);
        }
        return out.toByteArray();
    }
}
