package iopath.analyzer;

import iopath.analyzer.command.Iopath;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;

/** The entry point of the jar. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        int code = Iopath.run(arguments, System.out, System.err);
        // Not a return: a parser that got stuck may have left a thread behind.
        System.exit(code == 0 && isLost() ? 1 : code);
    }

    /** Whether standard output could not take all; a reader that has had enough of it is no loss. */
    private static boolean isLost() {
        if (!System.out.checkError()) {
            return false;
        }
        try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
            out.write('\n');
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Broken pipe")) {
                return false;
            }
        }
        System.err.println("iopath: standard output could not be written to as a whole; look at the free space");
        return true;
    }
}
