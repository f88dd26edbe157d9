package iopath.servers;

import iopath.it.Artefacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;

/**
 * The folder that a server serves, with what is in its files.
 *
 * @param folder the server's
 * @param large content of {@code large.bin}
 * @param small content of {@code small.txt}
 * @param upload what each client sends
 */
record Site(Path folder, byte[] large, byte[] small, byte[] upload) {

    private static final int LARGE_BYTES = Integer.getInteger("iopath.it.large", 655_360);
    private static final int SMALL_BYTES = 4096;
    private static final int UPLOAD_BYTES = 50_000;

    /** What a JVM that has just started encrypts in a second or two, for all clients. */
    private static final int LARGE_PART_TLS = 5;

    /** Writes the files. */
    static Site in(Path folder, boolean tls) throws IOException, InterruptedException {
        return in(folder, tls, Artefacts.key());
    }

    /** Writes the files, with this key. */
    static Site in(Path folder, boolean tls, String key) throws IOException {
        byte[] large = new byte[tls ? LARGE_BYTES / LARGE_PART_TLS : LARGE_BYTES];
        new Random(1).nextBytes(large);
        byte[] upload = new byte[UPLOAD_BYTES];
        new Random(2).nextBytes(upload);
        byte[] small = text();
        Site site = new Site(folder, large, small, upload);
        Files.createDirectory(folder.resolve("files"));
        Files.write(site.largeFile(), large);
        Files.write(site.smallFile(), small);
        Files.write(site.keys(), Base64.getDecoder().decode(key));
        return site;
    }

    private static byte[] text() {
        StringBuilder text = new StringBuilder();
        for (int line = 1; text.length() < SMALL_BYTES; line++) {
            text.append("This is line ").append(line).append(" of a page that gets smaller when it is compressed.\n");
        }
        text.setLength(SMALL_BYTES);
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    static String uploadName(int client) {
        return "body-" + client;
    }

    Path keys() {
        return folder.resolve("key.p12");
    }

    Path largeFile() {
        return folder.resolve("files").resolve("large.bin");
    }

    Path smallFile() {
        return folder.resolve("files").resolve("small.txt");
    }

    Path uploads() {
        return folder.resolve("uploads");
    }

    /** Whether the server has kept each body as it was sent. */
    void checkUploads() throws IOException {
        for (int client = 0; client < Clients.COUNT; client++) {
            Path file = uploads().resolve(uploadName(client));
            if (!Arrays.equals(Files.readAllBytes(file), upload)) {
                throw new AssertionError(file + " is not what client " + client + " sent");
            }
        }
    }
}
