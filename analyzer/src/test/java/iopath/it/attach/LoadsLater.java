package iopath.it.attach;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;

/** A program that loads classes of the JDK long after its start, each by several threads at the same time. */
public final class LoadsLater {

    private static final int THREADS = 4;

    private LoadsLater() {}

    /**
     * Prints what the agent says of itself before and after.
     *
     * @param arguments a file to be made for the recording, then names of classes
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        System.out.println(System.getProperty("iopath.agent.status"));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> load(arguments)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        try (Recording recording = new Recording()) {
            recording.start();
            System.out.println(System.getProperty("iopath.agent.status"));
            recording.dump(Path.of(arguments[0]));
        }
    }

    private static void load(String[] arguments) {
        for (int i = 1; i < arguments.length; i++) {
            try {
                Class.forName(arguments[i], true, null);
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
