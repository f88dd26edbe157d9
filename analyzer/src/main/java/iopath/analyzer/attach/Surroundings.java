package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a process stands as seen from here: its user, its root, and who has power over it anyway.
 *
 * @param pid as this process sees it
 * @param namespacePid as it sees itself
 * @param uid number of its user, as an unsigned number
 * @param gid number of its group, as an unsigned number
 * @param groups its other groups
 * @param root its root directory
 * @param caller number of our user
 * @param trusted users who can do with it what they like: its own, ours, root, and the root of its user namespace
 */
record Surroundings(
        long pid, long namespacePid, long uid, long gid, Set<Long> groups, Path root, long caller, Set<Long> trusted) {

    /** What HotSpot's arguments hold, with the options behind it: 1024 bytes, as of JDK 17. */
    private static final int MOST_PATH = 400;

    /** As the kernel shows users that a namespace does not have. */
    private static final long NOBODY = 65534;

    /** The surroundings of a process. */
    static Surroundings of(long pid) throws UnreachableException {
        return of(
                Proc.host(),
                ProcessFacts.of(Proc.host(), pid)
                        .orElseThrow(() ->
                                new UnreachableException("there is no process " + pid + "; iopath ps lists the JVMs")));
    }

    static Surroundings of(Proc proc, ProcessFacts facts) {
        long caller = Caller.of(proc).uid();
        Set<Long> trusted = new LinkedHashSet<>(List.of(0L, facts.uid(), caller));
        if (!proc.link(facts.pid(), "ns/user").equals(proc.link(proc.self(), "ns/user"))) {
            // A line is: first number inside, first number outside as we see it, how many.
            for (String line : proc.text(facts.pid(), "uid_map").orElse("").split("\n")) {
                String[] fields = line.strip().split("\\s+");
                if (fields.length == 3 && fields[0].equals("0")) {
                    trusted.add(Long.parseLong(fields[1]));
                }
            }
        }
        if (proc.text(proc.self(), "uid_map")
                .filter(map -> !map.contains("4294967295"))
                .isPresent()) {
            trusted.add(NOBODY);
        }
        return new Surroundings(
                facts.pid(),
                facts.namespacePid(),
                facts.uid(),
                facts.gid(),
                facts.groups(),
                facts.root(),
                caller,
                trusted);
    }

    boolean isOfGroup(long group) {
        return group == gid || groups.contains(group);
    }

    /** Whether a user could harm the process without our help. */
    boolean trusts(long user) {
        return trusted.contains(user);
    }

    /** Whether a folder's group may be one of its own: who shares that with others has let them in. */
    boolean trustsGroup(long group) {
        return group == 0 || group == gid;
    }

    /**
     * The folder for what is handed to the process and back: its own for temporary files, or the first of the usual ones
     * that its user can write to and other users cannot swap.
     *
     * @param temporary its {@code java.io.tmpdir}
     * @param working its working directory, for a relative one
     */
    HeldFolder temporary(String temporary, String working) throws IOException {
        Set<String> names = new LinkedHashSet<>();
        // As java.io.File has it: a relative name is one in the working directory.
        names.add(temporary.startsWith("/") ? temporary : working + "/" + temporary);
        names.addAll(List.of("/tmp", "/var/tmp", "/dev/shm"));
        List<String> objections = new ArrayList<>();
        for (String name : names) {
            try {
                HeldFolder folder = HeldFolder.of(this, name);
                String objection = folder.objection()
                        .or(() -> folder.name().matches("[^,=:\\p{Cntrl}]{1," + MOST_PATH + "}")
                                ? Optional.empty()
                                : Optional.of("its path is no option of an agent"))
                        .orElse("");
                if (objection.isEmpty()) {
                    return folder;
                }
                objections.add(objection);
                folder.close();
            } catch (IOException | RuntimeException e) {
                objections.add(Told.line(name) + " is no folder of it");
            }
        }
        throw new IOException(String.join("; ", objections));
    }
}
