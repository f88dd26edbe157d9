import java.io.*;
import java.nio.file.*;
import java.util.*;

/**
 * A file copied by FileInputStream.transferTo(FileOutputStream): on JDK 17 through an array, later in the kernel.
 * Asked: https://github.com/eclipse-platform/eclipse.platform/pull/1475
 */
public class F05_StreamToStream {
    static final int SIZE = 32 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            make(Path.of(args[1]), SIZE);
            return;
        }
        Path folder = Files.createTempDirectory("F05-");
        Path file = folder.resolve("in.bin");
        Path copy = folder.resolve("out.bin");
        start("peer", file.toString()).waitFor();
        long sum;
        try (FileInputStream in = new FileInputStream(file.toFile()); FileOutputStream out = new FileOutputStream(copy.toFile())) {
            sum = in.transferTo(out);
        }
        System.out.println("copied " + sum + ", the copy has " + Files.size(copy));
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
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F05_StreamToStream.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
