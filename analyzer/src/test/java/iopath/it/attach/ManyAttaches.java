package iopath.it.attach;

import iopath.analyzer.attach.Attachment;
import iopath.analyzer.attach.UnreachableException;
import java.io.IOException;
import java.nio.file.Path;

/** Attaches to a JVM again and again; every tenth time it records as well: {@code PID TIMES FOLDER}. */
public final class ManyAttaches {
    private static final int RECORDS = 10;

    private ManyAttaches() {}

    public static void main(String[] arguments) throws Exception {
        int failed = 0;
        int times = Integer.parseInt(arguments[1]);
        for (int i = 0; i < times; i++) {
            try (Attachment attachment = Attachment.to(Long.parseLong(arguments[0]))) {
                if (i % RECORDS == 0) {
                    attachment.record("1h", "hooks=streams");
                    attachment.load("detach");
                    attachment.take(Path.of(arguments[2]).resolve(i + ".jfr"));
                } else {
                    attachment.load("detach");
                }
            } catch (UnreachableException | IOException e) {
                // Where the folder is not what it was, it is not used.
                failed++;
            }
        }
        System.out.println("of " + times + " attaches " + failed + " were given up");
    }
}
