package iopath.analyzer.attach;

import iopath.analyzer.attach.Jvm.Kind;
import iopath.analyzer.text.Amount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tests what can keep iopath from getting into a JVM, or from recording in it.
 *
 * <p>Looks from outside; only where nothing is against it, it attaches for a moment and asks for the system properties.
 */
public final class Doctor {
    private static final int MIN_JAVA = 17;
    private static final int WARNS_SINCE = 21;

    /** Of a recording, its chunks and what the agent keeps free. */
    private static final long LOW_SPACE = 256_000_000;

    /** What the agent wants free before it records. */
    private static final long NO_SPACE = 12L << 20;

    private static final long AGENT_SPACE = 8_000_000;
    private static final String TEMP = "/tmp";
    private static final String RESTART = "restart it without that option";
    private static final Pattern REPOSITORY = Pattern.compile("(?:^|,)repository=([^,]+)");

    private final Proc proc;
    private final Door door;
    private final List<Check> checks = new ArrayList<>();

    /** How a JVM is asked for its system properties. */
    interface Door {
        Properties properties(long pid) throws IOException;
    }

    public Doctor(Proc proc) {
        this(proc, Vm::properties);
    }

    Doctor(Proc proc, Door door) {
        this.proc = proc;
        this.door = door;
    }

    /**
     * All checks on a process, in the order in which attaching and recording need what they test.
     *
     * @return the checks that make sense; the first alone if that is no HotSpot JVM
     * @throws UnreachableException if there is no such process, or it is no JVM at all
     */
    public List<Check> examine(long pid) throws UnreachableException {
        Jvm jvm = jvm(pid);
        if (!isSupported(jvm)) {
            return List.copyOf(checks);
        }
        user(jvm);
        attach(jvm);
        agents(jvm);
        running(jvm);
        if (isHidden(jvm)) {
            add(Check.warn(
                    "rest",
                    "temp, space, files, descriptors and modules cannot be seen from here",
                    "run iopath doctor as its user, or as root"));
        } else {
            temp(jvm);
            space(jvm);
            files(jvm);
            Limits.of(proc, jvm).forEach(this::add);
            modules(jvm);
        }
        if (checks.stream().noneMatch(Check::isFailed)) {
            answer(jvm);
        }
        return List.copyOf(checks);
    }

    private Jvm jvm(long pid) throws UnreachableException {
        return new Jvms(proc).get(pid);
    }

    private boolean isSupported(Jvm jvm) {
        ProcessFacts process = jvm.process();
        String what = jvm.mainClass() + ", user " + process.user()
                + (process.container() == null ? "" : ", " + place(process.container()));
        add(Check.ok("process", what));
        if (jvm.kind() == Kind.OPENJ9) {
            return fail(
                    "jvm",
                    "OpenJ9, which has an attach protocol and a recorder of its own",
                    "run the application on a JDK with HotSpot");
        }
        String version = jvm.version() == null ? "version not visible from here" : "JDK " + jvm.version();
        if (jvm.feature() > 0 && jvm.feature() < MIN_JAVA) {
            return fail("jvm", version, "the agent needs JDK " + MIN_JAVA + " or later");
        }
        add(Check.ok("jvm", (jvm.kind() == Kind.HOTSPOT ? "HotSpot, " : "of unknown make, ") + version));
        return true;
    }

    private static String place(String container) {
        return switch (container) {
            case "container" -> "in a container";
            case "own mounts" -> "with mounts of its own";
            default -> "container " + container;
        };
    }

    private void user(Jvm jvm) {
        ProcessFacts process = jvm.process();
        Caller caller = Caller.of(proc);
        if (caller.mayAttach(process)) {
            add(Check.ok("user", caller.uid() == process.uid() ? "the same as ours" : "we are root"));
        } else if (caller.uid() == process.uid()) {
            fail("user", "its group " + process.gid() + " is not ours", "run iopath with that group, or as root");
        } else {
            String user = process.user().matches("[0-9]+") ? "'#" + process.user() + "'" : process.user();
            fail(
                    "user",
                    "runs as " + process.user() + ", and we are neither that nor root",
                    "sudo -u " + user + " iopath doctor " + process.pid());
        }
    }

    /** What only its own user and root may see. */
    private boolean isHidden(Jvm jvm) {
        return !Caller.of(proc).mayAttach(jvm.process())
                && !Files.isReadable(jvm.process().root());
    }

    private void attach(Jvm jvm) {
        if (jvm.options().isOn("DisableAttachMechanism", false)) {
            fail(
                    "attach",
                    "disabled by -XX:+DisableAttachMechanism",
                    RESTART + ", or with -javaagent:iopath-agent.jar");
        } else {
            add(Check.ok("attach", "not disabled" + (jvm.options().isComplete() ? "" : ", as far as can be seen")));
        }
    }

    private void agents(Jvm jvm) {
        boolean asked = jvm.options().words().contains("-XX:+EnableDynamicAgentLoading");
        if (!jvm.options().isOn("EnableDynamicAgentLoading", true)) {
            fail(
                    "agents",
                    "refused by -XX:-EnableDynamicAgentLoading",
                    RESTART + ", or with -javaagent:iopath-agent.jar");
        } else if (jvm.feature() >= WARNS_SINCE && !asked) {
            add(Check.warn(
                    "agents",
                    "JDK " + jvm.feature() + " will warn of the agent on the stderr of the process",
                    "harmless; -XX:+EnableDynamicAgentLoading at its start hides it"));
        } else {
            add(Check.ok("agents", "may be loaded"));
        }
    }

