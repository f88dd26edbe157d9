package iopath.analyzer.attach;

import iopath.analyzer.attach.Jvm.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The JVMs of this host, of all users and in all containers, found without touching them. */
public final class Jvms {
    private static final Pattern LIBRARY =
            Pattern.compile("(/\\S.*)/lib/(?:[^/]+/)?(libjvm\\.so|libj9vm[0-9]*\\.so)(?: \\(deleted\\))?");

    private static final Pattern AGENT = Pattern.compile(".*iopath-agent[^/]*\\.jar( \\(deleted\\))?");

    private final Proc proc;

    public Jvms(Proc proc) {
        this.proc = proc;
    }

    /** All but the one that asks, by pid. */
    public List<Jvm> list() {
        long self = proc.self();
        return proc.pids().stream()
                .filter(pid -> pid != self)
                .flatMap(pid -> find(pid).stream())
                .toList();
    }

    /** One; empty if there is no such process, or if it is no JVM. */
    public Optional<Jvm> find(long pid) {
        return ProcessFacts.of(proc, pid).flatMap(this::find);
    }

    /**
     * One that somebody has named.
     *
     * @throws UnreachableException if there is no such process, or it is no JVM
     */
    Jvm get(long pid) throws UnreachableException {
        ProcessFacts process = ProcessFacts.of(proc, pid)
                .filter(found -> !found.isEnded())
                .orElseThrow(
                        () -> new UnreachableException("there is no process " + pid + "; iopath ps lists the JVMs"));
        if (pid == proc.self()) {
            throw new UnreachableException("process " + pid + " is iopath itself; name another one");
        }
        Optional<Jvm> jvm = find(process);
        if (jvm.isEmpty() && NativeImage.is(proc.path(pid, "exe"))) {
            throw new UnreachableException("process " + pid + " (" + process.program() + ") is a GraalVM native image:"
                    + " no agent can be loaded into it; run the application on a JDK");
        }
        return jvm.orElseThrow(() -> new UnreachableException(
                "process " + pid + " (" + process.program() + ") is no JVM; iopath ps lists the JVMs"));
    }

    /** The JVM that a process is, if it is one. */
    Optional<Jvm> find(ProcessFacts process) {
        if (process.isEnded() || process.commandLine().isEmpty()) {
            return Optional.empty();
        }
        String maps = proc.text(process.pid(), "maps").orElse("");
        Matcher library = LIBRARY.matcher(maps);
        Optional<String> home = library.find() ? Optional.of(library.group(1)) : Optional.empty();
        return kind(process, maps, home.isPresent())
                .map(kind -> jvm(process, kind, PerfData.of(process, maps), home, maps));
    }

    private Optional<Kind> kind(ProcessFacts process, String maps, boolean isMapped) {
        if (isMapped) {
            // OpenJ9 has a libjvm.so too.
            return Optional.of(maps.contains("/libj9vm") ? Kind.OPENJ9 : Kind.HOTSPOT);
        }
        if (proc.hasThread(process.pid(), "VM Thread")) {
            return Optional.of(Kind.HOTSPOT);
        }
        // Where maps can be read, a JVM that is not there is none.
        return maps.isEmpty()
                        && LaunchLine.fileName(process.commandLine().get(0)).equals("java")
                ? Optional.of(Kind.HIDDEN)
                : Optional.empty();
    }

    private Jvm jvm(ProcessFacts process, Kind kind, PerfData perf, Optional<String> mapped, String maps) {
        LaunchLine line = LaunchLine.of(process.commandLine());
        JvmOptions options = JvmOptions.of(proc, process, line, perf);
        Release release = Release.of(Stream.concat(
                // The JVM's word for its home is a path of its own; the kernel's may be one of ours.
                Stream.concat(perf.text("java.property.java.home").stream(), mapped.stream())
                        .map(process::seen),
                mapped.stream().map(Path::of)));
        return new Jvm(
                process,
                kind,
                Told.line(mainClass(process, line, perf)),
                perf.text("java.property.java.version")
                        .or(release::version)
                        .map(Told::line)
                        .orElse(null),
                release,
                options,
                Optional.ofNullable(line.module()),
                hasIopath(process, options, maps),
                refusal(process, kind, options));
    }

    private static String mainClass(ProcessFacts process, LaunchLine line, PerfData perf) {
        String main = line.main();
        if (main != null && process.program().startsWith("java")) {
            return main;
        }
        return perf.text("sun.rt.javaCommand")
                .map(command -> LaunchLine.fileName(command.split(" ", 2)[0]))
                .orElse(main != null ? main : process.program());
    }

    private boolean hasIopath(ProcessFacts process, JvmOptions options, String maps) {
        return options.words().stream()
                        .anyMatch(word -> word.startsWith("-javaagent:") && word.contains("iopath-agent"))
                || proc.links(process.pid(), "fd").stream()
                        .anyMatch(file -> AGENT.matcher(file).matches())
                || maps.lines().anyMatch(line -> AGENT.matcher(line).matches());
    }

    private @Nullable String refusal(ProcessFacts process, Kind kind, JvmOptions options) {
        if (kind == Kind.OPENJ9) {
            return Jvm.OPENJ9;
        }
        if (!Caller.of(proc).mayAttach(process)) {
            return Jvm.OTHER_USER;
        }
        if (options.isOn("DisableAttachMechanism", false)) {
            return Jvm.DISABLED;
        }
        if (!options.isOn("EnableDynamicAgentLoading", true)) {
            return "agents refused";
        }
        return process.isStopped() ? "stopped" : null;
    }
}
