package iopath.agent;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * What must be left in this process before anything is loaded or opened in it.
 *
 * <p>Classes of the JDK that cannot be initialised once, for want of a descriptor, stay so for good (JVMS 5.5), and the
 * application has to do without them.
 */
final class Room {

    /** The agent's jar, JFR's chunk, a recording, and what the JDK opens beside them. */
    private static final int DESCRIPTORS = 16;

    private static final String LIMIT = "Max open files";

    private Room() {}

    /**
     * Says no where the process is near a limit; where it cannot be known, nothing is said.
     *
     * @throws Refusal names the limit and what to do
     */
    static void check() throws Refusal {
        String[] open = new File("/proc/self/fd").list();
        // Nothing could be opened any more, not even the list.
        int count = open == null ? Integer.MAX_VALUE : open.length;
        long limit;
        // Not by Files, which loads the classes of channels and sockets.
        try (FileInputStream in = new FileInputStream("/proc/self/limits")) {
            limit = limit(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException e) {
            limit = new File("/proc/self").exists() ? 0 : Long.MAX_VALUE;
        }
        if (limit - count < DESCRIPTORS) {
            throw new Refusal(
                    "fewer than " + DESCRIPTORS + " file descriptors are free in this process; raise its limit:"
                            + " prlimit --pid " + ProcessHandle.current().pid() + " --nofile");
        }
    }

    /** The soft limit in the text of {@code /proc/PID/limits} (proc(5)). */
    static long limit(String limits) {
        for (String line : limits.split("\n")) {
            if (line.startsWith(LIMIT)) {
                String soft = line.substring(LIMIT.length()).strip().split(" ", 2)[0];
                return soft.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(soft);
            }
        }
        return Long.MAX_VALUE;
    }
}
