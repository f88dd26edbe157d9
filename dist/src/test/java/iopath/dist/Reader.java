package iopath.dist;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;

/** An application: reads a file. */
final class Reader {
    private Reader() {}

    public static void main(String[] arguments) throws IOException {
        byte[] buffer = new byte[8192];
        try (InputStream in = new FileInputStream(arguments[0])) {
            while (in.read(buffer) >= 0) {
                // The bytes are not wanted.
            }
        }
    }
}
