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

    /** The JVM that a process is, if it is one. */
    Optional<Jvm> find(ProcessFacts process) {
        if (process.isEnded() || process.commandLine().isEmpty()) {
            return Optional.empty();
        }
        Optional<Path> perf = PerfData.file(process);
        Optional<String> maps = proc.text(process.pid(), "maps");
        Matcher library = LIBRARY.matcher(maps.orElse(""));
        boolean loaded = library.find();
        Kind kind;
        if (maps.isPresent() && !maps.get().isEmpty()) {
            if (!loaded) {
                return Optional.empty();
            }
            // OpenJ9 has a libjvm.so too.
            kind = maps.get().contains("/libj9vm") ? Kind.OPENJ9 : Kind.HOTSPOT;
        } else if (perf.isPresent()) {
            kind = Kind.HOTSPOT;
        } else if (LaunchLine.fileName(process.commandLine().get(0)).equals("java")) {
            kind = Kind.HIDDEN;
        } else {
            return Optional.empty();
        }
        return Optional.of(jvm(
                process,
                kind,
                perf.map(PerfData::read).orElse(PerfData.NONE),
                loaded ? Optional.of(library.group(1)) : Optional.empty(),
                maps.orElse("")));
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
                mainClass(process, line, perf),
                perf.text("java.property.java.version").or(release::version).orElse(null),
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
            return "OpenJ9";
        }
        if (!Caller.of(proc).mayAttach(process)) {
            return "other user";
        }
        if (options.isOn("DisableAttachMechanism", false)) {
            return "disabled";
        }
        if (!options.isOn("EnableDynamicAgentLoading", true)) {
            return "agents refused";
        }
        return process.isStopped() ? "stopped" : null;
    }
}
