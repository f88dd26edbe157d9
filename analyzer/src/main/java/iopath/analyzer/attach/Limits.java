package iopath.analyzer.attach;

import iopath.analyzer.text.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How near a process is to its limits, seen from outside: what an attach takes must be left before it begins.
 *
 * <p>A process that runs out in the middle of it may lose classes of its JDK for good. A limit that cannot be seen is
 * no check.
 */
final class Limits {

    /** The agent's jar, JFR's chunk, a recording, and what the JDK opens beside them. */
    private static final int DESCRIPTORS = 16;

    /** The attach listener, JFR's four, the agent's two, and one more. */
    private static final int THREADS = 8;

    /** The agent's tables, with all that JFR keeps. */
    private static final long HEAP = 8L << 20;

    /** The agent's classes and Byte Buddy's. */
    private static final long METASPACE = 16L << 20;

    private static final Pattern PROCESSES = Pattern.compile("(?m)^Max processes +(\\d+) ");
    private static final Pattern UID = Pattern.compile("(?m)^Uid:\\s+(\\d+)");
    private static final Pattern COUNT = Pattern.compile("(?m)^Threads:\\s+(\\d+)");
    private static final Pattern GROUP = Pattern.compile("(?m)^(?:0:|\\d+:pids):(/.*)$");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([kKmMgG]?)");
    private static final Path GROUPS = Path.of("/sys/fs/cgroup");

    private final Proc proc;
    private final Jvm jvm;
    private final ProcessFacts process;
    private final List<Check> checks = new ArrayList<>();

    private Limits(Proc proc, Jvm jvm) {
        this.proc = proc;
        this.jvm = jvm;
        this.process = jvm.process();
    }

    /** A check for each limit of a JVM that can be seen from here, and one for descriptors always. */
    static List<Check> of(Proc proc, Jvm jvm) {
        Limits limits = new Limits(proc, jvm);
        limits.descriptors();
        limits.threads();
        limits.memory();
        return List.copyOf(limits.checks);
    }

    /**
     * Says no where a limit is too near.
     *
     * @throws UnreachableException names the limit and what to do
     */
    static void check(long pid) throws UnreachableException {
        Proc proc = Proc.host();
        Optional<Jvm> jvm = new Jvms(proc).find(pid);
        if (jvm.isEmpty()) {
            return;
        }
        for (Check check : of(proc, jvm.get())) {
            if (check.isFailed()) {
                throw new UnreachableException("process " + pid + " is near a limit, and nothing was loaded: "
                        + check.subject() + ": " + check.found() + "; " + check.wayOut());
            }
        }
    }

    private void descriptors() {
        if (process.openDescriptors().isEmpty() || process.descriptorLimit().isEmpty()) {
            checks.add(Check.warn("descriptors", "cannot be counted from here", "run iopath as its user, or as root"));
            return;
        }
        long limit = process.descriptorLimit().getAsLong();
        int open = process.openDescriptors().getAsInt();
        String found = open + (limit == Long.MAX_VALUE ? " open, without a limit" : " open of at most " + limit);
        add(
                "descriptors",
                found,
                limit - open >= DESCRIPTORS,
                "attaching and recording need " + DESCRIPTORS,
                "prlimit --pid " + process.pid() + " --nofile=" + (limit + 1024));
    }

    private void threads() {
        OptionalLong most = number(PROCESSES, proc.text(process.pid(), "limits"));
        // Root's are not counted (setrlimit(2)).
        if (most.isPresent() && process.uid() != 0) {
            long there = threadsOfUser();
            add(
                    "threads",
                    there + " of its user, of at most " + most.getAsLong(),
                    most.getAsLong() - there >= THREADS,
                    "attaching and recording need " + THREADS,
                    "prlimit --pid " + process.pid() + " --nproc=" + (most.getAsLong() + 1024));
        }
        Optional<String> group = proc.text(process.pid(), "cgroup")
                .map(GROUP::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1).substring(1));
        for (Path root : List.of(GROUPS, GROUPS.resolve("pids"))) {
            Optional<Path> folder = group.map(root::resolve);
            OptionalLong limit = number(folder.map(path -> path.resolve("pids.max")));
            OptionalLong current = number(folder.map(path -> path.resolve("pids.current")));
            if (limit.isPresent() && current.isPresent()) {
                add(
                        "threads",
                        current.getAsLong() + " in its control group, of at most " + limit.getAsLong(),
                        limit.getAsLong() - current.getAsLong() >= THREADS,
                        "attaching and recording need " + THREADS,
                        "raise pids.max of its container or service");
                return;
            }
        }
    }

    private long threadsOfUser() {
        long threads = 0;
        for (long pid : proc.pids()) {
            Optional<String> status = proc.text(pid, "status");
            OptionalLong uid = number(UID, status);
            if (uid.isPresent() && uid.getAsLong() == process.uid()) {
                threads += number(COUNT, status).orElse(0);
            }
        }
        return threads;
    }

    /** What is left after the last collection, and of a metaspace that has a limit. */
    private void memory() {
        PerfData perf = PerfData.of(process, proc.text(process.pid(), "maps").orElse(""));
        OptionalLong used = perf.number("sun.gc.generation.1.space.0.used");
        OptionalLong most = perf.number("sun.gc.generation.1.space.0.maxCapacity");
        if (used.isPresent() && most.isPresent() && most.getAsLong() > 0) {
            add(
                    "heap",
                    Amount.bytes(used.getAsLong()) + " of the old generation's " + Amount.bytes(most.getAsLong())
                            + " in use after the last collection",
                    most.getAsLong() - used.getAsLong() >= HEAP,
                    "the agent needs " + Amount.bytes(HEAP),
                    "restart it with a larger -Xmx");
        }
        OptionalLong classes = perf.number("sun.gc.metaspace.used");
        Optional<Long> limit = jvm.options().value("-XX:MaxMetaspaceSize=").flatMap(Limits::size);
        if (classes.isPresent() && limit.isPresent()) {
            add(
                    "metaspace",
                    Amount.bytes(classes.getAsLong()) + " in use of at most " + Amount.bytes(limit.get()),
                    limit.get() - classes.getAsLong() >= METASPACE,
                    "the agent needs " + Amount.bytes(METASPACE),
                    "restart it with a larger -XX:MaxMetaspaceSize");
        }
    }

    private void add(String subject, String found, boolean isEnough, String need, String wayOut) {
        checks.add(isEnough ? Check.ok(subject, found) : Check.fail(subject, found + "; " + need, wayOut));
    }

    private static Optional<Long> size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift = switch (matcher.group(2)) {
            case "k", "K" -> 10;
            case "m", "M" -> 20;
            case "g", "G" -> 30;
            default -> 0;
        };
        return Optional.of(Long.parseLong(matcher.group(1)) << shift);
    }

    private static OptionalLong number(Pattern pattern, Optional<String> text) {
        Matcher matcher = pattern.matcher(text.orElse(""));
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** The number in a file of the kernel; empty if there is none, as with {@code max}. */
    private static OptionalLong number(Optional<Path> file) {
        try {
            return file.isPresent()
                    ? OptionalLong.of(
                            Long.parseLong(Files.readString(file.get()).strip()))
                    : OptionalLong.empty();
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
