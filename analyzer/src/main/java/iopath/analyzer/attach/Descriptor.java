package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The descriptors of this process, as {@code /proc/self/fd} shows them: a path through one leads to the open file itself,
 * whatever has become of its name.
 */
final class Descriptor {
    private static final Path ALL = Path.of("/proc/self/fd");
    private static final Path FACTS = Path.of("/proc/self/fdinfo");
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Offsets that every file system takes, and that nothing else is at. */
    private static final long LEAST_OFFSET = 1L << 30;

    private static final long MOST_OFFSET = 1L << 40;

    /** Guarded by this class. */
    private static final Set<Path> CLAIMED = new HashSet<>();

    private Descriptor() {}

    /**
     * Those that have just been opened on a folder, of which several may be open; until they are released, nobody else
     * gets them.
     */
    static synchronized List<Path> claim(Object key) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(ALL)) {
            for (Path descriptor : descriptors) {
                if (!CLAIMED.contains(descriptor) && isOpenOn(descriptor, key)) {
                    found.add(descriptor);
                }
            }
        }
        if (found.isEmpty()) {
            throw new IOException("/proc does not show the descriptors of iopath");
        }
        CLAIMED.addAll(found);
        return found;
    }

    /** Gives up those that are about to be closed. */
    static synchronized void release(List<Path> claimed) {
        claimed.forEach(CLAIMED::remove);
    }

    private static boolean isOpenOn(Path descriptor, Object key) {
        try {
            return Inode.of(descriptor).key().equals(key);
        } catch (IOException e) {
            // Another thread has closed it.
            return false;
        }
    }

    /**
     * The one of a channel, which is told by its offset; that is 0 afterwards.
     *
     * @throws IOException if it has no offset, as a pipe has none
     */
    static Path of(FileChannel channel) throws IOException {
        Path found = at(channel);
        if (!found.equals(at(channel))) {
            throw new IOException("/proc does not show the descriptors of iopath");
        }
        channel.position(0);
        return found;
    }

    private static Path at(FileChannel channel) throws IOException {
        long offset = RANDOM.nextLong(LEAST_OFFSET, MOST_OFFSET);
        channel.position(offset);
        String wanted = String.format(Locale.ROOT, "pos:\t%d\n", offset);
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(FACTS)) {
            for (Path descriptor : descriptors) {
                if (facts(descriptor).startsWith(wanted)) {
                    return ALL.resolve(descriptor.getFileName());
                }
            }
        }
        throw new IOException("/proc does not show the descriptors of iopath");
    }

    /** Which mount an open file was reached by, see proc_pid_fdinfo(5). */
    static String mount(Path descriptor) {
        return facts(FACTS.resolve(descriptor.getFileName()))
                .lines()
                .filter(line -> line.startsWith("mnt_id:"))
                .findFirst()
                .orElse("");
    }

    private static String facts(Path descriptor) {
        try {
            return Files.readString(descriptor);
        } catch (IOException e) {
            return "";
        }
    }
}
