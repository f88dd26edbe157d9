package iopath.analyzer.attach;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The agent in one running JVM, driven from here. */
public final class Attachment implements AutoCloseable {
    private final Vm vm;
    private final Surroundings target;
    private final Properties properties;
    private @Nullable Drop drop;
    private @Nullable AgentJar jar;

    private Attachment(Vm vm, Surroundings target) throws UnreachableException {
        this.vm = vm;
        this.target = target;
        this.properties = vm.properties();
    }

    /** Reaches a JVM; loads nothing yet. */
    public static Attachment to(long pid) throws UnreachableException {
        Surroundings target = Surroundings.of(pid);
        Vm vm = Vm.of(pid);
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

    /** A system property of the target when it was reached. */
    public String property(String name) {
        return properties.getProperty(name, "");
    }

    /** What the agent says now. */
    public AgentState state() throws UnreachableException {
        return vm.state();
    }

    /** Loads the agent with options; returns what it says then. */
    public AgentState load(String options) throws UnreachableException {
        String all = "client=" + AgentJar.version() + (options.isEmpty() ? "" : "," + options);
        return vm.load(agent().there().toString(), all);
    }

    /** Begins a recording that ends by itself. */
    public AgentState record(String duration, String options) throws UnreachableException {
        String all = "record=" + drop().there().resolve("recording.jfr") + ",duration=" + duration + ",once";
        return load(options.isEmpty() ? all : all + "," + options);
    }

    /** Moves what was recorded to a file of ours. Returns false if the target has not written it. */
    public boolean take(Path to) throws IOException {
        Drop made = drop;
        if (made == null || !made.has("recording.jfr")) {
            return false;
        }
        made.take("recording.jfr", to);
        return true;
    }

    /** Copies what JFR of an ended target has left in its repository. Returns false if that is nothing. */
    public boolean salvage(Path repository, Path to) throws IOException {
        List<Path> chunks;
        try (Stream<Path> files = Files.list(repository)) {
            chunks = files.filter(file -> file.toString().endsWith(".jfr"))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return false;
        }
        if (chunks.isEmpty()) {
            return false;
        }
        try (OutputStream out = Channels.newOutputStream(PrivateFile.create(to))) {
            for (Path chunk : chunks) {
                Files.copy(chunk, out);
            }
        }
        return true;
    }

    /** Where JFR of the target keeps its data, as this process sees it; {@code null} before a recording. */
    public @Nullable Path repository() throws UnreachableException {
        String path = vm.properties().getProperty("jdk.jfr.repository");
        return path == null || path.isEmpty() ? null : target.path(Path.of(path).toAbsolutePath());
    }

    private AgentJar agent() throws UnreachableException {
        AgentJar known = jar;
        if (known == null || !known.exists()) {
            known = AgentJar.in(target, temporary());
            jar = known;
        }
        return known;
    }

    private String temporary() {
        return properties.getProperty("java.io.tmpdir", "/tmp");
    }

    private Drop drop() throws UnreachableException {
        Drop known = drop;
        if (known == null) {
            known = Drop.in(target, temporary());
            drop = known;
        }
        return known;
    }

    /** Leaves no file behind in the target's directories. */
    @Override
    public void close() throws IOException {
        vm.close();
        if (jar != null) {
            jar.close();
        }
        if (drop != null) {
            drop.close();
        }
    }
}
