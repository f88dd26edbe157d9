package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Where a target stands as seen from here: its user, and its files.
 *
 * @param pid as this process sees it
 * @param uid number of its user
 * @param gid number of its group
 * @param root prefix of its paths for this process; {@code /} where both have the same
 */
public record Surroundings(long pid, int uid, int gid, Path root) {

    /** The surroundings of a process. */
    public static Surroundings of(long pid) throws UnreachableException {
        ProcessFacts facts = ProcessFacts.of(Proc.host(), pid)
                .orElseThrow(
                        () -> new UnreachableException("there is no process " + pid + "; iopath ps lists the JVMs"));
        Path root = facts.sharesFiles() ? Path.of("/") : facts.root();
        return new Surroundings(pid, (int) facts.uid(), (int) facts.gid(), root);
    }

    /** The path for this process of a file that the target sees as {@code path}. */
    public Path path(Path path) {
        return root.resolve(Path.of("/").relativize(path));
    }

    /** Makes a file the target's own, if it runs as another user. */
    void give(Path path) throws IOException {
        if (!Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS).equals(uid)) {
            Files.setAttribute(path, "unix:gid", gid, LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(path, "unix:uid", uid, LinkOption.NOFOLLOW_LINKS);
        }
    }
}
