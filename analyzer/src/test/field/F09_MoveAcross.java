import java.io.*;
import java.nio.file.*;
import java.util.*;

/**
 * A spill file moved by Files.move to its place on another file system, where a rename is not possible.
 * Asked: https://github.com/apache/spark/pull/45661, https://github.com/rundeck/rundeck/pull/1866
 */
public class F09_MoveAcross {
    static final int SIZE = 32 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            make(Path.of(args[1]), SIZE);
            return;
        }
        Path spill = Files.createTempFile("F09-", ".spill");
        Path other = Path.of("/dev/shm");
        if (Files.getAttribute(spill, "unix:dev").equals(Files.getAttribute(other, "unix:dev"))) {
            System.out.println("/dev/shm is the same file system here; nothing to see");
            return;
        }
        Path target = Files.createTempDirectory(other, "F09-").resolve("data");
        start("peer", spill.toString()).waitFor();
        Files.move(spill, target);
        System.out.println("moved " + Files.size(target));
        Files.delete(target);
        Files.delete(target.getParent());
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
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F09_MoveAcross.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
