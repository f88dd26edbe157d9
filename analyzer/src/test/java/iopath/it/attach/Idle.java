package iopath.it.attach;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/** A program that does nothing until its standard input ends; with an argument it first takes all descriptors. */
public final class Idle {
    private Idle() {}

    public static void main(String[] arguments) throws IOException {
        List<InputStream> held = new ArrayList<>();
        if (arguments.length > 0) {
            exhaust(held);
        }
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        Reference.reachabilityFence(held);
    }

    private static void exhaust(List<InputStream> held) {
        try {
            while (true) {
                held.add(new FileInputStream("/dev/null"));
            }
        } catch (IOException e) {
            // No descriptor is left.
            return;
        }
    }
}
