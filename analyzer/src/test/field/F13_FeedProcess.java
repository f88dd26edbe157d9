import java.io.*;
import java.nio.file.*;
import java.util.*;

/**
 * A file fed to the standard input of another process through its stream, which ProcessBuilder.redirectInput would open itself.
 * Asked: https://github.com/zeroturnaround/zt-exec/issues/6
 */
public class F13_FeedProcess {
    static final int SIZE = 32 << 20;

    public static void main(String[] args) throws Exception {
        if (args.length > 0 && args[0].equals("peer")) {
            if (args.length > 1) {
                make(Path.of(args[1]), SIZE);
            } else {
                long sum = 0;
                byte[] buffer = new byte[1 << 16];
                for (int n; (n = System.in.read(buffer)) >= 0; ) {
                    sum += n;
                }
                System.out.println(sum);
            }
            return;
        }
        Path file = Files.createTempFile("F13-", ".bin");
        start("peer", file.toString()).waitFor();
        Process process = start("peer");
        long fed;
        try (InputStream in = Files.newInputStream(file); OutputStream out = process.getOutputStream()) {
            fed = in.transferTo(out);
        }
        System.out.println("fed " + fed + ", the process got " + process.inputReader().readLine());
        Files.delete(file);
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
        command.addAll(source != null ? List.of(source) : List.of("-cp", System.getProperty("java.class.path"), F13_FeedProcess.class.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
