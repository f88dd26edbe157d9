package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel says of a process to whoever may ask, without touching the process.
 *
 * @param pid as seen from here
 * @param namespacePid as the process itself sees it: files of the attach protocol are named after it
 * @param uid effective user
 * @param gid effective group
 * @param groups supplementary groups
 * @param user name of the user on this host, or the number
 * @param state letter of proc_pid_status(5), such as {@code S} or, for a stopped one, {@code T}
 * @param mounts whether its mount namespace is ours
 * @param pids whether its pid namespace is ours
 * @param container short id, or {@code container} where only the pid namespace says so, or {@code own mounts} where
 *     the mount namespace alone differs; {@code null} for a process that lives as we do
 * @param root its root directory, seen from here
 * @param sharesFiles whether a path means the same file to it and to us
 * @param openDescriptors empty if they may not be counted
 * @param descriptorLimit the soft limit; empty if it is unknown
 * @param executable the file it runs, in the kernel's words; {@code null} if that may not be known
 * @param commandLine empty for a process of the kernel, or one that has ended
 */
public record ProcessFacts(
        long pid,
        long namespacePid,
        long uid,
        long gid,
        Set<Long> groups,
        String user,
        char state,
        Namespace mounts,
        Namespace pids,
        @Nullable String container,
        Path root,
        boolean sharesFiles,
        OptionalInt openDescriptors,
        OptionalLong descriptorLimit,
        @Nullable String executable,
        List<String> commandLine) {

    /** The kinds of id that Docker, Podman, containerd and CRI-O put into the names of control groups and mounts. */
    private static final Pattern CONTAINER_ID =
            Pattern.compile("(?:docker|libpod|containerd|crio|cri-o|kubepods|containers)[^\\n]*?([0-9a-f]{64})");

    private static final int SHORT_ID = 12;

    /** A namespace, compared with ours. */
    public enum Namespace {
        SAME,
        OTHER,
        /** We may not look. */
        UNKNOWN
    }

    /** Facts on a process; empty if there is none, or it may not be seen at all. */
    public static Optional<ProcessFacts> of(Proc proc, long pid) {
        return proc.text(pid, "status").map(ProcessFacts::fields).flatMap(status -> of(proc, pid, status));
    }

    private static Optional<ProcessFacts> of(Proc proc, long pid, Map<String, String> status) {
        List<Long> uids = numbers(status.get("Uid"));
        List<Long> gids = numbers(status.get("Gid"));
        if (uids.size() < 2 || gids.size() < 2) {
            return Optional.empty();
        }
        List<Long> inner = numbers(status.get("NSpid"));
        Namespace mounts = namespace(proc, pid, "ns/mnt");
        Namespace pids = namespace(proc, pid, "ns/pid");
        if (pids == Namespace.UNKNOWN && inner.size() > 1) {
            pids = Namespace.OTHER;
        }
        return Optional.of(new ProcessFacts(
                pid,
                inner.isEmpty() ? pid : inner.get(inner.size() - 1),
                uids.get(1),
                gids.get(1),
                Set.copyOf(numbers(status.get("Groups"))),
                user(proc, pid, uids.get(1)),
                (status.getOrDefault("State", "") + "?").charAt(0),
                mounts,
                pids,
                container(proc, pid, mounts, pids),
                proc.path(pid, "root"),
                mounts == Namespace.SAME && proc.link(pid, "root").equals(Optional.of("/")),
                proc.count(pid, "fd"),
                descriptorLimit(proc, pid),
                proc.link(pid, "exe").orElse(null),
                proc.words(pid, "cmdline").orElse(List.of())));
    }

    /** The directory of the attach protocol, seen from here: HotSpot takes no other, whatever java.io.tmpdir says. */
    public Path temp() {
        return root.resolve("tmp");
    }

    /** A path of the process, seen from here. */
    public Path seen(String path) {
        return root.resolve(path.replaceFirst("^/+", ""));
    }

    /** The name of the program. */
    public String program() {
        String path = executable != null ? executable : commandLine.isEmpty() ? "?" : commandLine.get(0);
        return path.substring(path.lastIndexOf('/') + 1).replace(" (deleted)", "");
    }

    /** Whether a signal or a debugger holds it. */
    public boolean isStopped() {
        return state == 'T' || state == 't';
    }

    /** Whether it has ended, and only its parent has not noticed. */
    public boolean isEnded() {
        return state == 'Z' || state == 'X';
    }

    private static Map<String, String> fields(String text) {
        Map<String, String> fields = new HashMap<>();
        text.lines().forEach(line -> {
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        });
        return fields;
    }

    private static List<Long> numbers(@Nullable String text) {
        if (text == null) {
            return List.of();
        }
        return Arrays.stream(text.split("\\s+"))
                .filter(number -> number.matches("[0-9]{1,10}"))
                .map(Long::parseLong)
                .toList();
    }

    /** By the owner of the process's folder, which is its effective user unless the process is protected from us. */
    private static String user(Proc proc, long pid, long uid) {
        try {
            Path folder = proc.path(pid, "");
            if (Files.getAttribute(folder, "unix:uid") instanceof Integer owner
                    && Integer.toUnsignedLong(owner) == uid) {
                return Files.getOwner(folder).getName();
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // The number says it too.
        }
        return Long.toString(uid);
    }

    private static Namespace namespace(Proc proc, long pid, String name) {
        Optional<String> its = proc.link(pid, name);
        Optional<String> ours = proc.link(proc.self(), name);
        if (its.isEmpty() || ours.isEmpty()) {
            return Namespace.UNKNOWN;
        }
        return its.equals(ours) ? Namespace.SAME : Namespace.OTHER;
    }

    private static @Nullable String container(Proc proc, long pid, Namespace mounts, Namespace pids) {
        if (mounts == Namespace.SAME && pids == Namespace.SAME) {
            return null;
        }
        Optional<String> id = containerId(proc, pid);
        if (id.isPresent() && !id.equals(containerId(proc, proc.self()))) {
            return id.get();
        }
        if (pids == Namespace.OTHER) {
            return "container";
        }
        // A chroot in a private namespace, or a service with a /tmp of its own: no container.
        return mounts == Namespace.OTHER ? "own mounts" : null;
    }

    private static Optional<String> containerId(Proc proc, long pid) {
        // With a private control group namespace the first says nothing, but a container's own mounts do.
        return containerId(proc.text(pid, "cgroup"))
                .or(() -> containerId(proc.text(pid, "mountinfo")
                        .map(text -> text.lines()
                                .filter(line -> line.contains(" /etc/hostname ") || line.contains(" /etc/hosts "))
                                .collect(Collectors.joining("\n")))));
    }

    private static Optional<String> containerId(Optional<String> text) {
        return text.map(CONTAINER_ID::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).substring(0, SHORT_ID));
    }

    private static OptionalLong descriptorLimit(Proc proc, long pid) {
        return proc.text(pid, "limits").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.substring("Max open files".length()).strip().split("\\s+")[0])
                .mapToLong(limit -> limit.matches("[0-9]{1,18}") ? Long.parseLong(limit) : Long.MAX_VALUE)
                .findFirst();
    }
}
