package iopath.analyzer.attach;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The agent in one running JVM, driven from here. */
public final class Attachment implements AutoCloseable {
    private final Vm vm;
    private final Surroundings target;
    private final Properties properties;
    private @Nullable Drop drop;

    private Attachment(Vm vm, Surroundings target) throws UnreachableException {
        this.vm = vm;
        this.target = target;
        this.properties = vm.properties();
    }

    /** Reaches a JVM; loads nothing yet. */
    public static Attachment to(long pid) throws UnreachableException {
        Surroundings target = Surroundings.of(pid);
        Vm vm = Vm.of(target);
        try {
            Attachment made = new Attachment(vm, target);
            String version = AgentState.of(made.properties).version();
            if (version != null && !version.equals(AgentJar.version())) {
                throw new UnreachableException("process " + pid + " has version " + version
                        + " of the agent, and this is version " + AgentJar.version()
                        + "; use iopath of that version, or restart the process");
            }
            return made;
        } catch (UnreachableException e) {
            vm.close();
            throw e;
        }
    }

    /** Process id of the target. */
    public long pid() {
        return target.pid();
    }

    /** A system property of the target when it was reached, as one line that may be printed. */
    public String property(String name) {
        return Told.line(properties.getProperty(name));
    }

    /** What the agent says now. */
    public AgentState state() throws UnreachableException {
        return vm.state();
    }

    /** Loads the agent with options; returns what it says then. */
    public AgentState load(String options) throws UnreachableException {
        String all = "client=" + AgentJar.version() + (options.isEmpty() ? "" : "," + options);
        Properties now = vm.properties();
        if (!AgentState.of(now).attached()) {
            Limits.check(target.pid());
        }
        String known = now.getProperty("iopath.agent.jar", "");
        try (AgentJar jar = AgentJar.in(temporary(), known)) {
            return vm.load(jar.path().toString(), all);
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Begins a recording that ends by itself, and when this process ends. */
    public AgentState record(String duration, String options) throws UnreachableException {
        String all = "record=" + drop().recording() + ",duration=" + duration + ",once," + watched();
        return load(options.isEmpty() ? all : all + "," + options);
    }

    /** The option by which the agent finds out that this process has ended. */
    String watched() throws UnreachableException {
        return "watch=" + drop().watch();
    }

    /** Copies what was recorded to a file of ours. Returns false if the target has not written it. */
    public boolean take(Path to) throws IOException {
        Drop made = drop;
        return made != null && made.take(to);
    }

    /** Copies what JFR of an ended target has left in its repository. Returns false if that is nothing. */
    static boolean salvage(HeldFolder repository, Path to) throws IOException {
        List<String> chunks = repository.entries().stream()
                .filter(name -> name.endsWith(".jfr"))
                .sorted()
                .toList();
        if (chunks.isEmpty()) {
            return false;
        }
        try (Intake intake = new Intake(to)) {
            for (String chunk : chunks) {
                Optional<FileChannel> opened = opened(repository, chunk);
                if (opened.isPresent()) {
                    try (FileChannel source = opened.get()) {
                        intake.add(source);
                    }
                }
            }
        }
        return true;
    }

    private static Optional<FileChannel> opened(HeldFolder repository, String chunk) {
        try {
            return Optional.of(repository.open(chunk));
        } catch (IOException e) {
            // JFR has just deleted it; or it is a link, a pipe or another user's, and none of JFR's.
            return Optional.empty();
        }
    }

    /**
     * Where JFR of the target keeps its data, to be closed by the caller; {@code null} before a recording, or where that
     * is no folder of the target's user.
     */
    @Nullable
    HeldFolder repository() throws UnreachableException {
        String path = vm.properties().getProperty("jdk.jfr.repository", "");
        try {
            HeldFolder found = HeldFolder.of(target, absolute(path));
            if (found.inode().uid() == target.uid()) {
                return found;
            }
            found.close();
            return null;
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private String absolute(String path) {
        return path.startsWith("/") || path.isEmpty() ? path : properties.getProperty("user.dir", "") + "/" + path;
    }

    private HeldFolder temporary() throws IOException {
        return target.temporary(
                properties.getProperty("java.io.tmpdir", "/tmp"), properties.getProperty("user.dir", "/"));
    }

    private Drop drop() throws UnreachableException {
        Drop known = drop;
        if (known == null) {
            try {
                known = Drop.in(temporary());
            } catch (IOException e) {
                throw cannotWrite(e);
            }
            drop = known;
        }
        return known;
    }

    private UnreachableException cannotWrite(IOException e) {
        return new UnreachableException("nothing can be put into a folder of process " + target.pid() + " ("
                + e.getMessage() + "); iopath doctor " + target.pid() + " says what to do");
    }

    /** Leaves no file behind in the target's directories. */
    @Override
    public void close() throws IOException {
        vm.close();
        if (drop != null) {
            drop.close();
        }
    }
}
