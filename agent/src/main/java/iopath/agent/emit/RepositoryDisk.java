package iopath.agent.emit;

import java.io.File;
import java.io.IOException;

/** The disk under JFR's repository, where HotSpot must never fail to write. */
final class RepositoryDisk {

    private RepositoryDisk() {}

    /**
     * Says no where a recording would be a danger from its first second.
     *
     * @param inMemory whether it can be kept in memory
     */
    static void check(boolean inMemory) throws IOException {
        long free = free();
        if (free < (inMemory ? SpaceRule.TO_KEEP : SpaceRule.TO_STREAM)) {
            throw new IOException("only " + (free >> 20) + " MiB are free in " + folder()
                    + ", where JFR keeps its data; the JVM would end when that is full");
        }
    }

    /** Bytes that are free for this process. */
    static long free() {
        return new File(folder()).getUsableSpace();
    }

    /** The repository, or the folder in which JFR will make it. */
    static String folder() {
        String repository = System.getProperty("jdk.jfr.repository");
        return repository == null ? System.getProperty("java.io.tmpdir", "/tmp") : repository;
    }
}
