import java.io.*;
import java.nio.channels.*;
import java.nio.file.*;
import java.util.*;

/**
 * A file of /proc, whose size is 0, copied by transferTo, by Files.copy and by a stream; JDK 17 copies nothing by the first.
 * Asked: https://github.com/openjdk/jdk/pull/10267
 */
public class F07_ProcFile {
    public static void main(String[] args) throws Exception {
        Path file = Path.of("/proc/kallsyms");
        Path folder = Files.createTempDirectory("F07-");
        Path copy = folder.resolve("copy");
        long sum = 0;
        try (FileChannel in = FileChannel.open(file); FileChannel out = FileChannel.open(copy, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (long n; (n = in.transferTo(sum, Integer.MAX_VALUE, out)) > 0; ) {
                sum += n;
            }
        }
        System.out.println("transferTo moved " + sum);
        Path copy2 = folder.resolve("copy2");
        Files.copy(file, copy2);
        System.out.println("Files.copy moved " + Files.size(copy2));
        Path copy3 = folder.resolve("copy3");
        try (InputStream in = Files.newInputStream(file); OutputStream out = Files.newOutputStream(copy3)) {
            System.out.println("the stream moved " + in.transferTo(out));
        }
        Files.delete(copy);
        Files.delete(copy2);
        Files.delete(copy3);
        Files.delete(folder);
    }
}
