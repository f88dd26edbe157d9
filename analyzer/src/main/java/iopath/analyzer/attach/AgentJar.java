package iopath.analyzer.attach;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the agent that this program carries, for the time of one load: in a folder that is ours, and that the target
 * can only read.
 *
 * <p>The folder lies where the target keeps temporary files. Where that has the sticky bit, as /tmp has, nobody but root
 * can swap the folder or the jar. Where it is the target's own, its user can; what is loaded then runs in that user's
 * JVM, which is the user's anyway.
 *
 * <p>The class path of a JVM grows by each new path that an agent is loaded from, so a path that it knows is used again
 * where that can be had. The JVM keeps the file open, and it may be deleted after the load.
 */
final class AgentJar implements AutoCloseable {
    private static final String RESOURCE = "/iopath-agent.jar";
    /** For so long what is not locked may be one that is being made. */
    private static final Duration YOUNG = Duration.ofMinutes(1);

    private static final String NAME = "iopath-agent.jar";

    private final HeldFolder place;
    private final HeldFolder folder;

    /** Locked for as long as this process runs and needs it. */
    private @Nullable FileChannel file;

    private AgentJar(HeldFolder place, HeldFolder folder) {
        this.place = place;
        this.folder = folder;
    }

    /**
     * Makes the copy.
     *
     * @param place the target's folder for temporary files, which this object closes
     * @param known the path that the target says it has loaded the agent from; it may lie
     */
    static AgentJar in(HeldFolder place, String known) throws IOException, UnreachableException {
        AgentJar made = null;
        boolean whole = false;
        try (InputStream jar = AgentJar.class.getResourceAsStream(RESOURCE)) {
            if (jar == null) {
                throw new UnreachableException("this iopath.jar carries no agent; build it with mvn package");
            }
            sweep(place);
            made = new AgentJar(place, folder(place, known));
            FileChannel file = made.folder.create(NAME, "rw-r--r--");
            made.file = file;
            file.tryLock();
            jar.transferTo(Channels.newOutputStream(file));
            whole = true;
            return made;
        } finally {
            if (made == null) {
                place.close();
            } else if (!whole) {
                made.close();
            }
        }
    }

    /** Deletes what a client of the same user that was killed has left in a folder. */
    private static void sweep(HeldFolder place) throws IOException {
        for (String entry : place.entries()) {
            if (Unforeseeable.isOne(entry)) {
                place.removeLeft(entry, NAME, YOUNG);
            }
        }
    }

    private static HeldFolder folder(HeldFolder place, String known) throws IOException {
        String[] names = known.split("/");
        if (names.length > 2 && Unforeseeable.isOne(names[names.length - 2])) {
            try {
                return place.make(names[names.length - 2], "rwxr-xr-x");
            } catch (FileAlreadyExistsException e) {
                // Another client loads just now; or somebody has taken the name that was known.
                return place.make(Unforeseeable.name(), "rwxr-xr-x");
            }
        }
        return place.make(Unforeseeable.name(), "rwxr-xr-x");
    }

    /** Version of this program, which is the agent's as well. */
    static String version() {
        String version = AgentJar.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** The path for the target. */
    Path path() {
        return Path.of(folder.name(), NAME);
    }

    /** Deletes the copy. */
    @Override
    @SuppressWarnings("try") // The folders are closed, not used.
    public void close() throws IOException {
        try (place;
                folder;
                FileChannel locked = file) {
            place.remove(folder);
        }
    }
}
