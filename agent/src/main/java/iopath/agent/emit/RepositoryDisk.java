package iopath.agent.emit;

import java.io.File;
import java.io.IOException;
import jdk.jfr.FlightRecorder;

/**
 * The disk under JFR's repository, where HotSpot must never fail to write.
 *
 * @param base the folder in which JFR will make its repository, if there is none yet
 */
record RepositoryDisk(String base) {

    /**
     * Asks JFR where it will make its repository, which it does for the first recording that goes to disk
     * ({@code jdk.jfr.internal.Repository}, JDK 17 to 25).
     */
    static RepositoryDisk find() {
        FlightRecorder.getFlightRecorder();
        try {
            Class<?> type = Class.forName("jdk.jfr.internal.Repository");
            Object repository = type.getMethod("getRepository").invoke(null);
            Object location = type.getMethod("getBaseLocation").invoke(repository);
            return new RepositoryDisk(location == null ? temporary() : location.toString());
        } catch (ReflectiveOperationException e) {
            // Another JDK: the folder for temporary files is looked at, as long as there is no repository.
            return new RepositoryDisk(temporary());
        }
    }

    private static String temporary() {
        return System.getProperty("java.io.tmpdir", "/tmp");
    }

    /**
     * Says no where a recording would be a danger from its first second.
     *
     * @param inMemory whether it can be kept in memory
     */
    void check(boolean inMemory) throws IOException {
        long free = free();
        if (free < (inMemory ? SpaceRule.TO_KEEP : SpaceRule.TO_STREAM)) {
            throw new IOException("only " + (free >> 20) + " MiB are free in " + folder()
                    + ", where JFR keeps its data; the JVM would end when that is full");
        }
    }

    /** Bytes that are free for this process. */
    long free() {
        return new File(folder()).getAbsoluteFile().getUsableSpace();
    }

    /** The repository, or the folder in which JFR will make it. */
    String folder() {
        String repository = System.getProperty("jdk.jfr.repository");
        return repository == null ? base : repository;
    }
}