    /**
     * A JVM opens its socket when it gets SIGQUIT; one that does not catch it ({@code -Xrs}) would end, and one that is
     * stopped would print a thread dump later.
     */
    private void running(Jvm jvm) {
        ProcessFacts process = jvm.process();
        if (process.isStopped()) {
            fail(
                    "running",
                    "stopped by a signal or a debugger: it does not answer",
                    "kill -CONT " + process.pid() + ", or let the debugger go on");
        } else if (!Quit.isCaught(proc, process.pid()) && !Files.exists(socket(process))) {
            fail(
                    "running",
                    "its attach socket is gone, and it does not catch SIGQUIT (-Xrs)",
                    "restart it, and keep " + TEMP + "/.java_pid" + process.namespacePid() + " from being cleaned up");
        } else {
            add(Check.ok("running", "not stopped"));
        }
    }

    private static Path socket(ProcessFacts process) {
        return process.temp().resolve(".java_pid" + process.namespacePid());
    }

    /** The attach protocol's files are in /tmp, whatever java.io.tmpdir says. */
    private void temp(Jvm jvm) {
        Folder temp = new Folder(TEMP, jvm.process().temp());
        temp.obstacle(proc, jvm.process())
                .ifPresentOrElse(
                        obstacle -> fail("temp", obstacle, writable(TEMP)),
                        () -> add(Check.ok("temp", TEMP + " can be written to by it and by us")));
    }

    private static String writable(String folder) {
        return "give it a " + folder + " to write to, such as a tmpfs (docker run --tmpfs " + folder
                + ", an emptyDir volume)";
    }

    private void space(Jvm jvm) {
        Folder repository = repository(jvm);
        Optional<String> obstacle = repository.obstacle(proc, jvm.process());
        if (obstacle.isPresent()) {
            fail("space", obstacle.get() + ", and JFR writes there", writable(repository.name()));
            return;
        }
        long room = repository.room();
        String found = Amount.bytes(room) + " are free in " + repository.name() + ", where JFR writes";
        if (room < NO_SPACE) {
            fail(
                    "space",
                    found + ": a full disk there would end the JVM",
                    "free " + Amount.bytes(LOW_SPACE) + ", or jcmd " + jvm.pid() + " JFR.configure repositorypath=DIR");
        } else if (room < LOW_SPACE) {
            add(Check.warn("space", found, "record for a short time, or free " + Amount.bytes(LOW_SPACE)));
        } else {
            add(Check.ok("space", found));
        }
    }

    private static Folder repository(Jvm jvm) {
        return jvm.options()
                .value("-XX:FlightRecorderOptions")
                .map(options -> REPOSITORY.matcher(options.substring(Math.min(1, options.length()))))
                .filter(Matcher::find)
                .map(found -> folder(jvm, found.group(1)))
                .orElseGet(() -> temporary(jvm));
    }

    private static Folder temporary(Jvm jvm) {
        return folder(jvm, jvm.options().value("-Djava.io.tmpdir=").orElse(TEMP));
    }

    private static Folder folder(Jvm jvm, String name) {
        ProcessFacts process = jvm.process();
        Path here = name.startsWith("/")
                ? process.seen(name)
                : process.root().resolveSibling("cwd").resolve(name);
        return new Folder(name, here);
    }

    private void files(Jvm jvm) {
        Folder temporary = temporary(jvm);
        Optional<String> obstacle = temporary.obstacle(proc, jvm.process());
        if (obstacle.isPresent()) {
            fail("files", obstacle.get() + ", and the agent is copied there", writable(temporary.name()));
        } else if (temporary.room() < AGENT_SPACE) {
            fail(
                    "files",
                    Amount.bytes(temporary.room()) + " are free in " + temporary.name() + ", the agent needs 8 MB",
                    "free some space there");
        } else {
            add(Check.ok(
                    "files",
                    (jvm.process().sharesFiles() ? "it sees the same as we do" : "it has a root of its own")
                            + "; the agent is copied to its " + temporary.name()));
        }
    }

    private void modules(Jvm jvm) {
        Set<String> shutOut = Modules.shutOut(jvm);
        Optional<Set<String>> notBuiltIn = Modules.notBuiltIn(jvm);
        if (!shutOut.isEmpty()) {
            fail("modules", String.join(", ", shutOut) + " shut out by --limit-modules", "add them to that option");
        } else if (notBuiltIn.filter(names -> !names.isEmpty()).isPresent()) {
            fail(
                    "modules",
                    "its runtime was built without " + String.join(", ", notBuiltIn.get()),
                    "jlink --add-modules " + String.join(",", notBuiltIn.get()) + ",... or run it on a whole JDK");
        } else if (!jvm.options().isOn("FlightRecorder", true)) {
            fail("modules", "Flight Recorder is disabled by -XX:-FlightRecorder", RESTART);
        } else if (notBuiltIn.isEmpty()) {
            add(Check.warn(
                    "modules",
                    "its runtime does not say whether it has java.instrument and jdk.jfr",
                    "java --list-modules of that runtime tells"));
        } else {
            add(Check.ok("modules", "java.instrument and jdk.jfr are there"));
        }
    }

    private void answer(Jvm jvm) {
        try {
            AgentState agent = AgentState.of(door.properties(jvm.pid()));
            add(Check.ok(
                    "answer",
                    "it answers; "
                            + (agent.version() == null
                                    ? "iopath was never there"
                                    : "iopath " + agent.version() + (agent.attached() ? " is in it" : " was there"))));
        } catch (IOException e) {
            fail(
                    "answer",
                    "it does not answer: " + e.getMessage(),
                    jvm.options().isComplete()
                            ? "see whether it hangs: top -H -p " + jvm.pid()
                            : "an option file hides its options: look for -XX:+DisableAttachMechanism there");
        }
    }

    private void add(Check check) {
        checks.add(check);
    }

    private boolean fail(String subject, String found, String wayOut) {
        checks.add(Check.fail(subject, found, wayOut));
        return false;
    }
}
