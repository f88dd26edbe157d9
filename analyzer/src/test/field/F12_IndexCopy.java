import java.io.*;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.*;
import java.util.*;
import java.util.zip.CRC32;

/**
 * An index file copied as a search library does it: read 1 KiB at a time, summed, copied into a buffered stream, written.
 * With the arguments buffer 4096 it reads as much at a time.
 * Asked: https://github.com/apache/lucene/pull/16530
 */
public class F12_IndexCopy {
    static final int SIZE = 32 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("peer")) {
            make(Path.of(args[1]), SIZE);
            return;
        }
        Path folder = Files.createTempDirectory("F12-");
        Path file = folder.resolve("_0.cfs");
        Path copy = folder.resolve("_1.cfs");
        start("peer", file.toString()).waitFor();
        CRC32 sum = new CRC32();
        long copied = 0;
        try (FileChannel in = FileChannel.open(file); OutputStream out = new BufferedOutputStream(Files.newOutputStream(copy), 8192)) {
            ByteBuffer buffer = ByteBuffer.allocate(args.length > 1 ? Integer.parseInt(args[1]) : 1024);
            byte[] piece = new byte[16384];
            while (copied < SIZE) {
                int filled = 0;
                while (filled < piece.length) {
                    buffer.clear();
                    int n = in.read(buffer, copied + filled);
                    buffer.flip().get(piece, filled, n);
                    filled += n;
                }
                sum.update(piece);
                out.write(piece, 0, 8000);
                out.write(piece, 8000, piece.length - 8000);
                copied += piece.length;
            }
        }
        System.out.println("copied " + copied + ", the copy has " + Files.size(copy) + ", sum " + sum.getValue());
        Files.delete(file);
        Files.delete(copy);
        Files.delete(folder);
    }

    /** Makes the file, so that its bytes are not those of the JVM that is looked at. */
    static void make(Path file, int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        Files.write(file, bytes);
    }

    /** This file once more, as another process. */
    static Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        String source = Arrays.stream(System.getProperty("sun.java.command").split(" ")).filter(w -> w.endsWith(".java")).findFirst().orElse(null);
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F12_IndexCopy.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
