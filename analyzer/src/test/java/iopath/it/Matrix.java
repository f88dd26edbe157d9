package iopath.it;

import iopath.it.Catalog.Entry;
import iopath.it.Jdks.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;

/** Scenarios on all JDKs, two at a time. */
final class Matrix {

    private static final int AT_A_TIME = 2;

    /** A part of the tests' names, to run only those: {@code -Diopath.it.only="jdk21 / transferTo"}. */
    private static final String ONLY = System.getProperty("iopath.it.only", "");

    private Matrix() {}

    /** A test of one scenario on one JDK, with a folder for its files. */
    interface Check {
        void run(Jdk jdk, Entry entry, Path folder) throws Exception;
    }

    /** Starts all checks in the background; each test waits for its own. */
    static List<DynamicTest> tests(String name, List<Entry> entries, Check check) throws IOException {
        return tests(name, entries, false, check);
    }

    /**
     * The same, but each scenario on one JDK only, which is the next one for the next scenario; on all of them where the
     * property {@code iopath.it.all} is set.
     */
    static List<DynamicTest> inTurn(String name, List<Entry> entries, Check check) throws IOException {
        return tests(name, entries, !Boolean.getBoolean("iopath.it.all"), check);
    }

    private static List<DynamicTest> tests(String name, List<Entry> entries, boolean inTurn, Check check)
            throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        if (!Strace.isThere()) {
            Missing.say("no strace here: apt-get install strace");
            return tests;
        }
        boolean otherFileSystem = Run.hasOtherFileSystem();
        if (!otherFileSystem) {
            Missing.say("no second file system here: /dev/shm is needed as a tmpfs");
        }
        Path folder = Files.createTempDirectory(Artefacts.workFolder(), name);
        ExecutorService pool = Executors.newFixedThreadPool(AT_A_TIME);
        List<Jdk> jdks = Jdks.present();
        for (Jdk jdk : jdks) {
            for (int i = 0; i < entries.size(); i++) {
                Entry entry = entries.get(i);
                String test = jdk + " / " + entry.name();
                if (inTurn && jdk != turn(jdks, i, entry)
                        || !entry.runsOn(jdk.version())
                        || entry.scenario().otherFileSystem() && !otherFileSystem
                        || !test.contains(ONLY)) {
                    continue;
                }
                Path own = Files.createDirectory(folder.resolve(jdk + "-" + entry.id()));
                Future<?> running = pool.submit(() -> {
                    check.run(jdk, entry, own);
                    // Kept only where something has to be looked into.
                    Run.delete(own);
                    return null;
                });
                tests.add(DynamicTest.dynamicTest(test, () -> await(test, running)));
            }
        }
        pool.shutdown();
        return tests;
    }

    /** The JDK whose turn it is at the scenario {@code i}, or the next one that can run it. */
    private static Jdk turn(List<Jdk> jdks, int i, Entry entry) {
        int n = jdks.size();
        return IntStream.range(i, i + n)
                .mapToObj(k -> jdks.get(k % n))
                .filter(jdk -> entry.runsOn(jdk.version()))
                .findFirst()
                .orElse(jdks.get(i % n));
    }

    private static void await(String test, Future<?> running) throws Throwable {
        try {
            running.get();
        } catch (ExecutionException e) {
            // A build's summary has a failure's message, and not the name that a test was given.
            throw e.getCause() instanceof AssertionError failure
                    ? new AssertionError(test + ": " + failure.getMessage(), failure)
                    : e.getCause();
        }
    }
}
