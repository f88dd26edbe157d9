package iopath.analyzer.attach;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A line of {@code mountinfo}, see proc_pid_mountinfo(5).
 *
 * @param point where it is mounted, as the process sees it
 * @param isReadOnly whether the mount or its file system is
 */
record Mount(String point, boolean isReadOnly) {

    /** The mount that holds an absolute path of a process. */
    static Optional<Mount> of(Proc proc, long pid, String path) {
        return proc.text(pid, "mountinfo").stream()
                .flatMap(String::lines)
                .flatMap(line -> parse(line).stream())
                .filter(mount -> mount.holds(path))
                // Of two at one point the later hides the earlier.
                .reduce((best, next) -> next.point.length() >= best.point.length() ? next : best);
    }

    private boolean holds(String path) {
        return point.equals("/") || path.equals(point) || path.startsWith(point + "/");
    }

    private static Optional<Mount> parse(String line) {
        List<String> fields = List.of(line.split(" "));
        int dash = fields.indexOf("-");
        if (dash < 6 || dash + 3 >= fields.size()) {
            return Optional.empty();
        }
        String point = fields.get(4).replace("\\040", " ");
        return Optional.of(new Mount(point, isReadOnly(fields.get(5)) || isReadOnly(fields.get(dash + 3))));
    }

    private static boolean isReadOnly(String options) {
        return Arrays.asList(options.split(",")).contains("ro");
    }
}
